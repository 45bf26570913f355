import type { Frame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Dispatched, Judged, Parsed, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import type { AnswerJudge } from "../streams/hold-back.ts";
import { createHoldBack } from "../streams/hold-back.ts";
import { judgeWhole } from "../streams/judge-whole.ts";

/** Output guards over JSON and streams alike; text waits until it was judged with what follows it. */
export const judgeAnswer: Stage<Received & Parsed & Dispatched, Judged> = {
	name: "post-flight",
	run: ({ snapshot, answer, exchange, request, trace, requestId }) => {
		const guards = snapshot.guards.filter((guard) => guard.phases.includes("answer"));
		if (guards.length === 0) return { judged: answer };
		let blockedBy: string | undefined;
		const judge: AnswerJudge = {
			guards,
			signal: exchange.incoming.signal,
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
		return { judged: { next, cancel: answer.cancel } };
	},
};

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
