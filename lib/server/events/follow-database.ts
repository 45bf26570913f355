import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Log } from "../../../proxy-core/ports.ts";
import { liveEvent } from "../../contracts/events.ts";
import type { ConfigurationStore } from "../configuration/configuration-store.ts";
import { settledChannel } from "../journal/insert-lines.ts";
import { threatsChannel } from "../journal/ship-threats.ts";
import { reachedChannel } from "../quotas/quota-upkeep.ts";
import { changedChannel, changedPayload, configurationChanges } from "../repositories/notify.ts";
import { startDatabaseListener } from "./database-listener.ts";
import type { EventBus } from "./event-bus.ts";

export interface FollowOptions {
	readonly connectionString: string;
	readonly configuration: ConfigurationStore;
	readonly events: EventBus;
	/** Of this process; its own changes are in force already. */
	readonly node: string;
	readonly log: Log;
}

export interface Follower {
	readonly stop: () => Promise<void>;
}

const reachedPayload = z.object({
	budgetId: z.string(),
	title: z.string(),
	level: z.enum(["soft", "hard"]),
});
const settledPayload = z.object({ count: z.int(), refused: z.int(), failed: z.int() });
/** A safety net under the notifications; an unchanged configuration costs three small reads. */
const reloadEveryMs = 30_000;

/** Keeps the configuration and the live events of this node in step with the database. */
export function followDatabase(options: FollowOptions): Follower {
	const { configuration, events, node, log } = options;
	const end = new AbortController();
	let connections = 0;

	const reload = async () => {
		try {
			await configuration.reload();
		} catch (error) {
			log.warn("The configuration could not be read; the one in force stays.", { error });
		}
	};
	const heardChange = async (payload: string) => {
		const change = changedPayload.safeParse(parseJson(payload));
		if (!change.success) return;
		if (change.data.node !== node) await reload();
		events.publish({ type: `${change.data.kind}.changed` });
	};
	const heardSettled = (payload: string) => {
		const counts = settledPayload.safeParse(parseJson(payload));
		if (counts.success) events.publish({ type: "requests.settled", ...counts.data });
	};
	const heardReached = (payload: string) => {
		const reached = reachedPayload.safeParse(parseJson(payload));
		if (reached.success) events.publish({ type: "budget.reached", ...reached.data });
	};
	/** Its payloads are live events already. */
	const heardThreats = (payload: string) => {
		const event = liveEvent.safeParse(parseJson(payload));
		if (event.success) events.publish(event.data);
	};
	const listener = startDatabaseListener({
		connectionString: options.connectionString,
		channels: [changedChannel, settledChannel, reachedChannel, threatsChannel],
		onNotification: (channel, payload) => {
			if (channel === settledChannel) heardSettled(payload);
			else if (channel === reachedChannel) heardReached(payload);
			else if (channel === threatsChannel) heardThreats(payload);
			else void heardChange(payload);
		},
		onConnected: () => {
			connections += 1;
			if (connections === 1) return;
			void reload().then(() => {
				for (const kind of configurationChanges) events.publish({ type: `${kind}.changed` });
			});
		},
		log,
	});
	const renew = async () => {
		while (!end.signal.aborted) {
			await sleep(reloadEveryMs, undefined, { signal: end.signal }).catch(() => undefined);
			if (!end.signal.aborted) await reload();
		}
	};
	const renewing = renew();
	return {
		stop: async () => {
			end.abort();
			await Promise.all([listener.stop(), renewing]);
		},
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
