import type { ThreatsSettings } from "../contract/threat-settings.ts";
import type { BanBook } from "./ban-book.ts";
import { levelOfRank, rankOf, rankOfLevel, thresholdOf } from "./decay.ts";
import type { Entry } from "./score-book.ts";
import type { Escalation } from "./threat-store.ts";

interface Parts {
	readonly settings: () => ThreatsSettings;
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly bans: BanBook;
}

/** Decisions that wait to be written down at most; under a flood the oldest are forgotten first. */
const waitingMax = 2000;

export interface Escalator {
	/** Tells when an entry has got further than it was; bans at once when it has got so far. */
	readonly escalate: (entry: Entry) => void;
	readonly take: () => readonly Escalation[];
	readonly peek: () => readonly Escalation[];
	readonly giveBack: (escalations: readonly Escalation[]) => void;
}

export function createEscalator({ settings, now, bans }: Parts): Escalator {
	let waiting: Escalation[] = [];
	const keep = (all: readonly Escalation[]) => {
		waiting = all.length > waitingMax ? all.slice(-waitingMax) : [...all];
	};
	const escalate = (entry: Entry) => {
		const config = settings();
		const { thresholds, mode } = config;
		const reach = rankOfLevel(config.reach[entry.reach]);
		const rank = Math.min(rankOf(entry.score, thresholds), reach);
		settleDown(entry, rank, thresholds);
		const isMonitored = mode !== "enforce";
		const bansAgain = rank === 4 && entry.rank === 4 && !isMonitored && !isBanned(entry);
		if (rank <= entry.rank && !bansAgain) return;
		entry.rank = rank;
		const level = levelOfRank(rank);
		if (level === undefined) return;
		const untilMs = level === "ban" && !isMonitored ? ban(entry, config.ban) : undefined;
		const { kind, value, score, causes } = entry;
		keep([...waiting, { kind, value, level, isMonitored, score, at: now(), untilMs, causes }]);
	};
	const isBanned = ({ kind, value }: Entry) => bans.holds(kind, value);
	const ban = (entry: Entry, { seconds, secondsMax }: ThreatsSettings["ban"]) => {
		const lasting = Math.min(
			Math.max(seconds, secondsMax),
			seconds * 2 ** Math.min(entry.bans, 30),
		);
		entry.bans += 1;
		const untilMs = now() + lasting * 1000;
		bans.put({ kind: entry.kind, value: entry.value, untilMs });
		return untilMs;
	};
	return {
		escalate,
		take: () => {
			const taken = waiting;
			waiting = [];
			return taken;
		},
		peek: () => waiting,
		giveBack: (escalations) => keep([...escalations, ...waiting]),
	};
}

/** A level is told anew only after the score had clearly left it, so that none flickers. */
function settleDown(entry: Entry, rank: number, thresholds: ThreatsSettings["thresholds"]): void {
	if (rank >= entry.rank) return;
	const told = Math.min(4, Math.max(0, entry.rank)) as 0 | 1 | 2 | 3 | 4;
	if (entry.score < thresholdOf(told, thresholds) / 2) entry.rank = rank;
}
