import cluster from "node:cluster";
import type { Channel } from "./channel.ts";
import { openChannel } from "./channel.ts";
import type { PrimaryTalk, WorkerStatus, WorkerTalk } from "./messages.ts";

/** One gateway process, as the primary knows it. */
export interface Member {
	readonly pid: number;
	readonly channel: Channel<WorkerTalk, PrimaryTalk>;
	readonly kill: () => void;
	/** Resolves when the process is gone, for whatever reason. */
	readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
	/** To be called once it listens. */
	readonly listens: () => void;
	readonly isListening: () => boolean;
	/** It listens, can write its journal and has said so lately. */
	readonly isReady: () => boolean;
	/** As it last said. */
	readonly journalBacklog: () => number;
}

/** Three reports may be late on a busy machine. */
const silenceMsMax = 3500;

/** Forks a process, which waits for its order. `onStatus` is called after each of its reports. */
export function forkMember(onStatus: () => void): Member {
	const worker = cluster.fork();
	const exited = Promise.withResolvers<Awaited<Member["exited"]>>();
	let isListening = false;
	let status: WorkerStatus | undefined;
	let heardAtMs = 0;
	const channel = openChannel<WorkerTalk, PrimaryTalk>({
		// Whether a dying worker still hears it does not matter: its exit tells more.
		send: (message) => void (worker.isConnected() && worker.send(message, () => {})),
		onMessage: (listener) => worker.on("message", listener),
	});
	channel.answer({
		status: (next) => {
			status = next;
			heardAtMs = performance.now();
			onStatus();
			return null;
		},
	});
	worker.on("error", () => {});
	worker.once("exit", (code, signal) => {
		channel.close();
		exited.resolve({ code, signal });
	});
	return {
		pid: worker.process.pid ?? 0,
		channel,
		kill: () => void worker.process.kill("SIGKILL"),
		exited: exited.promise,
		listens: () => {
			isListening = true;
		},
		isListening: () => isListening,
		isReady: () =>
			isListening &&
			status?.isJournalHealthy === true &&
			performance.now() - heardAtMs < silenceMsMax,
		journalBacklog: () => status?.journalBacklog ?? 0,
	};
}
