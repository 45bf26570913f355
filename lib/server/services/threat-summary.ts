import type * as z from "zod";
import type {
	getThreatSummary,
	ThreatFilters,
	ThreatSeries,
	ThreatSummary,
	ThreatTotals,
} from "../../contracts/threats.ts";
import { threatFilters } from "../../contracts/threats.ts";
import type { Principal } from "../auth/principal.ts";
import type { LedgerScope } from "../repositories/ledger-scope.ts";
import { countParties } from "../repositories/threat-actors.ts";
import type { SlotSums } from "../repositories/threat-facts.ts";
import { countRequests, readThreatSlots } from "../repositories/threat-facts.ts";
import { runtime } from "../runtime.ts";
import type { Period } from "../usage/split-period.ts";
import { splitPeriod } from "../usage/split-period.ts";
import { inWholeWeeks } from "../usage/whole-weeks.ts";
import { startsOf } from "./analytics-answer.ts";
import { scopeOf } from "./requests.ts";
import type { CountedPeriod } from "./threat-range.ts";
import { chartedPeriod, sampledPeriod } from "./threat-range.ts";
import { periodBefore, readPeriod } from "./time-range.ts";

interface SummaryInput {
	readonly query: z.output<typeof getThreatSummary.query>;
	readonly principal: Principal;
}

/**
 * Totals and the course of a range, beside the one before it. Throws `request.invalid` for a range that is
 * none. A range of which only a part can be counted is compared with nothing.
 */
export async function summarise(input: SummaryInput): Promise<ThreatSummary> {
	const nowMs = Date.now();
	const question = {
		scope: scopeOf(input.principal),
		filters: threatFilters.strip().parse(input.query),
	};
	const { by, compare } = input.query;
	const asked = { ...question, nowMs };
	const counted = await chartedPeriod(readPeriod(input.query, nowMs), { ...question, group: by });
	const { period, isShortened, stepSeconds } = counted;
	const before = compare === "none" ? undefined : await comparedPeriod(counted, question);
	const starts = startsOf(period, stepSeconds);
	const [slots, slotsBefore, others, othersBefore] = await Promise.all([
		slotsOf(counted, asked, by),
		before && slotsOf(before, asked, undefined),
		othersOf(period, asked),
		before && othersOf(before.period, asked),
	]);
	const ids = [...new Set(slots.map(({ id }) => id))].sort();
	const sumBy = (pick: (slot: SlotSums) => number) => spread(slots, starts, pick);
	return {
		from: period.from.toISOString(),
		to: period.to.toISOString(),
		isShortened,
		bucketSeconds: stepSeconds,
		totals: totalsOf(slots, others),
		before:
			slotsBefore === undefined || othersBefore === undefined
				? null
				: totalsOf(slotsBefore, othersBefore),
		buckets: starts.map((at) => new Date(at).toISOString()),
		series: ids.map((id) => ({ id, values: sumBy((slot) => (slot.id === id ? slot.events : 0)) })),
		valuesBefore:
			before === undefined || slotsBefore === undefined
				? null
				: shifted(slotsBefore, {
						starts,
						seconds: stepSeconds,
						shiftMs: period.from.getTime() - before.period.from.getTime(),
					}),
		blockedByBucket: sumBy((slot) => slot.blocked),
		wouldBlockByBucket: sumBy((slot) => slot.wouldBlock),
	};
}

interface Question {
	readonly scope: LedgerScope;
	readonly filters: ThreatFilters;
}
interface Asked extends Question {
	readonly nowMs: number;
}

/** The period before, when all of it can be counted as well, in the same steps or coarser ones. */
async function comparedPeriod(
	{ period, isShortened, stepSeconds }: CountedPeriod,
	question: Question,
): Promise<CountedPeriod | undefined> {
	if (isShortened) return undefined;
	const before = await chartedPeriod(periodBefore(period), question);
	if (before.isShortened) return undefined;
	return { ...before, stepSeconds: Math.max(stepSeconds, before.stepSeconds) };
}

function slotsOf(
	{ period, stepSeconds: seconds }: CountedPeriod,
	{ nowMs, ...question }: Asked,
	group: ThreatSeries | undefined,
) {
	const stepMs = seconds * 1000;
	return readThreatSlots(runtime().prisma, {
		...question,
		pieces: splitPeriod(period, { nowMs, stepSeconds: seconds }),
		group,
		step: { seconds, from: new Date(Math.floor(period.from.getTime() / stepMs) * stepMs) },
	});
}

type OtherTotals = Pick<ThreatTotals, "attackers" | "keys" | "isSampled" | "requests"> & {
	/** Whether requests can be told apart as the events are. */
	readonly isComparable: boolean;
};

/** What the course does not tell. */
async function othersOf(period: Period, { scope, filters, nowMs }: Asked): Promise<OtherTotals> {
	const { prisma } = runtime();
	const pieces = splitPeriod(period, { nowMs, stepSeconds: null });
	const { keyId, teamId, endpoint, ip, endUser, session, fingerprint, model, country } = filters;
	// Requests are not counted by these, so a rate over them would compare two different things.
	const isComparable = [ip, endUser, session, fingerprint, model, country].every(
		(value) => value === undefined,
	);
	const sampled = await sampledPeriod(period, { scope, filters });
	const read = splitPeriod(sampled.period, { nowMs, stepSeconds: null });
	const [{ isSampled, ...parties }, requests] = await Promise.all([
		countParties(prisma, { pieces: inWholeWeeks(read, nowMs), scope, filters }),
		countRequests(prisma, { pieces, scope, filters: { keyId, teamId, endpoint } }),
	]);
	return { ...parties, isSampled: isSampled || sampled.isShortened, requests, isComparable };
}

/** The steps of a course are the whole period, so their sums need not be asked for again. */
function totalsOf(
	slots: readonly SlotSums[],
	{ isComparable, requests, ...parties }: OtherTotals,
): ThreatTotals {
	const sumOf = (pick: (slot: SlotSums) => number) =>
		slots.reduce((sum, slot) => sum + pick(slot), 0);
	const blockedRequests = sumOf((slot) => slot.blockedRequests);
	return {
		events: sumOf(({ events }) => events),
		blocked: sumOf(({ blocked }) => blocked),
		wouldBlock: sumOf(({ wouldBlock }) => wouldBlock),
		blockedRequests,
		requests,
		passRate: isComparable && requests > 0 ? Math.max(0, 1 - blockedRequests / requests) : null,
		...parties,
	};
}

function spread(
	slots: readonly SlotSums[],
	starts: readonly number[],
	pick: (slot: SlotSums) => number,
): number[] {
	const byStart = new Map<number, number>();
	for (const slot of slots) byStart.set(slot.at, (byStart.get(slot.at) ?? 0) + pick(slot));
	return starts.map((at) => byStart.get(at) ?? 0);
}

/** Each step of the period before in the place of the step that lies one period later, or the nearest. */
function shifted(
	slots: readonly SlotSums[],
	{
		starts,
		seconds,
		shiftMs,
	}: {
		readonly starts: readonly number[];
		readonly seconds: number;
		readonly shiftMs: number;
	},
): number[] {
	const values = starts.map(() => 0);
	const [first = 0] = starts;
	for (const { at, events } of slots) {
		const nearest = Math.round((at + shiftMs - first) / (seconds * 1000));
		const index = Math.min(Math.max(nearest, 0), starts.length - 1);
		values[index] = (values[index] ?? 0) + events;
	}
	return values;
}
