import type { FindingRecord } from "../contract/settled-record.ts";
import type { TextEdit, TextSegment, Verdict, VerdictAction } from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { CompiledGuard } from "./define-guard.ts";

export interface Judgement {
	readonly action: VerdictAction;
	readonly findings: readonly FindingRecord[];
	/** Sorted, not overlapping. */
	readonly edits: readonly TextEdit[];
	/** The guard and rule that blocked. */
	readonly blockedBy: string | undefined;
}

const nothingFound: Judgement = { action: "allow", findings: [], edits: [], blockedBy: undefined };

/**
 * Asks every guard about the same texts. The only place that knows about time limits and failures:
 * a guard that throws or is late either refuses the request (`closed`) or is left out (`open`).
 * Stays synchronous while the guards are, which most are.
 */
export function runGuards(
	guards: readonly CompiledGuard[],
	segments: readonly TextSegment[],
	signal: AbortSignal,
): Judgement | Promise<Judgement> {
	if (segments.length === 0) return nothingFound;
	const verdicts = guards.map((guard) => judge(guard, segments, signal));
	const settled: (Verdict | undefined)[] = [];
	for (const verdict of verdicts) {
		if (verdict instanceof Promise) {
			return Promise.all(verdicts).then((all) => combine(guards, all, segments));
		}
		settled.push(verdict);
	}
	return combine(guards, settled, segments);
}

function judge(
	guard: CompiledGuard,
	segments: readonly TextSegment[],
	signal: AbortSignal,
): Verdict | undefined | Promise<Verdict | undefined> {
	try {
		const verdict = guard.inspector.inspect(segments, signal);
		if (!(verdict instanceof Promise)) return verdict;
		return withinTime(verdict, guard.timeoutMs).catch((cause) => failed(guard, cause));
	} catch (cause) {
		return failed(guard, cause);
	}
}

function failed(guard: CompiledGuard, cause: unknown): undefined {
	if (guard.onFailure === "open") return undefined;
	throw new GatewayError("guard.failed", { rule: guard.id, cause });
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

function combine(
	guards: readonly CompiledGuard[],
	verdicts: readonly (Verdict | undefined)[],
	segments: readonly TextSegment[],
): Judgement {
	if (verdicts.every((verdict) => verdict === undefined || verdict.action === "allow")) {
		return nothingFound;
	}
	const findings: FindingRecord[] = [];
	const edits: TextEdit[] = [];
	let action: VerdictAction = "allow";
	let blockedBy: string | undefined;
	for (const [index, verdict] of verdicts.entries()) {
		const guard = guards[index];
		if (verdict === undefined || guard === undefined || verdict.action === "allow") continue;
		for (const finding of verdict.findings) {
			const source = segments[finding.segment]?.source ?? "unknown";
			findings.push({
				guard: guard.id,
				rule: finding.rule,
				action: verdict.action,
				source,
				start: finding.start,
				end: finding.end,
				score: finding.score,
			});
		}
		if (verdict.action === "redact") edits.push(...verdict.edits);
		if (verdict.action === "block") blockedBy ??= verdict.findings[0]?.rule ?? guard.id;
		action = strongest(action, verdict.action);
	}
	return { action, findings, edits: withoutOverlap(edits), blockedBy };
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
