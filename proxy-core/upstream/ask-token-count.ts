import type { Dialect } from "../contract/chat.ts";
import type { Egress } from "../egress/egress.ts";
import type { GatewayError } from "../errors/gateway-error.ts";
import type { ChatWire, EncodeInput, WireRequest } from "../providers/define-provider.ts";
import { parseObject, readCount } from "../providers/shared/read-json.ts";
import type { Target } from "../snapshot.ts";
import { openUpstreamCall } from "./upstream-call.ts";
import { faultError, upstreamError } from "./upstream-error.ts";

interface CountInput {
	readonly target: Target;
	/** One of the target's wires that speaks the caller's dialect. */
	readonly wire: ChatWire;
	readonly input: EncodeInput;
	readonly egress: Pick<Egress, "dispatcher">;
	readonly signal: AbortSignal;
	readonly waited: (ms: number) => void;
}

/**
 * Input tokens as the provider's own counter has them. Undefined when it has none, or cannot say at
 * the moment; throws `upstream.rejected` when it finds the request wrong.
 */
export async function askTokenCount(asked: CountInput): Promise<number | undefined> {
	const { target, wire, input, egress, signal, waited } = asked;
	const counter = counters[wire.dialect];
	const request = counter?.request(wire.encode({ ...input, stream: false }));
	if (counter === undefined || request === undefined) return undefined;
	const call = openUpstreamCall({
		target,
		request,
		dispatcher: egress.dispatcher,
		timeouts: target.timeouts,
		callerSignal: signal,
		waited,
	});
	try {
		const head = await call.head;
		const body = await call.waitFor(head.text());
		call.finished();
		if (head.status >= 300) {
			throw faultError(head, target.connector.decodeFault(head.status, body));
		}
		return readCount(parseObject<typeof counter.field>(body)[counter.field]);
	} catch (cause) {
		const error = upstreamError(cause, call);
		call.cancel();
		if (isTheCallers(error)) throw error;
		return undefined;
	}
}

interface Counter {
	/** Undefined where the API has no counter. */
	readonly request: (request: WireRequest) => WireRequest | undefined;
	/** Where the answer has the number. */
	readonly field: "input_tokens" | "totalTokens";
}

/** Counters stand beside conversations; other hosts of the same models have them elsewhere or not at all. */
const counters: Readonly<Partial<Record<Dialect, Counter>>> = {
	anthropic: {
		field: "input_tokens",
		request: (request) =>
			request.path.endsWith("/v1/messages")
				? { ...request, path: `${request.path}/count_tokens` }
				: undefined,
	},
	gemini: {
		field: "totalTokens",
		request: (request) =>
			request.path.endsWith(":generateContent")
				? { ...request, path: request.path.replace(/:generateContent$/, ":countTokens") }
				: undefined,
	},
};

/** A copy of the API without a counter says 404; that, limits and outages are no fault of the request. */
function isTheCallers(error: GatewayError): boolean {
	if (error.code === "request.cancelled") return true;
	return error.code === "upstream.rejected" && (error.status === 400 || error.status === 413);
}
