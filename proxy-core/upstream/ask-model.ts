import { toChatCall } from "../dialects/openai/to-chat-call.ts";
import type { Egress } from "../egress/egress.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { ModelQuestion } from "../guards/guard-services.ts";
import type { Target } from "../snapshot.ts";
import { openUpstreamCall } from "./upstream-call.ts";
import { faultError, upstreamError } from "./upstream-error.ts";

interface Asked {
	readonly target: Target;
	readonly question: ModelQuestion;
	readonly egress: Pick<Egress, "dispatcher">;
}

/** The text of a model's whole answer to one question. Throws what the call fails with. */
export async function askModel({ target, question, egress }: Asked): Promise<string> {
	const { connector } = target;
	const json = {
		model: target.model,
		messages: [
			{ role: "system", content: question.system },
			{ role: "user", content: question.text },
		],
		max_tokens: question.outputTokensMax,
		temperature: 0,
	};
	const request = connector.encode({
		model: target.model,
		stream: false,
		dialect: "openai",
		body: JSON.stringify(json),
		json,
		call: () => toChatCall(json),
	});
	const { timeoutMs: totalMs } = question;
	const call = openUpstreamCall({
		target,
		request,
		dispatcher: egress.dispatcher,
		timeouts: { ...target.timeouts, firstByteMs: totalMs, idleMs: totalMs, totalMs },
		callerSignal: question.signal,
		waited: () => {},
	});
	try {
		const head = await call.head;
		const body = await call.waitFor(head.text());
		call.finished();
		if (head.status >= 400) throw faultError(head, connector.decodeFault(head.status, body));
		if (head.status >= 300) throw new GatewayError("upstream.malformed");
		const { events } = connector.decode(body);
		return events.map((event) => (event.type === "text" ? event.text : "")).join("");
	} catch (cause) {
		const error = upstreamError(cause, call);
		call.cancel();
		throw error;
	}
}
