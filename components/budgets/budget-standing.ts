import type { Budget } from "../../lib/contracts/budgets.ts";
import { formatRelative } from "../../lib/format/time.ts";
import {
	amountInShort,
	amountInWords,
	each,
	isRate,
	moment,
	roughAmount,
	scopeWords,
	whose,
} from "./budget-words.ts";

/** From what wants a person first to what is over. */
export const levels = [
	"used-up",
	"running-out",
	"soft",
	"at-limit",
	"on-track",
	"off",
	"archived",
] as const;
export type Level = (typeof levels)[number];

export const levelWords: Readonly<Record<Level, string>> = {
	"used-up": "Used up",
	"running-out": "Will run out",
	soft: "Past soft limit",
	"at-limit": "At the limit",
	"on-track": "Within limits",
	off: "Switched off",
	archived: "Archived",
};

/** Where a budget stands, from its counters and its forecast. A guess alone alarms nobody. */
export function levelOf(budget: Budget): Level {
	if (budget.archivedAt !== null) return "archived";
	if (!budget.isEnabled) return "off";
	const { state } = budget.usage;
	if (state === "hard") return isRate(budget) ? "at-limit" : "used-up";
	const { forecast } = budget;
	const runsOut = forecast !== null && forecast.exhaustedAt !== null;
	if (runsOut && forecast.confidence !== "low" && !isRate(budget)) return "running-out";
	return state === "soft" ? "soft" : "on-track";
}

export function needsSomebody(budget: Budget): boolean {
	const level = levelOf(budget);
	return level === "used-up" || level === "running-out" || (level === "soft" && !isRate(budget));
}

/** What is left of the limit, with what is set aside taken as gone; never below zero. */
export function leftOf({ usage }: Pick<Budget, "usage">): number {
	return Math.max(0, usage.limit - usage.spent - usage.reserved);
}

/** Of the limit; 1 is all of it, and a limit of nothing is always full. */
export function shareOf(amount: number, limit: number): number {
	return limit === 0 ? 1 : amount / limit;
}

/** Most urgent first; of equals the fullest. */
export function byUrgency(budgets: readonly Budget[]): readonly Budget[] {
	const rank = (budget: Budget) => levels.indexOf(levelOf(budget));
	const fullness = ({ usage }: Budget) => shareOf(usage.spent + usage.reserved, usage.limit);
	return budgets.toSorted((a, b) => rank(a) - rank(b) || fullness(b) - fullness(a));
}

/** Of a budget that counts each separately, the one whose figures stand for all. */
export function fullestName({ scope, subject, usage }: Budget): string | undefined {
	if (subject?.id !== each || usage.subject === null) return undefined;
	return whose({ scope, subject: usage.subject });
}

/** What happens now and what a person may want to do about it, in one or two sentences. */
export function whatNow(budget: Budget, now: Date): string {
	const { unit, usage, timeZone, forecast, softAction } = budget;
	const end = usage.windowEnd === null ? null : new Date(usage.windowEnd);
	const until =
		end === null
			? "until the limit is raised"
			: `until ${moment(end, timeZone, now)} (${formatRelative(end, now)})`;
	switch (levelOf(budget)) {
		case "used-up":
		case "at-limit":
			return `${refusal(budget)} ${until}.`;
		case "running-out":
			return forecast?.exhaustedAt
				? `At this pace ${fullestName(budget) ?? "it"} reaches ${amountInWords(unit, limitAt(budget, forecast.exhaustedAt))} on ${moment(new Date(forecast.exhaustedAt), timeZone, now)}, ${early(forecast.exhaustedAt, end)}.`
				: "";
		case "soft":
			return softAction === "downgrade"
				? `${fullestName(budget) ?? "It"} is past the soft limit: cheaper models answer. ${amountInShort(unit, leftOf(budget))} left.`
				: `${fullestName(budget) ?? "It"} is past the soft limit, with ${amountInShort(unit, leftOf(budget))} left.`;
		case "on-track":
			return onTrack(budget);
		case "off":
			return "It counts nothing and refuses nothing.";
		case "archived":
			return "It limits nothing any more. Its history stays.";
	}
}

/** The hard limit at a moment of this window, for a raise may have ended by then. */
function limitAt({ raise, hardLimit, usage }: Budget, at: string): number {
	return raise !== null && Date.parse(at) >= Date.parse(raise.until) ? hardLimit : usage.limit;
}

function refusal(budget: Budget): string {
	const { unit, softAction } = budget;
	const name = fullestName(budget);
	const whom = name === undefined ? "" : `${name} has nothing left: `;
	const requests = name === undefined ? "Requests" : "its requests";
	const refused = `are refused with status ${unit === "usd" ? "402" : "429"}`;
	if (softAction === "notify") return `${whom}${requests} ${refused}`;
	return `${whom}${requests} ${refused} unless a cheaper model still fits,`;
}

function early(exhaustedAt: string, end: Date | null): string {
	if (end === null) return "";
	const hours = Math.round((end.getTime() - Date.parse(exhaustedAt)) / 3_600_000);
	const [count, unit] = hours < 48 ? [Math.max(1, hours), "h"] : [Math.round(hours / 24), "d"];
	return `${count} ${unit} before the window ends`;
}

function onTrack({ unit, window, usage, forecast, scope, subject, subjectCount }: Budget): string {
	if (subject?.id === each && subjectCount === 0) {
		return `No ${scopeWords[scope].plural} have used anything in this window.`;
	}
	if (forecast === null || forecast.exhaustedAt !== null || isRate({ unit, window })) {
		return `${amountInShort(unit, leftOf({ usage }))} left.`;
	}
	return `About ${roughAmount(unit, forecast.amount)} of ${amountInShort(unit, usage.limit)} by the end.`;
}
