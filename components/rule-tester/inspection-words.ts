import type { InspectionView } from "../../lib/contracts/inspections.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import type { VerdictAction } from "../../proxy-core/contract/verdict.ts";
import type { SubjectKind, TextPlace } from "./subject.ts";

type Finding = InspectionView["findings"][number];

export const kindWords: Readonly<Record<SubjectKind, string>> = {
	text: "A text",
	body: "A whole request",
	request: "A recorded request",
};

export const placeWords: Readonly<
	Record<TextPlace, { readonly label: string; readonly hint: string }>
> = {
	user: { label: "User message", hint: "What somebody wrote." },
	system: { label: "System prompt", hint: "What the application wrote." },
	assistant: { label: "Earlier answer", hint: "What the model said before." },
	"tool-result": { label: "Tool result or document", hint: "What the user did not write." },
};

/** What would happen, in one sentence. */
export function decisionSentence(view: InspectionView, hasAnswer: boolean): string {
	const { action, refusal, answer } = view;
	if (refusal !== null) {
		const by = ruleThat("block", view);
		return `It would be refused with status ${refusal.status}${by === undefined ? "" : ` by rule ${by}`}.`;
	}
	if (hasAnswer && answer === null) {
		const by = ruleThat("block", view);
		return `The request would pass, and its answer would be withheld${by === undefined ? "" : ` by rule ${by}`}.`;
	}
	return passingSentences[action];
}

const passingSentences: Readonly<Record<VerdictAction, string>> = {
	allow: "It would pass as it is.",
	flag: "It would pass, and be flagged.",
	redact: "It would pass with parts of it changed.",
	block: "It would be refused.",
};

/** The rule behind a decision: the surest of those that asked for it. */
function ruleThat(action: VerdictAction, { findings }: InspectionView): string | undefined {
	const [surest] = findings
		.filter((finding) => finding.action === action)
		.toSorted((a, b) => b.score - a.score);
	return surest?.rule;
}

/** What the rules that only monitor would have done; undefined when there are none. */
export function monitoredSentence({
	findings,
}: Pick<InspectionView, "findings">): string | undefined {
	const actions = findings.flatMap(({ wouldBe }) => (wouldBe === undefined ? [] : [wouldBe]));
	if (actions.length === 0) return undefined;
	const what = (["block", "redact", "flag"] as const).flatMap((action) => {
		const count = actions.filter((one) => one === action).length;
		return count === 0
			? []
			: [`${formatQuantity(count, "finding")} would have ${didWords[action]}`];
	});
	return `In monitor mode: ${what.join(", ")} it.`;
}

const didWords = { block: "blocked", redact: "changed", flag: "flagged" } as const;

export const actionWords: Readonly<Record<VerdictAction, string>> = {
	allow: "Allowed",
	flag: "Flagged",
	redact: "Redacted",
	block: "Blocked",
};

/** `Would have been blocked`, for a rule that only monitors. */
export function wouldBeWords(action: VerdictAction): string {
	return `Would have been ${actionWords[action].toLowerCase()}`;
}

const encodingTitles: Readonly<Record<string, string>> = {
	base64: "Base64",
	hex: "Hexadecimal",
	rot13: "ROT13",
	reversed: "Written backwards",
	"reversed-words": "Words written backwards",
	hyphens: "Hyphens taken out",
};

/** How a reading was hidden: `Base64, then ROT13`; the text itself is `Plain`. */
export function encodingsWords(encodings: readonly string[]): string {
	if (encodings.length === 0) return "Plain";
	return encodings.map((name) => encodingTitles[name] ?? name).join(", then ");
}

export type Difference = "same" | "new" | "gone" | "other";

export interface ComparedFinding {
	readonly finding: Finding;
	readonly current: Finding | undefined;
	readonly changed: Finding | undefined;
	readonly difference: Difference;
}

/** The findings of both policies as one list; those of one policy when there is only one. */
export function compareFindings(
	current: readonly Finding[],
	changed: readonly Finding[] | undefined,
): readonly ComparedFinding[] {
	if (changed === undefined) {
		return current.map((finding) => ({
			...{ finding, current: finding, changed: undefined, difference: "same" },
		}));
	}
	const later = [...changed];
	const rows = current.map((finding): ComparedFinding => {
		const index = later.findIndex((one) => keyOf(one) === keyOf(finding));
		const [match] = index === -1 ? [] : later.splice(index, 1);
		if (match === undefined) {
			return { finding, current: finding, changed: undefined, difference: "gone" };
		}
		const isSame = match.action === finding.action && match.wouldBe === finding.wouldBe;
		return { finding, current: finding, changed: match, difference: isSame ? "same" : "other" };
	});
	const added = later.map(
		(finding): ComparedFinding => ({
			...{ finding, current: undefined, changed: finding, difference: "new" },
		}),
	);
	return [...rows, ...added];
}

function keyOf({ guard, rule, source, segment, start, end }: Finding): string {
	return [guard, rule, source, segment, start, end].join(" ");
}

export const differenceWords: Readonly<Record<Exclude<Difference, "same">, string>> = {
	new: "Only with the change",
	gone: "Not with the change",
	other: "Treated differently",
};

export interface ComparedStage {
	readonly name: string;
	readonly current: InspectionView["stages"][number] | undefined;
	readonly changed: InspectionView["stages"][number] | undefined;
}

export function compareStages(
	current: InspectionView["stages"],
	changed: InspectionView["stages"] | undefined,
): readonly ComparedStage[] {
	const names = [...new Set([...current, ...(changed ?? [])].map(({ name }) => name))];
	return names.map((name) => ({
		name,
		current: current.find((stage) => stage.name === name),
		changed: changed?.find((stage) => stage.name === name),
	}));
}
