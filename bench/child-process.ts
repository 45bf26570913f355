import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface RunningProcess {
	readonly pid: number;
	/** The last part of what it wrote to both outputs. */
	readonly output: () => string;
	readonly hasExited: () => boolean;
	/** SIGTERM, then SIGKILL when it is still there after `graceMs`. */
	readonly stop: (graceMs?: number) => Promise<void>;
}

export interface ProcessOptions {
	/** Run by the Node that runs this. */
	readonly script: string;
	readonly args?: readonly string[];
	/** For Node itself. */
	readonly nodeArgs?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly cwd?: string;
}

const outputCharsMax = 20_000;

/** What a child needs to run at all; keys of whoever starts this stay out of it. */
const inherited = ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "USER", "SystemRoot"] as const;

export function startProcess(options: ProcessOptions): RunningProcess {
	const base: Record<string, string> = {};
	for (const name of inherited) {
		const value = process.env[name];
		if (value !== undefined) base[name] = value;
	}
	const child = spawn(process.execPath, commandLine(options), {
		cwd: options.cwd ?? process.cwd(),
		// Next's types demand NODE_ENV of every environment; a process that needs it is given it.
		env: { ...base, ...options.env } as unknown as NodeJS.ProcessEnv,
		stdio: ["ignore", "pipe", "pipe"],
	});
	if (child.pid === undefined) throw new Error(`could not start ${options.script}`);
	let output = "";
	const keep = (chunk: Buffer): void => {
		output = (output + chunk.toString("utf8")).slice(-outputCharsMax);
	};
	child.stdout.on("data", keep);
	child.stderr.on("data", keep);
	const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
	return {
		pid: child.pid,
		output: () => output,
		hasExited,
		stop: async (graceMs = 15_000) => {
			if (hasExited()) return;
			child.kill("SIGTERM");
			if (await exited(child, graceMs)) return;
			child.kill("SIGKILL");
			await exited(child, 5000);
		},
	};
}

function commandLine({ nodeArgs = [], script, args = [] }: ProcessOptions): readonly string[] {
	return [...nodeArgs, script, ...args];
}

/** Waits until `isReady` holds; throws with the process's output when it ends or takes too long. */
export async function untilReady(
	running: RunningProcess,
	isReady: () => Promise<boolean>,
	timeoutMs: number,
): Promise<void> {
	const deadline = performance.now() + timeoutMs;
	while (performance.now() < deadline) {
		if (running.hasExited()) throw new Error(`the process ended:\n${running.output()}`);
		if (await isReady().catch(() => false)) return;
		await sleep(50);
	}
	await running.stop();
	throw new Error(`not ready within ${timeoutMs} ms:\n${running.output()}`);
}

export async function answers(url: string): Promise<boolean> {
	const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
	await response.arrayBuffer();
	return response.ok;
}

/** Free at this moment; nothing reserves it. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === "string") throw new Error("no port");
	return address.port;
}

async function exited(child: ChildProcess, withinMs: number): Promise<boolean> {
	if (child.exitCode !== null || child.signalCode !== null) return true;
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve(false), withinMs);
		child.once("exit", () => {
			clearTimeout(timer);
			resolve(true);
		});
	});
}
