import type { FieldIssue } from "../../lib/client/problem.ts";
import type { Budget, BudgetInput } from "../../lib/contracts/budgets.ts";
import { budgetInput } from "../../lib/contracts/budgets.ts";
import type {
	QuotaScope,
	QuotaUnit,
	QuotaWindow,
	SoftAction,
} from "../../proxy-core/contract/quota.ts";
import { each } from "./budget-words.ts";

/** What the form holds: amounts as they are typed, in dollars or counts. */
export interface BudgetDraft {
	readonly title: string;
	readonly unit: QuotaUnit;
	readonly scope: QuotaScope;
	readonly isEach: boolean;
	/** Id or name of the one; empty while none was chosen. */
	readonly subject: string;
	readonly window: QuotaWindow;
	readonly timeZone: string;
	readonly hard: string;
	/** Empty: there is none. */
	readonly soft: string;
	/** Until somebody writes an own one, the soft limit follows the hard one. */
	readonly isSoftOwn: boolean;
	readonly softAction: SoftAction;
	readonly downgradeTo: readonly string[];
	readonly isEnabled: boolean;
}

const usualSoftShare = 0.8;

export function newDraft(timeZone: string): BudgetDraft {
	return {
		title: "",
		unit: "usd",
		scope: "team",
		isEach: false,
		subject: "",
		window: "month",
		timeZone,
		hard: "",
		soft: "",
		isSoftOwn: false,
		softAction: "notify",
		downgradeTo: [],
		isEnabled: true,
	};
}

export function draftOf(budget: Budget): BudgetDraft {
	const { title, unit, scope, subject, window, timeZone, softAction, downgradeTo } = budget;
	return {
		title,
		unit,
		scope,
		isEach: subject?.id === each,
		subject: subject === null || subject.id === each ? "" : subject.id,
		window,
		timeZone,
		hard: writeAmount(unit, budget.hardLimit),
		soft: budget.softLimit === null ? "" : writeAmount(unit, budget.softLimit),
		isSoftOwn: true,
		softAction,
		downgradeTo,
		isEnabled: budget.isEnabled,
	};
}

/** A change with what follows from it: what does not go together is put right at once. */
export function changed(draft: BudgetDraft, part: Partial<BudgetDraft>): BudgetDraft {
	const next = { ...draft, ...part };
	const isOtherScope = next.scope !== draft.scope;
	const isMoney = next.unit === "usd";
	const isParallel = next.unit === "parallel";
	const fitting = {
		...next,
		subject: isOtherScope ? "" : next.subject,
		isEach: next.scope === "tag" || next.scope === "organisation" ? false : next.isEach,
		window: isParallel ? "total" : draft.unit === "parallel" ? "month" : next.window,
		softAction: isMoney ? next.softAction : "notify",
	} as const;
	if (fitting.isSoftOwn || part.soft !== undefined) return fitting;
	return { ...fitting, soft: usualSoft(fitting) };
}

function usualSoft({ unit, hard }: BudgetDraft): string {
	const limit = readAmount(unit, hard);
	if (limit === undefined || limit === 0 || unit === "parallel") return "";
	// Whole cents, or whole counts.
	const step = unit === "usd" ? 10_000 : 1;
	return writeAmount(unit, Math.floor((limit * usualSoftShare) / step) * step);
}

const factors: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, b: 1e9 };

/** `1,250.50`, `5M`, `$20` as micro-dollars or a count; undefined for what is no amount. */
export function readAmount(unit: QuotaUnit, text: string): number | undefined {
	const plain = text
		.trim()
		.replace(/^\$\s*/, "")
		.replace(/(?<=\d)[,\s'’](?=\d{3}(?!\d))/g, "");
	const match = /^(\d+\.?\d*|\.\d+)\s*([kmb]?)$/i.exec(plain);
	if (match === null) return undefined;
	const amount = Number(match[1]) * (factors[(match[2] ?? "").toLowerCase()] ?? 1);
	if (unit === "usd") return Math.round(amount * 1_000_000);
	return Number.isInteger(amount) ? amount : undefined;
}

/** As it is typed into the form: dollars without a sign, counts in full. */
export function writeAmount(unit: QuotaUnit, amount: number): string {
	if (unit !== "usd") return String(amount);
	const [whole = "0", decimals = ""] = (amount / 1_000_000).toFixed(6).split(".");
	const kept = decimals.replace(/0+$/, "");
	return kept === "" ? whole : `${whole}.${kept.padEnd(2, "0")}`;
}

export type DraftCheck =
	| { readonly ok: true; readonly input: BudgetInput }
	| { readonly ok: false; readonly issues: readonly FieldIssue[] };

/** The input when every field is right, or what is wrong with which. */
export function checkDraft(draft: BudgetDraft): DraftCheck {
	const amounts = amountIssues(draft);
	const chosen = subjectIssues(draft);
	const parsed = budgetInput.safeParse(inputOf(draft));
	const own = [...amounts, ...chosen];
	const isOwn = (path: string) => own.some((issue) => issue.path === path);
	const others = parsed.success
		? []
		: parsed.error.issues
				.map((issue) => ({ path: String(issue.path[0] ?? ""), message: issue.message }))
				.filter((issue) => !isOwn(issue.path));
	const issues = [...own, ...others.map(inPlainWords)];
	if (parsed.success && issues.length === 0) return { ok: true, input: parsed.data };
	return { ok: false, issues };
}

function inputOf(draft: BudgetDraft): unknown {
	const { title, unit, scope, window, timeZone, softAction, isEnabled } = draft;
	const subject = draft.isEach ? each : draft.subject.trim();
	const isMoney = unit === "usd";
	return {
		title,
		unit,
		scope,
		subject: scope === "organisation" ? null : subject,
		window,
		timeZone,
		hardLimit: readAmount(unit, draft.hard),
		softLimit: draft.soft.trim() === "" ? null : readAmount(unit, draft.soft),
		softAction: isMoney && draft.soft.trim() !== "" ? softAction : "notify",
		downgradeTo: isMoney && softAction === "downgrade" ? draft.downgradeTo : [],
		isEnabled,
	};
}

function amountIssues({ unit, hard, soft }: BudgetDraft): readonly FieldIssue[] {
	const example = unit === "usd" ? "200 or 199.50" : unit === "tokens" ? "500000 or 5M" : "100";
	const message = `Write an amount such as ${example}.`;
	const isWrong = (text: string) => readAmount(unit, text) === undefined;
	return [
		...(isWrong(hard) ? [{ path: "hardLimit", message }] : []),
		...(soft.trim() !== "" && isWrong(soft) ? [{ path: "softLimit", message }] : []),
	];
}

function subjectIssues({ scope, isEach, subject }: BudgetDraft): readonly FieldIssue[] {
	if (scope === "organisation" || isEach) return [];
	const name = subject.trim();
	if (name === "") return [{ path: "subject", message: "Choose which one." }];
	if (name === each) return [{ path: "subject", message: "Name one, without patterns." }];
	return [];
}

function inPlainWords(issue: FieldIssue): FieldIssue {
	if (issue.path === "title")
		return { ...issue, message: "Give it a name of at most 80 characters." };
	return issue;
}
