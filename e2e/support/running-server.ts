import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

export interface RunningServer {
	readonly url: string;
	readonly pid: number;
	readonly dataDir: string;
	/** Everything the process has printed so far. */
	readonly output: () => string;
	/** Resolves with the exit code when the process is gone, for whatever reason. */
	readonly exited: Promise<number | null>;
	/** SIGTERM, and resolves with the exit code when the process is gone. */
	readonly stop: () => Promise<number | null>;
	/** SIGKILL: nothing gets a chance to tidy up. */
	readonly kill: () => Promise<void>;
}

export interface ServerOptions {
	readonly env?: Readonly<Record<string, string>>;
	/** Made and removed by the caller when given. */
	readonly dataDir?: string;
	readonly port?: number;
	readonly startTimeoutMs?: number;
}

const root = join(import.meta.dirname, "../..");
const readyMark = "LLMProxy is ready";

/** Variables of the surroundings that would change what a test sees. */
const unwanted =
	/^(?:LLMPROXY_|OPENAI_|ANTHROPIC_|GEMINI_|GOOGLE_|OLLAMA_|DATABASE_URL$|PORT$|HOST$|ROLE$|WORKERS$)/;

/** The real server in a process of its own, ready to be used. Throws with its output when it does not start. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
	const port = options.port ?? (await freePort());
	const dataDir = options.dataDir ?? newDataDir();
	const inherited = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
	const child = spawn(process.execPath, ["server.ts"], {
		cwd: root,
		env: {
			...Object.fromEntries(inherited),
			PORT: String(port),
			LLMPROXY_DATA_DIR: dataDir,
			OLLAMA_HOST: "off",
			NODE_ENV: "production",
			...options.env,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stdout.on("data", (text) => {
		output += text;
	});
	child.stderr.on("data", (text) => {
		output += text;
	});
	const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
	await ready(child, () => output, options.startTimeoutMs ?? 60_000);
	const pid = child.pid;
	if (pid === undefined) throw new Error("The server has no process id.");
	return {
		url: `http://127.0.0.1:${port}`,
		pid,
		dataDir,
		output: () => output,
		exited,
		stop: async () => {
			child.kill("SIGTERM");
			return exited;
		},
		kill: async () => {
			child.kill("SIGKILL");
			await exited;
		},
	};
}

function ready(child: ChildProcess, output: () => string, timeoutMs: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const fail = (why: string): void => {
			clearTimeout(timer);
			child.kill("SIGKILL");
			reject(new Error(`${why}\n${output()}`));
		};
		const timer = setTimeout(
			() => fail(`The server was not ready within ${timeoutMs} ms.`),
			timeoutMs,
		);
		const ended = (code: number | null): void => fail(`The server ended with code ${code}.`);
		child.once("exit", ended);
		child.stdout?.on("data", () => {
			if (!output().includes(readyMark)) return;
			clearTimeout(timer);
			child.off("exit", ended);
			resolve();
		});
	});
}

/** PostgreSQL runs as another user when we are root, and has to get through to its folder. */
export function newDataDir(): string {
	const dir = mkdtempSync(join(tmpdir(), "llmproxy-e2e-"));
	chmodSync(dir, 0o711);
	return dir;
}

export function removeDataDir(dir: string): void {
	rmSync(dir, { recursive: true, force: true });
}

export function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			probe.close(() => {
				if (typeof address === "object" && address !== null) resolve(address.port);
				else reject(new Error("No free port."));
			});
		});
	});
}
