import type { Calendar, WindowSpan } from "../../../proxy-core/contract/quota-window.ts";
import { createCalendar } from "../../../proxy-core/contract/quota-window.ts";
import type { Quota } from "../../../proxy-core/quotas/quota.ts";
import type { Budget, BudgetForecast, BudgetUsage } from "../../contracts/budgets.ts";
import type { BurnDay, CounterRow, SpenderRow } from "../repositories/quota-counters.ts";
import {
	readDailyBurn,
	readFullestCounters,
	readSubjectNames,
	readTopSpenders,
} from "../repositories/quota-counters.ts";
import type { QuotaRow } from "../repositories/quotas.ts";
import { toQuota } from "../repositories/quotas.ts";
import { runtime } from "../runtime.ts";
import { forecastSpending } from "./budget-forecast.ts";

const dayMs = 86_400_000;
const historyMs = 14 * dayMs;

/** A quota with its window of now. */
export interface Standing {
	readonly row: QuotaRow;
	readonly quota: Quota;
	readonly span: WindowSpan;
}

type Names = ReadonlyMap<string, string>;

/** Rows as the API tells of them: what is spent, by whom, and where it leads. Five questions in all. */
export async function viewBudgets(rows: readonly QuotaRow[]): Promise<readonly Budget[]> {
	const { prisma } = runtime();
	const now = Date.now();
	const standings = standingsOf(rows, now);
	const keys = standings.map(({ row, span }) => ({
		quotaId: row.id,
		windowStart: new Date(span.start),
	}));
	const [counters, spenders] = await Promise.all([
		readFullestCounters(prisma, keys),
		readTopSpenders(prisma, keys),
	]);
	const fullest = Map.groupBy(counters, ({ quotaId }) => quotaId);
	const spending = Map.groupBy(spenders, ({ quotaId }) => quotaId);
	const names = await namesFor(rows, counters, spenders);
	const wanted = standings
		.filter(({ quota }) => quota.unit === "usd")
		.map(({ row }) => counterName(row.id, fullest.get(row.id)?.[0]?.subject));
	const days = Map.groupBy(
		await readDailyBurn(prisma, wanted, new Date(now - historyMs)),
		({ counter }) => counter,
	);
	return standings.map((standing): Budget => {
		const { row, quota } = standing;
		const own = fullest.get(row.id) ?? [];
		const isEach = quota.subject === "*";
		const usage = usageOf(standing, own[0], { names, now });
		return {
			...configured(row, quota, { names, now }),
			usage,
			subjects: isEach ? own.map((counter) => usageOf(standing, counter, { names, now })) : [],
			subjectCount: isEach ? (own[0]?.subjectCount ?? 0) : 0,
			spenders: (spending.get(row.id) ?? []).map(({ kind, id, spent }) => ({
				kind,
				id,
				name: names.get(id) ?? null,
				amount: spent,
			})),
			forecast: forecastOf(standing, usage, {
				now,
				days: days.get(counterName(row.id, own[0]?.subject)) ?? [],
			}),
		};
	});
}

/** Rows with their windows; each zone's calendar is made once. */
export function standingsOf(rows: readonly QuotaRow[], now: number): readonly Standing[] {
	const calendars = new Map<string, Calendar>();
	return rows.flatMap((row) => {
		const quota = toQuota(row);
		if (quota === undefined) return [];
		const calendar = calendars.get(row.timeZone) ?? createCalendar(row.timeZone);
		calendars.set(row.timeZone, calendar);
		return [{ row, quota, span: calendar.windowAt(quota.window, now) }];
	});
}

export function counterName(quotaId: string, subject: string | null | undefined): string {
	return subject === null || subject === undefined ? quotaId : `${quotaId}:${subject}`;
}

interface Surroundings {
	readonly names: Names;
	readonly now: number;
}

function raiseOf({ raise }: Quota, now: number) {
	return raise !== undefined && raise.untilMs > now ? raise : undefined;
}

function configured(row: QuotaRow, quota: Quota, { names, now }: Surroundings) {
	const raise = raiseOf(quota, now);
	return {
		id: row.id,
		title: row.title,
		unit: quota.unit,
		scope: quota.scope,
		subject: subjectOf(quota, quota.subject, names),
		window: quota.window,
		timeZone: row.timeZone,
		hardLimit: quota.hardLimit,
		softLimit: quota.softLimit,
		softAction: quota.softAction,
		downgradeTo: row.downgradeTo,
		raise: raise ? { amount: raise.amount, until: new Date(raise.untilMs).toISOString() } : null,
		isEnabled: row.isEnabled,
		archivedAt: row.archivedAt?.toISOString() ?? null,
		createdAt: row.createdAt.toISOString(),
		updatedAt: row.updatedAt.toISOString(),
	};
}

/** Models, tags and addresses are called by their ids. */
function subjectOf({ scope }: Quota, subject: string | null, names: Names) {
	if (subject === null) return null;
	const hasName = scope === "team" || scope === "user" || scope === "key";
	return { id: subject, name: hasName ? (names.get(subject) ?? null) : subject };
}

export function usageOf(
	{ quota, span }: Standing,
	counter: Pick<CounterRow, "subject" | "spent" | "leased"> | undefined,
	{ names, now }: Surroundings,
): BudgetUsage {
	const spent = counter?.spent ?? 0;
	const reserved = counter?.leased ?? 0;
	const limit = quota.hardLimit + (raiseOf(quota, now)?.amount ?? 0);
	const reached = quota.unit === "parallel" ? reserved : spent;
	const isSoft = quota.softLimit !== null && reached >= quota.softLimit;
	return {
		subject: subjectOf(quota, counter?.subject ?? null, names),
		windowStart: new Date(span.start).toISOString(),
		windowEnd: span.end === null ? null : new Date(span.end).toISOString(),
		spent,
		reserved,
		limit,
		state: spent + reserved >= limit ? "hard" : isSoft ? "soft" : "ok",
	};
}

export function forecastOf(
	{ row, quota, span }: Standing,
	usage: BudgetUsage,
	{ now, days }: { readonly now: number; readonly days: readonly BurnDay[] },
): BudgetForecast | null {
	if (span.end === null || quota.unit === "parallel") return null;
	const madeAt = row.createdAt.getTime();
	const raise = raiseOf(quota, now);
	return forecastSpending({
		...(raise ? { lowered: { at: raise.untilMs, limit: quota.hardLimit } } : {}),
		now,
		since: Math.max(span.start, madeAt),
		windowEnd: span.end,
		spent: usage.spent,
		limit: usage.limit,
		days: quota.unit === "usd" ? wholeDays(days, { madeAt, now }) : [],
	});
}

/** Days on which nothing was spent count too, from the first whole one of the budget's life. */
function wholeDays(
	days: readonly BurnDay[],
	{ madeAt, now }: { readonly madeAt: number; readonly now: number },
): readonly number[] {
	const today = Math.floor(now / dayMs) * dayMs;
	const first = Math.max(Math.ceil(madeAt / dayMs) * dayMs, today - historyMs + dayMs);
	const spent = new Map(days.map(({ day, amount }) => [day.getTime(), amount]));
	const amounts: number[] = [];
	for (let day = first; day < today; day += dayMs) amounts.push(spent.get(day) ?? 0);
	return amounts;
}

async function namesFor(
	rows: readonly QuotaRow[],
	counters: readonly CounterRow[],
	spenders: readonly SpenderRow[],
): Promise<Names> {
	const scopes = new Map(rows.map((row) => [row.id, row.scope]));
	const named = (scope: string) => [
		...rows.filter((row) => row.scope === scope).map((row) => row.subject),
		...counters.filter((row) => scopes.get(row.quotaId) === scope).map((row) => row.subject),
	];
	const spending = (kind: string) =>
		spenders.filter((row) => row.kind === kind).map(({ id }) => id);
	return readSubjectNames(runtime().prisma, {
		keys: [...named("key"), ...spending("key")].filter((id) => id !== null),
		users: [...named("user"), ...spending("user")].filter((id) => id !== null),
		teams: named("team").filter((id) => id !== null),
	});
}
