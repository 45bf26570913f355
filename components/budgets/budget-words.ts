import type { Budget, BudgetForecast } from "../../lib/contracts/budgets.ts";
import { formatMoney } from "../../lib/format/money.ts";
import { formatCompact, formatCount } from "../../lib/format/numbers.ts";
import type { QuotaScope, QuotaUnit, QuotaWindow } from "../../proxy-core/contract/quota.ts";

/** The subject of a budget that counts each of them separately. */
export const each = "*";

export const unitWords: Readonly<
	Record<QuotaUnit, { readonly label: string; readonly hint: string }>
> = {
	usd: { label: "Money", hint: "What answers cost, in US dollars" },
	tokens: { label: "Tokens", hint: "Input and output together" },
	requests: { label: "Requests", hint: "How many are sent" },
	parallel: { label: "Requests at once", hint: "How many are under way at the same time" },
};

interface ScopeWords {
	readonly label: string;
	/** Before the name of one: "Team Search". */
	readonly one: string;
	readonly each: string;
	readonly plural: string;
}

export const scopeWords: Readonly<Record<QuotaScope, ScopeWords>> = {
	organisation: {
		label: "The whole organisation",
		one: "The whole organisation",
		each: "The whole organisation",
		plural: "organisations",
	},
	team: { label: "A team", one: "Team", each: "Each team", plural: "teams" },
	user: { label: "A person", one: "", each: "Each person", plural: "people" },
	key: { label: "A key", one: "Key", each: "Each key", plural: "keys" },
	model: { label: "A model or route", one: "Model", each: "Each model", plural: "models" },
	tag: { label: "A tag", one: "Tag", each: "Each tag", plural: "tags" },
	ip: { label: "An IP address", one: "Address", each: "Each address", plural: "addresses" },
};

export const windowWords: Readonly<
	Record<QuotaWindow, { readonly label: string; readonly per: string; readonly this: string }>
> = {
	minute: { label: "Each minute", per: "a minute", this: "This minute" },
	hour: { label: "Each hour", per: "an hour", this: "This hour" },
	day: { label: "Each day", per: "a day", this: "Today" },
	week: { label: "Each week, from Monday", per: "a week", this: "This week" },
	month: { label: "Each month", per: "a month", this: "This month" },
	total: { label: "Never, it counts on", per: "in all", this: "In all" },
};

/** An amount in full: `$160.00`, `5,000,000 tokens`, `1 request`, `10 at once`. */
export function amountInWords(unit: QuotaUnit, amount: number): string {
	return withUnit(unit, amount, formatCount);
}

/** For tables: the unit shows, large counts do not: `$160.00`, `5M tokens`. */
export function amountInShort(unit: QuotaUnit, amount: number): string {
	return withUnit(unit, amount, formatCompact);
}

/** Without the unit, where another figure beside it says it. */
export function figureOf(unit: QuotaUnit, amount: number): string {
	return unit === "usd" ? formatMoney(amount) : formatCompact(amount);
}

function withUnit(unit: QuotaUnit, amount: number, format: (count: number) => string): string {
	switch (unit) {
		case "usd":
			return formatMoney(amount);
		case "tokens":
			return `${format(amount)} ${amount === 1 ? "token" : "tokens"}`;
		case "requests":
			return `${format(amount)} ${amount === 1 ? "request" : "requests"}`;
		case "parallel":
			return `${format(amount)} at once`;
	}
}

/** What nobody knows to the cent: three digits are kept, `$1,230`. */
export function roughAmount(unit: QuotaUnit, amount: number): string {
	if (amount === 0) return amountInWords(unit, 0);
	const step = 10 ** Math.max(0, Math.floor(Math.log10(amount)) - 2);
	const rounded = Math.round(amount / step) * step;
	const text = amountInShort(unit, rounded);
	return unit === "usd" && rounded >= 10_000_000 ? text.replace(/\.00$/, "") : text;
}

/** Whose use is counted: "Team Search", "Each key", "The whole organisation". */
export function whose({ scope, subject }: Pick<Budget, "scope" | "subject">): string {
	if (subject === null || scope === "organisation") return scopeWords.organisation.label;
	if (subject.id === each) return scopeWords[scope].each;
	const name = subject.name ?? `${subject.id} (removed)`;
	return `${scopeWords[scope].one} ${name}`.trim();
}

/** What has been counted: money is spent, the rest used. */
export function countedWord(unit: QuotaUnit): "spent" | "used" | "under way" {
	if (unit === "usd") return "spent";
	return unit === "parallel" ? "under way" : "used";
}

export const certaintyWords: Readonly<
	Record<BudgetForecast["confidence"], { readonly short: string; readonly why: string }>
> = {
	low: {
		short: "rough guess",
		why: "A rough guess: too little has been counted so far to tell a pace.",
	},
	medium: {
		short: "fair estimate",
		why: "A fair estimate, from some days or the first part of this window.",
	},
	high: {
		short: "well founded",
		why: "Well founded: enough of this window, or enough days before it, have been counted.",
	},
};

/** A limit of how fast, which callers meet in daily use, and no sum of which somebody answers. */
export function isRate({ unit, window }: Pick<Budget, "unit" | "window">): boolean {
	return unit === "parallel" || (unit !== "usd" && (window === "minute" || window === "hour"));
}

/** `Tue 1 Dec, 00:00`; with the year when it is another one. */
export function moment(at: Date, timeZone: string | undefined, now: Date): string {
	const zone = timeZone === undefined ? {} : { timeZone };
	const year = new Intl.DateTimeFormat("en-GB", { year: "numeric", ...zone });
	return new Intl.DateTimeFormat("en-GB", {
		weekday: "short",
		day: "numeric",
		month: "short",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
		...(year.format(at) === year.format(now) ? {} : { year: "numeric" }),
		...zone,
	}).format(at);
}
