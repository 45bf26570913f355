import type { Frame } from "../contract/chat.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Dispatched, Judged, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { createHoldBack } from "../streams/hold-back.ts";

/** Output guards over JSON and streams alike; text waits until it was judged with what follows it. */
export const judgeAnswer: Stage<Received & Dispatched, Judged> = {
	name: "post-flight",
	run: ({ snapshot, answer, exchange, trace, requestId }) => {
		const guards = snapshot.guards.filter((guard) => guard.phases.includes("answer"));
		if (guards.length === 0) return { judged: answer };
		let blockedBy: string | undefined;
		const holdBack = createHoldBack({
			guards,
			signal: exchange.incoming.signal,
			decided: (judgement) => {
				trace.decided(judgement.action, judgement.findings);
				blockedBy ??= judgement.blockedBy;
			},
		});
		let isOver = false;
		const next = async (): Promise<readonly Frame[] | undefined> => {
			if (isOver) return undefined;
			const frames = await answer.next();
			if (frames === undefined) isOver = true;
			const released = frames === undefined ? holdBack.flush() : holdBack.push(frames);
			const clean = released instanceof Promise ? await released : released;
			if (!holdBack.isBlocked()) return clean;
			answer.cancel();
			const rule = blockedBy ?? "unknown";
			throw new GatewayError("guard.answer_blocked", {
				message: `The answer was withheld by rule ${rule} (incident ${requestId}).`,
				rule,
			});
		};
		return { judged: { next, cancel: answer.cancel } };
	},
};
