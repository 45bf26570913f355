import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { openChannel } from "../workers/channel.ts";
import type { ClassifierTalk, LoadOrder } from "./talk.ts";

/** A process that scores texts, one job at a time. Every promise rejects when it ends. */
export interface Engine {
	readonly pid: number;
	/** Resolves with the tokens in one window when the model is in memory. */
	readonly load: (timeoutMs: number) => Promise<{ readonly tokensMax: number }>;
	readonly score: (job: number, texts: readonly string[]) => Promise<readonly number[]>;
	readonly cancel: (job: number) => void;
	/** At once; `exited` tells when. */
	readonly kill: () => void;
	readonly exited: Promise<EngineExit>;
}

export interface EngineExit {
	readonly code: number | null;
	readonly signal: string | null;
	/** The end of what it printed, for the log. */
	readonly lastWords: string;
}

const script = fileURLToPath(new URL("./classifier-process.ts", import.meta.url));
const lastWordsMax = 600;
/** Jobs are cancelled long before; this only bounds what is kept of them. */
const scoreTimeoutMs = 300_000;
const cancelTimeoutMs = 60_000;

/** Starts the process. It inherits nothing of the environment: a model's library needs no credentials. */
export function forkEngine(order: LoadOrder): Engine {
	const child = fork(script, [], {
		env: { NODE_ENV: "production" },
		execArgv: [],
		stdio: ["ignore", "ignore", "pipe", "ipc"],
	});
	let lastWords = "";
	child.stderr?.on("data", (chunk: Buffer) => {
		lastWords = `${lastWords}${chunk.toString()}`.slice(-lastWordsMax);
	});
	const channel = openChannel<ClassifierTalk, Record<never, never>>({
		send: (message) => void (child.connected && child.send(message, () => {})),
		onMessage: (listener) => child.on("message", listener),
	});
	const exited = Promise.withResolvers<EngineExit>();
	const end = (code: number | null, signal: string | null): void => {
		// First, so that whoever hears of a lost answer finds no process any more.
		exited.resolve({ code, signal, lastWords: lastWords.trim() });
		channel.close();
	};
	child.once("error", (error) => {
		lastWords += error.message;
		// A process that never began has no exit.
		if (child.pid === undefined) end(null, null);
	});
	child.once("exit", end);
	return {
		pid: child.pid ?? 0,
		load: (timeoutMs) => channel.ask("load", order, timeoutMs),
		score: (job, texts) => channel.ask("score", { job, texts }, scoreTimeoutMs),
		cancel: (job) => {
			channel.ask("cancel", { job }, cancelTimeoutMs).catch(() => undefined);
		},
		kill: () => void child.kill("SIGKILL"),
		exited: exited.promise,
	};
}
