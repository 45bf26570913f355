import type { Frame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { openAnswer } from "../guards/run-guards.ts";
import type {
	Dispatched,
	Judged,
	Masked,
	Parsed,
	Received,
	Shielded,
} from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { restored } from "../privacy/restore-answer.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import type { AnswerJudge } from "../streams/hold-back.ts";
import { createHoldBack } from "../streams/hold-back.ts";
import { judgeWhole } from "../streams/judge-whole.ts";

type Needs = Received & Parsed & Shielded & Masked & Dispatched;

/**
 * Output guards over JSON and streams alike; text waits until it was judged with what follows it. What
 * was masked in the request is restored behind them: they judge what the model said.
 */
export const judgeAnswer: Stage<Needs, Judged> = {
	name: "post-flight",
	run: (context) => {
		const judged = guarded(context);
		return { judged: context.vault.isEmpty() ? judged : restored(judged, context.vault) };
	},
};

function guarded(context: Readonly<Needs>): FrameSource {
	const { snapshot, answer, view, request, trace, requestId } = context;
	const guards = openAnswer(snapshot.guards, view);
	if (guards.length === 0) return answer;
	let blockedBy: string | undefined;
	const judge: AnswerJudge = {
		guards,
		request: view,
		decided: (judgement) => {
			trace.decided(judgement.action, judgement.findings);
			blockedBy ??= judgement.blockedBy;
		},
	};
	const withheld = (): GatewayError => {
		answer.cancel();
		const rule = blockedBy ?? "unknown";
		return new GatewayError("guard.answer_blocked", {
			message: `The answer was withheld by rule ${rule} (incident ${requestId}).`,
			rule,
		});
	};
	const next = request.isStreaming
		? piecemeal(answer, judge, withheld)
		: atOnce(answer, judge, withheld);
	return { next, cancel: answer.cancel };
}

function piecemeal(
	answer: FrameSource,
	judge: AnswerJudge,
	withheld: () => GatewayError,
): FrameSource["next"] {
	const holdBack = createHoldBack(judge);
	let isOver = false;
	return async () => {
		if (isOver) return undefined;
		const frames = await answer.next();
		if (frames === undefined) isOver = true;
		const released = frames === undefined ? holdBack.flush() : holdBack.push(frames);
		const clean = released instanceof Promise ? await released : released;
		if (holdBack.isBlocked()) throw withheld();
		return clean;
	};
}

/** Nothing of a JSON answer leaves before all of it is there, so it is judged once. */
function atOnce(
	answer: FrameSource,
	judge: AnswerJudge,
	withheld: () => GatewayError,
): FrameSource["next"] {
	let isOver = false;
	return async () => {
		if (isOver) return undefined;
		isOver = true;
		const whole: Frame[] = [];
		for (let frames = await answer.next(); frames !== undefined; frames = await answer.next()) {
			whole.push(...frames);
		}
		const verdict = judgeWhole(whole, judge);
		const clean = verdict instanceof Promise ? await verdict : verdict;
		if (clean === undefined) throw withheld();
		return clean;
	};
}
