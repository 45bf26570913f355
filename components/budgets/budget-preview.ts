import { formatShare } from "../../lib/format/numbers.ts";
import { createCalendar } from "../../proxy-core/contract/quota-window.ts";
import type { BudgetDraft } from "./budget-draft.ts";
import { readAmount } from "./budget-draft.ts";
import { amountInWords, moment, scopeWords, windowWords } from "./budget-words.ts";

interface Surroundings {
	/** Name of the chosen subject; undefined while none was chosen. */
	readonly name: string | undefined;
	/** What is changed; undefined for a new one. */
	readonly before: Pick<BudgetDraft, "window" | "timeZone"> | undefined;
	readonly now: Date;
}

/** What a draft will do, in sentences; empty while too little is known. */
export function previewOf(draft: BudgetDraft, around: Surroundings): readonly string[] {
	const { unit, window } = draft;
	const limit = readAmount(unit, draft.hard);
	if (limit === undefined) return [];
	if (!draft.isEnabled) {
		return ["Switched off, this budget counts nothing and refuses nothing."];
	}
	const amount = amountInWords(unit, limit);
	return [
		`${subjectOf(draft, around.name)} ${verbOf(draft)} ${amount}${unit === "parallel" ? "" : ` ${windowWords[window].per}`}.`,
		...softSentence(draft, limit),
		`Requests that could go beyond ${amount} are refused with status ${unit === "usd" ? "402" : "429"} ${untilWhen(draft, around.now)}.`,
		...countingSentence(draft, around.before),
	];
}

const things = ["model", "tag", "ip"] as const;

function isThing({ scope }: BudgetDraft): boolean {
	return things.some((thing) => thing === scope);
}

function subjectOf(draft: BudgetDraft, name: string | undefined): string {
	const { scope, isEach } = draft;
	if (scope === "organisation") return "The whole organisation";
	if (isEach) {
		const one = scopeWords[scope].each;
		return isThing(draft) ? `${one} on its own` : `${one}, on its own,`;
	}
	const { one } = scopeWords[scope];
	const named = `${one} ${name ?? "…"}`.trim();
	if (!isThing(draft)) return named;
	const link = { model: "to", tag: "with", ip: "from" }[scope as (typeof things)[number]];
	return `All requests ${link} ${named.charAt(0).toLowerCase()}${named.slice(1)} together`;
}

function verbOf(draft: BudgetDraft): string {
	switch (draft.unit) {
		case "usd":
			return isThing(draft) ? "may cost" : "may spend";
		case "tokens":
			return "may use";
		case "requests":
			return isThing(draft) ? "may number" : "may send";
		case "parallel":
			return isThing(draft) ? "may number" : "may have requests under way,";
	}
}

function softSentence(draft: BudgetDraft, limit: number): readonly string[] {
	const { unit, soft, softAction, downgradeTo } = draft;
	const mark = soft.trim() === "" ? undefined : readAmount(unit, soft);
	if (mark === undefined || mark > limit) return [];
	const at = `At ${amountInWords(unit, mark)}${limit === 0 ? "" : ` (${formatShare(mark / limit)})`}`;
	if (unit === "usd" && softAction === "downgrade") {
		const models = downgradeTo.length === 0 ? "…" : downgradeTo.join(", ");
		const which =
			downgradeTo.length > 1 ? `the first of ${models} that the caller may use` : models;
		return [`${at} a cheaper model answers instead: ${which}.`];
	}
	const where = unit === "usd" ? "the Overview and this page warn" : "this page marks it";
	return [`${at} ${where}; requests go on.`];
}

function untilWhen({ unit, window, timeZone }: BudgetDraft, now: Date): string {
	if (unit === "parallel") return "until others have ended";
	if (window === "total") return "until somebody raises the limit";
	if (window === "minute" || window === "hour") return `until the next ${window} begins`;
	const end = nextWindow(window, timeZone, now);
	const next = `until the next ${window} begins`;
	return end === undefined ? next : `${next}: now ${moment(end, timeZone, now)}, ${timeZone}`;
}

function nextWindow(window: BudgetDraft["window"], timeZone: string, now: Date): Date | undefined {
	try {
		const { end } = createCalendar(timeZone).windowAt(window, now.getTime());
		return end === null ? undefined : new Date(end);
	} catch {
		// A zone that this browser does not know; the server says whether it does.
		return undefined;
	}
}

function countingSentence(
	{ unit, window, timeZone }: BudgetDraft,
	before: Surroundings["before"],
): readonly string[] {
	if (unit === "parallel") return [];
	if (before === undefined) return ["Counting begins now; what was used before does not count."];
	if (before.window === window && before.timeZone === timeZone) return [];
	return ["With other windows counting begins anew; what was used so far is not taken over."];
}
