import type { Attempt, FindingRecord, StoredStage } from "../contract/settled-record.ts";
import type { VerdictAction } from "../contract/verdict.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { StageObserver } from "./pipeline.ts";

/** What people want to know about a request afterwards. Stages write to it and never read it. */
export interface Trace extends StageObserver {
	readonly stages: StoredStage[];
	readonly findings: FindingRecord[];
	readonly attempts: Attempt[];
	readonly labels: { tags: string[]; endUser: string | null; session: string | null };
	/** One short sentence about the stage that is running; never content of the conversation. */
	readonly note: (text: string) => void;
	/** Records what a control decided; the worst action of a stage is shown beside it. */
	readonly decided: (action: VerdictAction, findings: readonly FindingRecord[]) => void;
	/** Time spent waiting for a provider or for a slow reader; not the gateway's own. */
	readonly waited: (ms: number) => void;
	/** The same, for as long as `work` takes. */
	readonly waitFor: (work: Promise<void>) => Promise<void>;
	readonly waitedMs: () => number;
	readonly elapsedMs: () => number;
	readonly action: () => VerdictAction;
}

const severity: Readonly<Record<VerdictAction, number>> = {
	allow: 0,
	flag: 1,
	redact: 2,
	block: 3,
};

function worse(a: VerdictAction, b: VerdictAction): VerdictAction {
	return severity[a] >= severity[b] ? a : b;
}

function isRefusal(error: unknown): boolean {
	return GatewayError.is(error) && error.status < 500;
}

/** `startedAt` is `performance.now()` when the request's head arrived. */
export function createTrace(startedAt: number): Trace {
	const stages: StoredStage[] = [];
	const findings: FindingRecord[] = [];
	let boundary = startedAt;
	let note: string | undefined;
	let stageAction: VerdictAction = "allow";
	let action: VerdictAction = "allow";
	let waitedMs = 0;
	return {
		stages,
		findings,
		attempts: [],
		labels: { tags: [], endUser: null, session: null },
		began: () => {
			note = undefined;
			stageAction = "allow";
		},
		ended: (name, error) => {
			// A stage begins where the one before ended: nothing happens in between, and reading the clock
			// twice for each of them would cost more than most of them do.
			const began = boundary;
			boundary = performance.now();
			const failed = error !== undefined && !isRefusal(error);
			const shown = failed ? "error" : error === undefined ? stageAction : "block";
			const text =
				note ?? (error !== undefined && GatewayError.is(error) ? error.message : undefined);
			const startUs = microseconds(began - startedAt);
			const durationUs = microseconds(boundary - began);
			if (text !== undefined) stages.push([name, startUs, durationUs, shown, text]);
			else if (shown !== "allow") stages.push([name, startUs, durationUs, shown]);
			else stages.push([name, startUs, durationUs]);
		},
		note: (text) => {
			note = text;
		},
		decided: (next, found) => {
			stageAction = worse(stageAction, next);
			action = worse(action, next);
			findings.push(...found);
		},
		waited: (ms) => {
			waitedMs += ms;
		},
		waitFor: async (work) => {
			const begun = performance.now();
			await work;
			waitedMs += performance.now() - begun;
		},
		waitedMs: () => waitedMs,
		elapsedMs: () => performance.now() - startedAt,
		action: () => action,
	};
}

/** Microsecond precision is all that is worth storing. */
export function rounded(ms: number): number {
	return Math.round(ms * 1000) / 1000;
}

function microseconds(ms: number): number {
	return Math.round(ms * 1000);
}
