import { execFile, spawn } from "node:child_process";
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { PostgresHome } from "./postgres-account.ts";
import { giveTo } from "./postgres-account.ts";
import { executable } from "./postgres-binaries.ts";
import { isPostmasterOf, waitForExit } from "./process-identity.ts";
import { StartError } from "./start-error.ts";

const run = promisify(execFile);
const fastShutdownMs = 30_000;
const immediateShutdownMs = 10_000;
/** Long enough for crash recovery after hours of writes. */
const readyMs = 120_000;

export interface Postmaster {
	readonly pid: number;
	/** Resolves when the server process is gone, for whatever reason. */
	readonly exited: Promise<void>;
}

export function clusterDirOf(home: PostgresHome): string {
	return join(home.homeDir, "cluster");
}

/** Creates the cluster. It appears under its name only when it is whole. */
export async function initialiseCluster(home: PostgresHome, password: string): Promise<void> {
	const cluster = clusterDirOf(home);
	const draft = `${cluster}.new`;
	const passwordFile = join(home.homeDir, "initdb.password");
	rmSync(draft, { recursive: true, force: true });
	rmSync(passwordFile, { force: true });
	mkdirSync(draft, { mode: 0o700 });
	giveTo(home.account, draft);
	writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
	giveTo(home.account, passwordFile);
	try {
		await run(
			executable(home.nativeDir, "initdb"),
			[
				...[`--pgdata=${draft}`, "--username=postgres", `--pwfile=${passwordFile}`],
				// The built-in locale sorts the same on every system and needs none of the system's.
				...["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"],
				...["--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
			],
			{ ...home.account, cwd: home.homeDir, env: toolEnvironment() },
		);
	} catch (error) {
		throw new StartError(`PostgreSQL could not create its data folder: ${outputOf(error)}`, {
			cause: error,
		});
	} finally {
		rmSync(passwordFile, { force: true });
	}
	renameSync(draft, cluster);
}

/**
 * Stops the server that a killed LLMProxy left running on the cluster, and clears a lock file whose
 * process id belongs to something else by now.
 */
export async function endLeftover(home: PostgresHome): Promise<"none" | "stopped"> {
	const cluster = clusterDirOf(home);
	const pid = readPostmasterPid(cluster);
	if (pid === undefined) return "none";
	if (!isPostmasterOf(pid, cluster)) {
		rmSync(join(cluster, "postmaster.pid"), { force: true });
		return "none";
	}
	await stopPostmaster(home, pid);
	return "stopped";
}

/**
 * Starts the server and waits until it takes connections. It runs in a session of its own: Ctrl-C in
 * the terminal must not end the database before the requests in flight are settled.
 */
export async function launchPostmaster(home: PostgresHome, port: number): Promise<Postmaster> {
	const cluster = clusterDirOf(home);
	const logPath = join(home.homeDir, "postgres.log");
	const log = openSync(logPath, "w", 0o600);
	const settings = {
		listen_addresses: "127.0.0.1",
		port,
		unix_socket_directories: "",
		max_connections: 100,
		jit: "off",
		timezone: "UTC",
		log_timezone: "UTC",
		log_min_messages: "warning",
		// Only one node reads this log, so nothing is kept for replicas.
		wal_level: "minimal",
		max_wal_senders: 0,
	};
	const child = spawn(
		executable(home.nativeDir, "postgres"),
		[
			"-D",
			cluster,
			...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
		],
		{
			...home.account,
			cwd: home.homeDir,
			env: toolEnvironment(),
			detached: true,
			windowsHide: true,
			stdio: ["ignore", log, log],
		},
	);
	closeSync(log);
	const exit = Promise.withResolvers<void>();
	child.once("exit", () => exit.resolve());
	child.once("error", () => exit.resolve());
	child.unref();
	const pid = child.pid;
	if (pid === undefined || !(await becomesReady(cluster, exit.promise))) {
		if (pid !== undefined) await stopPostmaster(home, pid);
		throw new StartError(`PostgreSQL did not start. Its last words: ${tail(logPath)}`);
	}
	return { pid, exited: exit.promise };
}

/** Fast shutdown: ends open transactions, writes a checkpoint, and waits until the process is gone. */
export async function stopPostmaster(home: PostgresHome, pid: number): Promise<void> {
	await requestStop(home, pid, "fast");
	if (await waitForExit(pid, fastShutdownMs)) return;
	await requestStop(home, pid, "immediate");
	if (await waitForExit(pid, immediateShutdownMs)) return;
	throw new StartError(`PostgreSQL (process ${pid}) does not stop.`);
}

async function requestStop(home: PostgresHome, pid: number, mode: "fast" | "immediate") {
	if (process.platform === "win32") {
		const args = ["stop", "-D", clusterDirOf(home), "-m", mode, "-W"];
		await run(executable(home.nativeDir, "pg_ctl"), args, { windowsHide: true }).catch(
			() => undefined,
		);
		return;
	}
	try {
		process.kill(pid, mode === "fast" ? "SIGINT" : "SIGQUIT");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}

/** The eighth line of postmaster.pid says `ready` once connections are taken. */
async function becomesReady(cluster: string, exited: Promise<void>): Promise<boolean> {
	const state = { hasExited: false };
	void exited.then(() => {
		state.hasExited = true;
	});
	const deadline = Date.now() + readyMs;
	while (!state.hasExited && Date.now() < deadline) {
		if (readPidFile(cluster)[7]?.trim() === "ready") return true;
		await sleep(20);
	}
	return false;
}

function readPostmasterPid(cluster: string): number | undefined {
	const pid = Number(readPidFile(cluster)[0]);
	return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

function readPidFile(cluster: string): readonly string[] {
	try {
		return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
	} catch {
		return [];
	}
}

/** PG* variables of the user's shell must not steer this server. */
function toolEnvironment(): NodeJS.ProcessEnv {
	// biome-ignore lint/style/noProcessEnv: a child process needs the system's variables, which are not settings.
	const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C" };
	for (const name of Object.keys(environment)) {
		if (name.startsWith("PG")) delete environment[name];
	}
	return environment;
}

function outputOf(error: unknown): string {
	const { stderr = "", message = "" } = error as { stderr?: string; message?: string };
	return (stderr.trim() || message).split("\n").slice(-5).join("\n");
}

function tail(path: string): string {
	if (!existsSync(path)) return "none";
	return readFileSync(path, "utf8").trim().split("\n").slice(-5).join("\n") || "none";
}
