import { GatewayError } from "../errors/gateway-error.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import { createRequestView } from "../guards/request-view.ts";
import { runGuards } from "../guards/run-guards.ts";
import { identityHeaders, limitHeaders } from "../http/answer-headers.ts";
import { sendError } from "../http/send-error.ts";
import type { Moderation } from "../operations/moderation-answer.ts";
import { encodeModeration } from "../operations/moderation-answer.ts";
import { moderationInputs } from "../operations/moderations.ts";
import type { Identified, Limited, Parsed, Received, Responded } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";

/** More inputs than any caller sends at once; each is judged by itself. */
const inputsMax = 2048;

export interface Moderated {
	readonly moderations: readonly Moderation[];
}

/**
 * Asks the request guards, as the shield does, but answers with what they say instead of refusing:
 * whoever asks whether a text is harmful must be allowed to show it.
 */
export const moderate = (
	services: GuardServices,
): Stage<Received & Identified & Parsed, Moderated> => ({
	name: "shield",
	run: async (context) => {
		const { snapshot, request, trace } = context;
		const view = createRequestView(context, services);
		const guards = snapshot.guards.filter((guard) => guard.phases.includes("request"));
		const inputs = moderationInputs(request.json);
		if (inputs.length > inputsMax) {
			throw new GatewayError("request.invalid", {
				param: "input",
				message: `\`input\` must have ${inputsMax} entries at most.`,
			});
		}
		const moderations: Moderation[] = [];
		for (const segments of inputs) {
			const { action, findings } = await runGuards(guards, segments, view);
			const scores = new Map(guards.map(({ id }) => [id, 0]));
			for (const { guard, score } of findings) {
				scores.set(guard, Math.max(scores.get(guard) ?? 0, score));
			}
			moderations.push({ isFlagged: action !== "allow", scores });
			// Nothing is refused or changed here, so the record says no more than that something was found.
			const flagged = findings.map((finding) => ({ ...finding, action: "flag" as const }));
			if (flagged.length > 0) trace.decided("flag", flagged);
		}
		return { moderations };
	},
});

/** The verdicts in the shape of OpenAI's moderations. */
export const respondModeration: Stage<Received & Limited & Moderated, Responded> = {
	name: "respond",
	run: (context) => {
		const { exchange, requestId, moderations } = context;
		const body = encodeModeration(moderations, requestId);
		const bytesLeft = Buffer.byteLength(body);
		return {
			status: 200,
			bytesLeft,
			finish: () => {
				exchange.outgoing.begin(200, {
					"content-type": "application/json",
					"content-length": String(bytesLeft),
					...limitHeaders(context),
					...identityHeaders(requestId),
					"x-llmproxy-cost-usd": "0.000000",
				});
				exchange.outgoing.end(body);
			},
			fail: (error) => sendError(context, error),
		};
	},
};
