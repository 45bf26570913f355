import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../../../proxy-core/ports.ts";

export interface ListenerOptions {
	readonly connectionString: string;
	readonly channels: readonly string[];
	readonly onNotification: (channel: string, payload: string) => void;
	/** Called after each connection, the first too: what was said before it was not heard. */
	readonly onConnected: () => void;
	readonly log: Log;
}

export interface DatabaseListener {
	readonly isConnected: () => boolean;
	readonly stop: () => Promise<void>;
}

const backOffMsMax = 5000;
/** A connection through a dead network looks alive; asking finds out. */
const heartbeatMs = 15_000;
const heartbeatLimitMs = 5000;

/** Hears `NOTIFY` on a connection of its own, and connects again, for ever, when it breaks. */
export function startDatabaseListener(options: ListenerOptions): DatabaseListener {
	const end = new AbortController();
	let isConnected = false;
	let failures = 0;

	const listenOnce = async () => {
		const client = new pg.Client({
			connectionString: options.connectionString,
			connectionTimeoutMillis: 5000,
			keepAlive: true,
			application_name: "llmproxy listener",
		});
		const broken = Promise.withResolvers<void>();
		client.on("error", () => broken.resolve());
		client.on("end", () => broken.resolve());
		client.on("notification", ({ channel, payload }) =>
			options.onNotification(channel, payload ?? ""),
		);
		try {
			await client.connect();
			for (const channel of options.channels) {
				await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
			}
			isConnected = true;
			failures = 0;
			options.onConnected();
			const stopped = once(end.signal);
			await Promise.race([broken.promise, stopped, beat(client, end.signal)]);
		} finally {
			isConnected = false;
			await client.end().catch(() => undefined);
		}
	};
	const run = async () => {
		while (!end.signal.aborted) {
			try {
				await listenOnce();
			} catch (error) {
				if (failures === 0)
					options.log.warn("Cannot hear the database's notifications.", { error });
			}
			failures += 1;
			const ceiling = Math.min(backOffMsMax, 100 * 2 ** Math.min(failures, 10));
			const pauseMs = ceiling * (0.5 + Math.random() / 2);
			await sleep(pauseMs, undefined, { signal: end.signal }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		isConnected: () => isConnected,
		stop: async () => {
			end.abort();
			await running;
		},
	};
}

/** Rejects when the server stops answering. */
async function beat(client: pg.Client, signal: AbortSignal): Promise<void> {
	while (!signal.aborted) {
		await sleep(heartbeatMs, undefined, { signal }).catch(() => undefined);
		if (signal.aborted) return;
		const limit = new AbortController();
		const late = sleep(heartbeatLimitMs, undefined, { signal: limit.signal }).then(() => {
			throw new Error("The database does not answer.");
		});
		try {
			await Promise.race([client.query("SELECT 1"), late]);
		} finally {
			limit.abort();
			await late.catch(() => undefined);
		}
	}
}

async function once(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		signal.addEventListener("abort", () => resolve(), { once: true });
	});
}
