import type { FindingRecord } from "../contract/settled-record.ts";
import type {
	Finding,
	FindingAction,
	TextEdit,
	TextSegment,
	Verdict,
	VerdictAction,
} from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Steps } from "../text/take-turns.ts";
import { takeTurns } from "../text/take-turns.ts";
import type { AnswerInspector, CompiledGuard, RequestView } from "./define-guard.ts";
import { looksAt, modeOf } from "./guard-policy.ts";

export interface Judgement {
	readonly action: VerdictAction;
	readonly findings: readonly FindingRecord[];
	/** Sorted, not overlapping. */
	readonly edits: readonly TextEdit[];
	/** The rule that blocked. */
	readonly blockedBy: string | undefined;
	/** How suspicious each segment is to the most suspicious guard; empty when none says. */
	readonly risks: readonly number[];
}

const allowed: Judgement = {
	action: "allow",
	findings: [],
	edits: [],
	blockedBy: undefined,
	risks: [],
};

/**
 * Asks every guard about the same texts. The only place that knows about time limits, failures, modes
 * and exceptions: a guard that throws or is late either refuses the request (`closed`) or is left out
 * (`open`). Stays synchronous while the guards are, which most are, and take no longer than a turn.
 */
export function runGuards(
	guards: readonly CompiledGuard[],
	segments: readonly TextSegment[],
	request: RequestView,
): Judgement | Promise<Judgement> {
	const asked = guards.flatMap((guard) => {
		const { inspectRequest } = guard.inspector;
		if (inspectRequest === undefined || !looksAt(guard.policy, request)) return [];
		return [{ guard, ask: () => inspectRequest(segments, request) }];
	});
	return judgeAll(asked, segments, request);
}

/** Opens every answer guard for one answer; those that do not look at this request are left out. */
export function openAnswer(
	guards: readonly CompiledGuard[],
	request: RequestView,
): readonly OpenGuard[] {
	return guards.flatMap((guard) => {
		const { inspector, policy } = guard;
		if (inspector.openAnswer === undefined || !looksAt(policy, request)) return [];
		return [{ guard, inspector: inspector.openAnswer(request, policy.mode) }];
	});
}

/** An answer guard that has been opened for one answer. */
export interface OpenGuard {
	readonly guard: CompiledGuard;
	readonly inspector: AnswerInspector;
}

/** The same for texts of an answer. */
export function runAnswerGuards(
	open: readonly OpenGuard[],
	segments: readonly TextSegment[],
	request: RequestView,
): Judgement | Promise<Judgement> {
	const asked = open.map(({ guard, inspector }) => ({
		guard,
		ask: () => inspector.inspect(segments),
	}));
	return judgeAll(asked, segments, request);
}

interface Asked {
	readonly guard: CompiledGuard;
	readonly ask: () => Verdict | Promise<Verdict>;
}

function judgeAll(
	asked: readonly Asked[],
	segments: readonly TextSegment[],
	request: RequestView,
): Judgement | Promise<Judgement> {
	if (segments.length === 0 || asked.length === 0) return allowed;
	const verdicts = takeTurns(askEach(asked));
	if (verdicts instanceof Promise) {
		return verdicts.then((all) => whole(asked, all, { segments, request }));
	}
	return whole(asked, verdicts, { segments, request });
}

type Pending = Verdict | undefined | Promise<Verdict | undefined>;

/** Others get a turn between two guards when those before have taken long. */
function* askEach(asked: readonly Asked[]): Steps<readonly Pending[]> {
	const verdicts: Pending[] = [];
	for (const one of asked) {
		if (verdicts.length > 0) yield;
		const verdict = judge(one);
		// Whoever waits for all of them hears of it; until then nobody listens.
		if (verdict instanceof Promise) verdict.catch(() => undefined);
		verdicts.push(verdict);
	}
	return verdicts;
}

function whole(
	asked: readonly Asked[],
	verdicts: readonly Pending[],
	subject: Subject,
): Judgement | Promise<Judgement> {
	const settled: (Verdict | undefined)[] = [];
	for (const verdict of verdicts) {
		if (verdict instanceof Promise) {
			return Promise.all(verdicts).then((all) => combine(asked, all, subject));
		}
		settled.push(verdict);
	}
	return combine(asked, settled, subject);
}

function judge({ guard, ask }: Asked): Pending {
	try {
		const verdict = ask();
		if (!(verdict instanceof Promise)) return verdict;
		return withinTime(verdict, guard.policy.timeoutMs)
			.then((whole) => sufficient(guard, whole))
			.catch((cause) => failed(guard, cause));
	} catch (cause) {
		return failed(guard, cause);
	}
}

/** Where a guard may be left out, what its other parts found stands all the same. */
function sufficient({ policy }: CompiledGuard, verdict: Verdict): Verdict {
	if (verdict.failure !== undefined && policy.onFailure === "closed") throw verdict.failure;
	return verdict;
}

function failed({ id, policy }: CompiledGuard, cause: unknown): undefined {
	if (policy.onFailure === "open") return undefined;
	throw new GatewayError("guard.failed", { rule: id, cause });
}

async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
	const late = Promise.withResolvers<never>();
	const timer = setTimeout(
		() => late.reject(new Error(`No verdict within ${timeoutMs} ms`)),
		timeoutMs,
	);
	try {
		return await Promise.race([work, late.promise]);
	} finally {
		clearTimeout(timer);
	}
}

interface Subject {
	readonly segments: readonly TextSegment[];
	readonly request: RequestView;
}

function combine(
	asked: readonly Asked[],
	verdicts: readonly (Verdict | undefined)[],
	subject: Subject,
): Judgement {
	const findings: FindingRecord[] = [];
	const edits: TextEdit[] = [];
	let risks: readonly number[] = [];
	for (const [index, verdict] of verdicts.entries()) {
		const guard = asked[index]?.guard;
		if (verdict === undefined || guard === undefined) continue;
		if (verdict.edits !== undefined) edits.push(...verdict.edits);
		if (verdict.risks !== undefined) risks = highest(risks, verdict.risks);
		for (const finding of verdict.findings) {
			const record = recordOf(guard, finding, subject);
			if (record === undefined) continue;
			findings.push(record);
			if (record.action === "redact") edits.push(editOf(finding));
		}
	}
	if (findings.length === 0 && edits.length === 0 && risks.length === 0) return allowed;
	return {
		action: findings.reduce<VerdictAction>((all, { action }) => strongest(all, action), "allow"),
		findings,
		edits: withoutOverlap(edits.filter(({ segment }) => !isSealed(subject, segment))),
		blockedBy: findings.find(({ action }) => action === "block")?.rule,
		risks,
	};
}

/** Undefined when the rule is off here, or an exception fits. */
function recordOf(
	guard: CompiledGuard,
	finding: Finding,
	{ segments, request }: Subject,
): FindingRecord | undefined {
	const { rule, start, end, score } = finding;
	const segment = segments[finding.segment];
	const { source = "metadata", text = "" } = segment ?? {};
	const mode = modeOf(guard.policy, { rule, start, end, source, text }, request);
	if (mode === "off") return undefined;
	const wanted = actionFor(finding, segment);
	const isMonitored = mode === "monitor" && wanted !== "flag";
	const { category = "other", severity = "medium" } = guard.rules.get(rule) ?? {};
	return {
		guard: guard.id,
		rule,
		category,
		severity,
		action: isMonitored ? "flag" : wanted,
		...(isMonitored ? { wouldBe: wanted } : {}),
		source,
		...(segment !== undefined && segment.run === undefined ? { segment: finding.segment } : {}),
		start,
		end,
		score,
	};
}

function isSealed({ segments }: Subject, index: number): boolean {
	return segments[index]?.isSealed === true;
}

/**
 * Of a sealed text nothing can be cut out. One that comes back in a request is known to its provider, so
 * it is only reported; one in an answer is not known to the caller yet, so it does not leave.
 */
function actionFor({ action }: Finding, segment: TextSegment | undefined): FindingAction {
	if (action !== "redact" || segment?.isSealed !== true) return action;
	return segment.run === undefined ? "flag" : "block";
}

function editOf({ segment, start, end, rule, replacement }: Finding): TextEdit {
	return { segment, start, end, replacement: replacement ?? `[REDACTED:${rule}]` };
}

function highest(a: readonly number[], b: readonly number[]): readonly number[] {
	return a.length === 0 ? b : a.map((risk, index) => Math.max(risk, b[index] ?? 0));
}

const strength: Readonly<Record<VerdictAction, number>> = {
	allow: 0,
	flag: 1,
	redact: 2,
	block: 3,
};

function strongest(a: VerdictAction, b: VerdictAction): VerdictAction {
	return strength[a] >= strength[b] ? a : b;
}

/** Where two guards edit the same place, the ranges are joined so that neither's text survives. */
function withoutOverlap(edits: readonly TextEdit[]): readonly TextEdit[] {
	const sorted = edits.toSorted(
		(a, b) => a.segment - b.segment || a.start - b.start || b.end - a.end,
	);
	const joined: TextEdit[] = [];
	for (const edit of sorted) {
		const last = joined.at(-1);
		if (last === undefined || last.segment !== edit.segment || edit.start >= last.end)
			joined.push(edit);
		else joined[joined.length - 1] = { ...last, end: Math.max(last.end, edit.end) };
	}
	return joined;
}

/** `text` with the edits of one segment applied. */
export function applyEdits(
	text: string,
	edits: readonly Pick<TextEdit, "start" | "end" | "replacement">[],
): string {
	let result = "";
	let at = 0;
	for (const { start, end, replacement } of edits) {
		result += text.slice(at, start) + replacement;
		at = end;
	}
	return result + text.slice(at);
}
