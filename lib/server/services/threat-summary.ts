import type * as z from "zod";
import type {
	getThreatSummary,
	ThreatSeries,
	ThreatSummary,
	ThreatTotals,
} from "../../contracts/threats.ts";
import { threatFilters } from "../../contracts/threats.ts";
import type { Principal } from "../auth/principal.ts";
import { countParties } from "../repositories/threat-actors.ts";
import type { SlotSums } from "../repositories/threat-facts.ts";
import { countRequests, readThreatSlots, readThreatTotals } from "../repositories/threat-facts.ts";
import { runtime } from "../runtime.ts";
import type { Period } from "../usage/split-period.ts";
import { splitPeriod } from "../usage/split-period.ts";
import { inWholeWeeks } from "../usage/whole-weeks.ts";
import { startsOf } from "./analytics-answer.ts";
import { scopeOf } from "./requests.ts";
import { bucketSecondsOf, periodBefore, readPeriod } from "./time-range.ts";

interface SummaryInput {
	readonly query: z.output<typeof getThreatSummary.query>;
	readonly principal: Principal;
}

/** Totals and the course of a range, beside the one before it. Throws `request.invalid` for a range that is none. */
export async function summarise(input: SummaryInput): Promise<ThreatSummary> {
	const nowMs = Date.now();
	const period = readPeriod(input.query, nowMs);
	const before = input.query.compare === "none" ? undefined : periodBefore(period);
	const seconds = bucketSecondsOf(period);
	const starts = startsOf(period, seconds);
	const asked = { input, nowMs, seconds };
	const [slots, slotsBefore, totals, totalsBefore] = await Promise.all([
		slotsOf(period, asked, input.query.by),
		before && slotsOf(before, asked, undefined),
		totalsOf(period, asked),
		before && totalsOf(before, asked),
	]);
	const ids = [...new Set(slots.map(({ id }) => id))].sort();
	const sumBy = (pick: (slot: SlotSums) => number) => spread(slots, starts, pick);
	return {
		from: period.from.toISOString(),
		to: period.to.toISOString(),
		bucketSeconds: seconds,
		totals,
		before: totalsBefore ?? null,
		buckets: starts.map((at) => new Date(at).toISOString()),
		series: ids.map((id) => ({ id, values: sumBy((slot) => (slot.id === id ? slot.events : 0)) })),
		valuesBefore:
			before === undefined || slotsBefore === undefined
				? null
				: shifted(slotsBefore, {
						starts,
						seconds,
						shiftMs: period.from.getTime() - before.from.getTime(),
					}),
		blockedByBucket: sumBy((slot) => slot.blocked),
		wouldBlockByBucket: sumBy((slot) => slot.wouldBlock),
	};
}

interface Asked {
	readonly input: SummaryInput;
	readonly nowMs: number;
	readonly seconds: number;
}

function slotsOf(
	period: Period,
	{ input, nowMs, seconds }: Asked,
	group: ThreatSeries | undefined,
) {
	const stepMs = seconds * 1000;
	return readThreatSlots(runtime().prisma, {
		pieces: splitPeriod(period, { nowMs, stepSeconds: seconds }),
		scope: scopeOf(input.principal),
		filters: threatFilters.strip().parse(input.query),
		...(group === undefined ? {} : { group }),
		step: { seconds, from: new Date(Math.floor(period.from.getTime() / stepMs) * stepMs) },
	});
}

async function totalsOf(period: Period, { input, nowMs }: Asked): Promise<ThreatTotals> {
	const { prisma } = runtime();
	const filters = threatFilters.strip().parse(input.query);
	const scope = scopeOf(input.principal);
	const pieces = splitPeriod(period, { nowMs, stepSeconds: null });
	const { keyId, teamId, endpoint, ip, endUser, session, fingerprint, model, country } = filters;
	// Requests are not counted by these, so a rate over them would compare two different things.
	const isComparable = [ip, endUser, session, fingerprint, model, country].every(
		(value) => value === undefined,
	);
	const [totals, parties, requests] = await Promise.all([
		readThreatTotals(prisma, { pieces, scope, filters }),
		countParties(prisma, { pieces: inWholeWeeks(pieces, nowMs), scope, filters }),
		countRequests(prisma, { pieces, scope, filters: { keyId, teamId, endpoint } }),
	]);
	return {
		...totals,
		requests,
		passRate:
			isComparable && requests > 0 ? Math.max(0, 1 - totals.blockedRequests / requests) : null,
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
