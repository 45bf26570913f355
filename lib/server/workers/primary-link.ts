import cluster from "node:cluster";
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { Channel } from "./channel.ts";
import { openChannel } from "./channel.ts";
import type { PrimaryTalk, WorkerOrder, WorkerStatus, WorkerTalk } from "./messages.ts";

/** The primary as a worker sees it. */
export interface PrimaryLink {
	/** Hands over the primary's order; the primary hears of the worker's start when `begin` settles. */
	readonly obey: (begin: (order: WorkerOrder) => Promise<void>) => void;
	/** Resolves when the primary wants this process to end. */
	readonly stopRequested: Promise<void>;
	/** Whether all workers of this machine were ready when the primary last said so. */
	readonly isMachineReady: () => boolean;
	/**
	 * The metrics of all processes of this machine. Throws `internal.unavailable` when the primary does not
	 * answer in time: a gap does less harm than numbers of one process under the name of all.
	 */
	readonly metrics: () => Promise<string>;
	readonly answer: Channel<PrimaryTalk, WorkerTalk>["answer"];
	readonly ask: Channel<PrimaryTalk, WorkerTalk>["ask"];
	/** Says how this process is, once a second and for as long as it lives. */
	readonly report: (status: () => WorkerStatus) => void;
}

const reportEveryMs = 1000;
const metricsTimeoutMs = 5000;

/**
 * This process's connection to the one that forked it. When that one dies, Node's cluster module ends
 * this process at once, which loses nothing that was answered: the journal has it.
 */
export function linkToPrimary(): PrimaryLink {
	const channel = openChannel<PrimaryTalk, WorkerTalk>({
		// Without a callback a message to a dead primary would be an uncaught error.
		send: (message) => void process.send?.(message, undefined, undefined, () => {}),
		onMessage: (listener) => process.on("message", listener),
	});
	const stop = Promise.withResolvers<void>();
	let isMachineReady = false;
	channel.answer({
		machine: ({ isReady }) => {
			isMachineReady = isReady;
			return null;
		},
		stop: () => {
			stop.resolve();
			return null;
		},
	});
	// A terminal sends its Ctrl-C to all of them; the primary decides when each ends.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
	return {
		obey: (begin) => {
			channel.answer({
				start: async (order) => {
					leaveNoSocket(order.consoleSocket);
					await begin(order);
					return null;
				},
			});
		},
		stopRequested: stop.promise,
		isMachineReady: () => isMachineReady,
		metrics: async () => {
			try {
				return await channel.ask("metrics", null, metricsTimeoutMs);
			} catch (cause) {
				throw new GatewayError("internal.unavailable", { cause });
			}
		},
		answer: channel.answer,
		ask: channel.ask,
		report: (status) => {
			const tell = () => {
				channel.ask("status", status(), reportEveryMs).catch(() => undefined);
			};
			tell();
			setInterval(tell, reportEveryMs).unref();
		},
	};
}

/** A primary that was killed could not remove its socket. */
function leaveNoSocket(path: string | undefined): void {
	// Nothing is left of a named pipe.
	if (path === undefined || process.platform === "win32") return;
	cluster.worker?.once("disconnect", () => {
		rmSync(dirname(path), { recursive: true, force: true });
	});
}
