import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { PrismaClient } from "../../../prisma/generated/client.ts";
import type { Log } from "../../../proxy-core/ports.ts";
import type { ThreatDesk } from "../../../proxy-core/threat-ledger/threat-ledger.ts";
import { startDatabaseListener } from "../events/database-listener.ts";
import type { EventBus } from "../events/event-bus.ts";
import type { ThreatActionRow } from "../repositories/bans.ts";
import { findAction, loadBans, storeEscalation } from "../repositories/bans.ts";
import { addScores, cleanScores, readScores } from "../repositories/threat-scores.ts";
import { banChannel, readBanNotice } from "./ban-channel.ts";

/**
 * Hears of everything that was done about an actor, once, on the node that did it. What it throws is
 * logged. Whoever must not miss anything reads the table `threat_actions`, which has all of it in order.
 */
export type EscalationHook = (action: ThreatActionRow) => void | Promise<void>;

export interface ThreatKeeperOptions {
	readonly desk: ThreatDesk;
	readonly pool: Pool;
	readonly prisma: PrismaClient;
	readonly connectionString: string;
	readonly events: EventBus;
	/** Of this process. */
	readonly node: string;
	readonly halfLifeSeconds: () => number;
	readonly log: Log;
	readonly hooks?: readonly EscalationHook[];
}

export interface ThreatKeeper {
	/** Resolves when bans and scores of before have been read, or could not be. */
	readonly ready: Promise<void>;
	/** Hands over what only this node knows, and stops. */
	readonly stop: () => Promise<void>;
}

const stepMs = 100;
const shareEveryMs = 1000;
/** Transactions become visible a moment after their clocks were read. */
const overlapSeconds = 5;
const reloadBansEveryMs = 30_000;
const cleanEveryMs = 600_000;
/** Few enough that neither side is held up. */
const changesMax = 500;
const batchesMax = 20;
const scoresMax = 50_000;
const retryMs = 1000;

/**
 * Keeps this node's threat ledger in step with the others: bans by notification, scores once a second.
 * What the database cannot be told now is told later; the ledger goes on without it.
 */
export function startThreatKeeper(options: ThreatKeeperOptions): ThreatKeeper {
	const { log } = options;
	const end = new AbortController();
	const rounds = createRounds(options);
	const heard = hearNotices(options, rounds.wantBans);
	let hasFailed = false;

	const attempt = async (): Promise<number> => {
		try {
			await rounds.step();
			hasFailed = false;
			return stepMs;
		} catch (error) {
			if (!hasFailed) log.warn("Threat scores are not shared; this node goes on alone.", { error });
			hasFailed = true;
			return retryMs;
		}
	};
	const ready = Promise.withResolvers<void>();
	const run = async () => {
		while (!end.signal.aborted) {
			const pauseMs = await attempt();
			ready.resolve();
			await sleep(pauseMs, undefined, { signal: end.signal }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		ready: ready.promise,
		stop: async () => {
			end.abort();
			await running;
			await heard.stop();
			await rounds.last().catch((error: unknown) => {
				log.warn("The last threat scores of this node are lost.", { error });
			});
		},
	};
}

function createRounds({ desk, pool, prisma, node, halfLifeSeconds }: ThreatKeeperOptions) {
	const last = { share: 0, bans: 0, clean: Date.now() };
	let readAt: number | undefined;
	let wantsBans = true;

	const due = (what: keyof typeof last, everyMs: number): boolean => {
		if (Date.now() - last[what] < everyMs) return false;
		last[what] = Date.now();
		return true;
	};
	const tellEscalations = async () => {
		const escalations = desk.takeEscalations();
		for (const [index, escalation] of escalations.entries()) {
			try {
				await storeEscalation(prisma, escalation, node);
			} catch (error) {
				desk.returnEscalations(escalations.slice(index));
				throw error;
			}
		}
	};
	const sendScores = async () => {
		for (let batch = 0; batch < batchesMax; batch += 1) {
			const changes = desk.takeChanges(changesMax);
			if (changes.length === 0) return;
			try {
				desk.confirm(await addScores(pool, changes, halfLifeSeconds()));
			} catch (error) {
				desk.putBack(changes);
				throw error;
			}
			if (changes.length < changesMax) return;
		}
	};
	const readOthers = async () => {
		const startedAt = Date.now();
		// The first time everything that still counts: a restart forgets nobody.
		const withinSeconds =
			readAt === undefined ? halfLifeSeconds() * 10 : (startedAt - readAt) / 1000 + overlapSeconds;
		const scores = await readScores(pool, { withinSeconds, countMax: scoresMax });
		// Oldest first, so that the newest are the last that memory lets go.
		desk.adopt(scores.toReversed());
		readAt = startedAt;
	};
	const loadAllBans = async () => {
		wantsBans = false;
		try {
			const all = await loadBans(prisma);
			const unstored = new Set(desk.unstored().map(({ kind, value }) => `${kind}:${value}`));
			desk.bans.replace(all, ({ kind, value }) => unstored.has(`${kind}:${value}`));
		} catch (error) {
			wantsBans = true;
			throw error;
		}
	};
	return {
		wantBans: () => {
			wantsBans = true;
		},
		step: async () => {
			await tellEscalations();
			if (wantsBans || due("bans", reloadBansEveryMs)) await loadAllBans();
			if (!due("share", shareEveryMs)) return;
			await sendScores();
			await readOthers();
			await tellEscalations();
			if (due("clean", cleanEveryMs)) await cleanScores(pool, halfLifeSeconds());
		},
		last: async () => {
			await tellEscalations();
			await sendScores();
		},
	};
}

function hearNotices(options: ThreatKeeperOptions, wantBans: () => void) {
	const { desk, events, node, prisma, log, hooks = [] } = options;
	const runHooks = async (id: string) => {
		const action = await findAction(prisma, id);
		if (action === null) return;
		for (const hook of hooks) await hook(action);
	};
	const heard = (payload: string) => {
		const notice = readBanNotice(payload);
		if (notice === undefined) return;
		// A list that is being read now may be older than what is heard now.
		if (notice.change !== "none") wantBans();
		const { kind, value, untilMs } = notice;
		if (notice.change === "banned") desk.bans.put({ kind, value, untilMs });
		if (notice.change === "lifted") {
			desk.bans.remove({ kind, value });
			desk.forgive(kind, value);
		}
		events.publish({ type: "bans.changed" });
		if (notice.node !== node || hooks.length === 0) return;
		runHooks(notice.actionId).catch((error: unknown) => {
			log.error("An escalation could not be passed on; it is in threat_actions.", { error });
		});
	};
	return startDatabaseListener({
		connectionString: options.connectionString,
		channels: [banChannel],
		onNotification: (_channel, payload) => heard(payload),
		// What was said while nobody listened.
		onConnected: wantBans,
		log,
	});
}
