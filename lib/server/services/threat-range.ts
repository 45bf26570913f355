import type { ThreatFilters, ThreatGroup, ThreatSeries } from "../../contracts/threats.ts";
import type { LedgerScope } from "../repositories/ledger-scope.ts";
import { sourceOf } from "../repositories/threat-facts.ts";
import { findReach } from "../repositories/threat-reach.ts";
import { runtime } from "../runtime.ts";
import type { Period } from "../usage/split-period.ts";
import { bucketSecondsOf } from "./time-range.ts";

const daySeconds = 86_400;
/** Shorter charts by days have too few steps to show a course. */
const daysOfChartMin = 3;

interface Question {
	readonly scope: LedgerScope;
	readonly filters: ThreatFilters;
	readonly group?: ThreatGroup | ThreatSeries | undefined;
}

/** What of a period is counted, and in which steps a chart shows it. */
export interface CountedPeriod {
	readonly period: Period;
	/** The newest part of what was asked for, because there are too many events to read all of them. */
	readonly isShortened: boolean;
	readonly stepSeconds: number;
}

/**
 * Sums answer most questions; what they do not tell apart, such as two parties at once, is read from the
 * events, of which there may be millions. Then the newest part of the period must do.
 */
export async function countedPeriod(period: Period, question: Question): Promise<CountedPeriod> {
	const whole = { period, isShortened: false, stepSeconds: bucketSecondsOf(period) };
	return sourceOf(question).table === "events" ? shortened(whole, question) : whole;
}

/** The same for a chart: it rather gets coarser steps, where sums have them. */
export async function chartedPeriod(period: Period, question: Question): Promise<CountedPeriod> {
	const whole = { period, isShortened: false, stepSeconds: bucketSecondsOf(period) };
	const { table } = sourceOf(question);
	if (table === "events") return shortened(whole, question);
	if (table !== "days" || whole.stepSeconds >= daySeconds) return whole;
	const counted = await shortened(whole, question);
	const days = (period.to.getTime() - period.from.getTime()) / (daySeconds * 1000);
	return counted.isShortened && days >= daysOfChartMin
		? { ...whole, stepSeconds: daySeconds }
		: counted;
}

/**
 * The same for a sample of the newest events: of two conditions, one may be met by hardly any of the many
 * that meet the other.
 */
export async function sampledPeriod(period: Period, question: Question): Promise<CountedPeriod> {
	const whole = { period, isShortened: false, stepSeconds: bucketSecondsOf(period) };
	const conditions = Object.values(question.filters).filter((value) => value !== undefined);
	const count = conditions.length + (question.scope.all ? 0 : 1);
	return count > 1 ? shortened(whole, question) : whole;
}

async function shortened(whole: CountedPeriod, question: Question): Promise<CountedPeriod> {
	const { period } = whole;
	const reach = await findReach(runtime().prisma, { period, ...question });
	if (reach === undefined || reach <= period.from) return whole;
	const newest = { from: reach, to: period.to };
	return { period: newest, isShortened: true, stepSeconds: bucketSecondsOf(newest) };
}
