import type { RequestDetail } from "../../lib/contracts/requests.ts";
import { stageTitle } from "../../lib/format/stage-words.ts";
import { errorTitle } from "./request-words.ts";

/**
 * `compressed`: a step's width grows with the third root of its time, so that microseconds stay visible
 * beside seconds. `true`: widths are in proportion.
 */
export type WaterfallScale = "compressed" | "true";

/** Shares of the whole width, 0 to 1. */
export interface Bar {
	readonly left: number;
	readonly width: number;
}

/** `refuse`: the step ended the request, but by no decision of a policy. */
export type StageEnding = StageAction | "refuse";
type StageAction = RequestDetail["stages"][number]["action"];

export interface WaterfallRow {
	readonly id: string;
	readonly kind: "stage" | "attempt";
	readonly title: string;
	readonly startMs: number;
	readonly durationMs: number;
	readonly action: StageEnding | null;
	readonly note: string | null;
	readonly bar: Bar;
	/** What happened within the bar: upstream attempts in the dispatch. */
	readonly inner: readonly Bar[];
}

export interface Tick {
	readonly atMs: number;
	readonly left: number;
}

export interface Waterfall {
	readonly rows: readonly WaterfallRow[];
	readonly ticks: readonly Tick[];
	/** When the first byte of the answer left; null when none did. */
	readonly firstByte: Tick | null;
	readonly totalMs: number;
}

type Ended = Pick<RequestDetail, "outcome" | "action">;
type Timed = Ended & Pick<RequestDetail, "stages" | "attempts" | "durationMs" | "firstByteMs">;

const dispatchStage = "dispatch";
const exponent = 1 / 3;
/** Ticks closer than this would write over each other. */
const tickDistance = 0.13;

export function toWaterfall(request: Timed, scale: WaterfallScale): Waterfall {
	const { stages, attempts, firstByteMs } = request;
	const spans = [...stages, ...attempts];
	const totalMs = Math.max(request.durationMs, ...spans.map(endOf));
	const times = [0, totalMs, ...(firstByteMs === null ? [] : [firstByteMs])];
	const moments = toMoments([...times, ...spans.flatMap((span) => [span.startMs, endOf(span)])]);
	const leftOf = scale === "true" ? linear(totalMs) : compressed(moments);
	const barOf = (span: Span): Bar => {
		const left = leftOf(span.startMs);
		return { left, width: leftOf(endOf(span)) - left };
	};
	const attemptRows = attempts.map(
		(attempt, index): WaterfallRow => ({
			id: `attempt-${String(index)}`,
			kind: "attempt",
			title: `${attempt.provider}/${attempt.model}`,
			startMs: attempt.startMs,
			durationMs: attempt.durationMs,
			action: attempt.error === undefined ? null : "error",
			note: attemptNote(attempt),
			bar: barOf(attempt),
			inner: [],
		}),
	);
	const rows = stages.flatMap((stage, index): readonly WaterfallRow[] => {
		const isDispatch = stage.name === dispatchStage;
		const row: WaterfallRow = {
			id: `stage-${String(index)}`,
			kind: "stage",
			title: stageTitle(stage.name),
			startMs: stage.startMs,
			durationMs: stage.durationMs,
			action: endingOf(stage.action, request),
			note: stage.note ?? null,
			bar: barOf(stage),
			inner: isDispatch ? attemptRows.map((attempt) => attempt.bar) : [],
		};
		return isDispatch ? [row, ...attemptRows] : [row];
	});
	return {
		rows,
		ticks: toTicks(scale === "true" ? quarters(totalMs) : moments, leftOf),
		firstByte: firstByteMs === null ? null : { atMs: firstByteMs, left: leftOf(firstByteMs) },
		totalMs,
	};
}

/** A stage that refuses is stored as `block`, also when a limit, a key or a malformed body was why. */
function endingOf(action: StageAction, { outcome, action: decided }: Ended): StageEnding {
	return action === "block" && outcome === "refused" && decided !== "block" ? "refuse" : action;
}

function attemptNote({ status, error }: RequestDetail["attempts"][number]): string | null {
	const parts = [
		status === null ? [] : `status ${String(status)}`,
		error === undefined ? [] : (errorTitle(error) ?? error),
	].flat();
	return parts.length === 0 ? null : parts.join(", ");
}

interface Span {
	readonly startMs: number;
	readonly durationMs: number;
}

function endOf(span: Span): number {
	return span.startMs + span.durationMs;
}

function toMoments(times: readonly number[]): readonly number[] {
	return [...new Set(times)].toSorted((a, b) => a - b);
}

function quarters(totalMs: number): readonly number[] {
	return [0, 0.25, 0.5, 0.75, 1].map((share) => share * totalMs);
}

function linear(totalMs: number): (ms: number) => number {
	return (ms) => (totalMs === 0 ? 0 : ms / totalMs);
}

/** Maps time to width piece by piece between the moments at which something began or ended. */
function compressed(moments: readonly number[]): (ms: number) => number {
	const lefts = new Map<number, number>();
	let left = 0;
	let before: number | undefined;
	for (const moment of moments) {
		if (before !== undefined) left += (moment - before) ** exponent;
		lefts.set(moment, left);
		before = moment;
	}
	const whole = left;
	return (ms) => (whole === 0 ? 0 : (lefts.get(ms) ?? 0) / whole);
}

/** The ends first, then the largest steps, as far as there is room. */
function toTicks(moments: readonly number[], leftOf: (ms: number) => number): readonly Tick[] {
	const ticks = moments.map((atMs) => ({ atMs, left: leftOf(atMs) }));
	const [first, last] = [ticks[0], ticks.at(-1)];
	if (first === undefined || last === undefined) return [];
	const gapBefore = (tick: Tick) => {
		const index = ticks.indexOf(tick);
		return tick.left - (ticks[index - 1]?.left ?? 0);
	};
	const chosen = first === last ? [first] : [first, last];
	for (const tick of ticks.toSorted((a, b) => gapBefore(b) - gapBefore(a))) {
		if (chosen.every((other) => Math.abs(other.left - tick.left) >= tickDistance)) {
			chosen.push(tick);
		}
	}
	return chosen.toSorted((a, b) => a.left - b.left);
}
