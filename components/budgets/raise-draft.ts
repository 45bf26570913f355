import type { Budget } from "../../lib/contracts/budgets.ts";
import { readAmount } from "./budget-draft.ts";
import { moment } from "./budget-words.ts";

export type RaiseEnd = "window" | "1d" | "7d" | "30d" | "day";

export interface RaiseDraft {
	/** As it was typed, in dollars or counts. */
	readonly amount: string;
	readonly end: RaiseEnd;
	/** `2026-03-04`, of the reader's calendar; looked at when `end` is `day`. */
	readonly day: string;
}

const dayMs = 86_400_000;
const spans = { "1d": dayMs, "7d": 7 * dayMs, "30d": 30 * dayMs } as const;
/** A raise to the end of a shorter window is over before anybody has used it. */
const windowMsMin = 12 * 3_600_000;

type RaiseEndOption = { readonly value: RaiseEnd; readonly label: string };

/** When a raise can end, the likeliest first. */
export function raiseEnds({ usage, timeZone }: Budget, now: Date): readonly RaiseEndOption[] {
	const end = usage.windowEnd === null ? undefined : new Date(usage.windowEnd);
	const length = (end?.getTime() ?? 0) - Date.parse(usage.windowStart);
	const window: readonly RaiseEndOption[] =
		end === undefined || length < windowMsMin
			? []
			: [{ value: "window", label: `The end of this window, ${moment(end, timeZone, now)}` }];
	return [
		...window,
		{ value: "1d", label: "In a day" },
		{ value: "7d", label: "In 7 days" },
		{ value: "30d", label: "In 30 days" },
		{ value: "day", label: "On a day of your choice" },
	];
}

export function newRaise(subject: Budget, now: Date): RaiseDraft {
	return { amount: "", end: raiseEnds(subject, now)[0]?.value ?? "7d", day: "" };
}

export interface RaiseIssues {
	readonly amount?: string | undefined;
	readonly until?: string | undefined;
}

type RaiseCheck =
	| { readonly ok: true; readonly amount: number; readonly until: Date }
	| { readonly ok: false; readonly issues: RaiseIssues };

/** The raise when every field is right, or what is wrong with which. */
export function readRaise(draft: RaiseDraft, subject: Budget, now: Date): RaiseCheck {
	const amount = readAmount(subject.unit, draft.amount) ?? 0;
	const until = endOf(draft, subject, now);
	if (amount > 0 && until !== undefined && until > now) return { ok: true, amount, until };
	return {
		ok: false,
		issues: {
			...(amount > 0 ? {} : { amount: "Write how much more, such as 50." }),
			...(until !== undefined && until > now ? {} : { until: "Choose a day in the future." }),
		},
	};
}

/** The instant; undefined while no day was chosen. A chosen day is included. */
function endOf({ end, day }: RaiseDraft, { usage }: Budget, now: Date): Date | undefined {
	switch (end) {
		case "window":
			return usage.windowEnd === null ? undefined : new Date(usage.windowEnd);
		case "day": {
			const last = new Date(`${day}T23:59:59`);
			return Number.isNaN(last.getTime()) ? undefined : last;
		}
		case "1d":
		case "7d":
		case "30d":
			return new Date(now.getTime() + spans[end]);
	}
}
