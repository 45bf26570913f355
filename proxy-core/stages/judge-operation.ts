import type { Frame, WireFrame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { CompiledGuard } from "../guards/define-guard.ts";
import type { Judgement } from "../guards/run-guards.ts";
import { runGuards } from "../guards/run-guards.ts";
import type { AnswerText } from "../operations/answer-text.ts";
import { readAnswerText } from "../operations/answer-text.ts";
import type { Operation } from "../operations/define-operation.ts";
import { joined } from "../operations/text-run.ts";
import type { Dispatched, Judged, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { createHoldBack } from "../streams/hold-back.ts";

type Needs = Received & Dispatched;

/** Output guards over whatever text an operation's answer has: whole bodies at once, streams held back. */
export function judgeOperation(operation: Operation): Stage<Needs, Judged> {
	return {
		name: "post-flight",
		run: (context) => {
			const guards = context.snapshot.guards.filter(({ phases }) => phases.includes("answer"));
			if (guards.length === 0) return { judged: context.answer };
			const { answer } = context;
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
			return { judged: { next, cancel: answer.cancel } };
		},
	};
}

interface WholeAnswer {
	readonly operation: Operation;
	readonly guards: readonly CompiledGuard[];
	readonly frame: Frame;
	readonly wire: WireFrame;
}

async function judgeWhole(
	{ exchange, trace, requestId }: Readonly<Needs>,
	{ operation, guards, frame, wire }: WholeAnswer,
): Promise<Frame> {
	const text = readAnswerText(operation, wire);
	if (text === undefined) return frame;
	const segments = text.runs.map((run) => ({
		source: "answer" as const,
		text: joined(run),
		path: [],
	}));
	const judgement = await runGuards(guards, segments, exchange.incoming.signal);
	if (judgement.action === "allow") return frame;
	trace.decided(judgement.action, judgement.findings);
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
	{ exchange, trace, requestId }: Readonly<Needs>,
	guards: readonly CompiledGuard[],
): (frames: readonly Frame[] | undefined) => Promise<readonly Frame[] | undefined> {
	let blockedBy: string | undefined;
	let isOver = false;
	const holdBack = createHoldBack({
		guards,
		signal: exchange.incoming.signal,
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
