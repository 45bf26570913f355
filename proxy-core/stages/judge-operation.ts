import type { Frame, WireFrame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Judgement, OpenGuard } from "../guards/run-guards.ts";
import { openAnswer, runAnswerGuards } from "../guards/run-guards.ts";
import type { AnswerText } from "../operations/answer-text.ts";
import { readAnswerText } from "../operations/answer-text.ts";
import type { Operation } from "../operations/define-operation.ts";
import { joined } from "../operations/text-run.ts";
import type { Dispatched, Judged, Masked, Received, Shielded } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { restored } from "../privacy/restore-answer.ts";
import { restoringEdits } from "../privacy/restore-text.ts";
import type { Vault } from "../privacy/vault.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import { createHoldBack } from "../streams/hold-back.ts";

type Needs = Received & Shielded & Masked & Dispatched;

/**
 * Output guards over whatever text an operation's answer has: whole bodies at once, streams held back.
 * What was masked in the request is restored behind them.
 */
export function judgeOperation(operation: Operation): Stage<Needs, Judged> {
	return {
		name: "post-flight",
		run: (context) => {
			const { vault } = context;
			const judged = guarded(context, operation);
			if (vault.isEmpty()) return { judged };
			const wholeRestored: FrameSource = {
				cancel: judged.cancel,
				next: async () =>
					(await judged.next())?.map((frame) => restoredWhole(frame, { operation, vault })),
			};
			return { judged: restored(wholeRestored, vault) };
		},
	};
}

function guarded(context: Readonly<Needs>, operation: Operation): FrameSource {
	const guards = openAnswer(context.snapshot.guards, context.view);
	const { answer } = context;
	if (guards.length === 0) return answer;
	const stream = createStreamJudge(context, guards);
	const judge = async (frames: readonly Frame[] | undefined) => {
		const [first] = frames ?? [];
		if (first?.wire?.media?.form !== "whole") return stream(frames);
		return [await judgeWhole(context, { operation, guards, frame: first, wire: first.wire })];
	};
	const next = async (): Promise<readonly Frame[] | undefined> => {
		try {
			return await judge(await answer.next());
		} catch (error) {
			answer.cancel();
			throw error;
		}
	};
	return { next, cancel: answer.cancel };
}

interface Restoring {
	readonly operation: Operation;
	readonly vault: Vault;
}

/** Frames of a stream are left to whoever follows them; a whole body is no event. */
function restoredWhole(frame: Frame, { operation, vault }: Restoring): Frame {
	const { wire } = frame;
	if (wire?.media?.form !== "whole") return frame;
	const text = readAnswerText(operation, wire);
	if (text === undefined) return frame;
	const edits = text.runs.map((run) => restoringEdits(joined(run), vault, { isJson: false }));
	if (edits.every((list) => list.length === 0)) return frame;
	return { ...frame, wire: { ...wire, data: text.write(edits) } };
}

interface WholeAnswer {
	readonly operation: Operation;
	readonly guards: readonly OpenGuard[];
	readonly frame: Frame;
	readonly wire: WireFrame;
}

async function judgeWhole(
	{ view, trace, requestId }: Readonly<Needs>,
	{ operation, guards, frame, wire }: WholeAnswer,
): Promise<Frame> {
	const text = readAnswerText(operation, wire);
	if (text === undefined) return frame;
	const segments = text.runs.map((run) => ({
		source: "answer" as const,
		text: joined(run),
		path: [],
	}));
	const judgement = await runAnswerGuards(guards, segments, view);
	if (judgement.findings.length > 0) trace.decided(judgement.action, judgement.findings);
	if (judgement.action === "block") throw withheld(judgement.blockedBy, requestId);
	if (judgement.edits.length === 0) return frame;
	return { ...frame, wire: { ...wire, data: edited(text, judgement) } };
}

function edited(text: AnswerText, { edits }: Judgement): string {
	const bySegment = Map.groupBy(edits, (edit) => edit.segment);
	return text.write(text.runs.map((_, index) => bySegment.get(index) ?? []));
}

/** Judges frames of a stream; undefined when the last one has left. */
function createStreamJudge(
	{ view, trace, requestId }: Readonly<Needs>,
	guards: readonly OpenGuard[],
): (frames: readonly Frame[] | undefined) => Promise<readonly Frame[] | undefined> {
	let blockedBy: string | undefined;
	let isOver = false;
	const holdBack = createHoldBack({
		guards,
		request: view,
		decided: (judgement) => {
			trace.decided(judgement.action, judgement.findings);
			blockedBy ??= judgement.blockedBy;
		},
	});
	return async (frames) => {
		if (isOver) return undefined;
		isOver = frames === undefined;
		const released = await (frames === undefined ? holdBack.flush() : holdBack.push(frames));
		if (holdBack.isBlocked()) throw withheld(blockedBy, requestId);
		return released;
	};
}

function withheld(rule = "unknown", requestId: string): GatewayError {
	return new GatewayError("guard.answer_blocked", {
		message: `The answer was withheld by rule ${rule} (incident ${requestId}).`,
		rule,
	});
}
