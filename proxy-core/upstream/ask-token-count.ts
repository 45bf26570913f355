import type { Egress } from "../egress/egress.ts";
import type { GatewayError } from "../errors/gateway-error.ts";
import type { ChatWire, EncodeInput, WireRequest } from "../providers/define-provider.ts";
import { parseObject, readCount } from "../providers/shared/read-json.ts";
import type { Target } from "../snapshot.ts";
import { openUpstreamCall } from "./upstream-call.ts";
import { faultError, upstreamError } from "./upstream-error.ts";

interface CountInput {
	readonly target: Target;
	/** One of the target's wires that speaks Anthropic's dialect. */
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
	const request = countRequest(wire.encode({ ...input, stream: false }));
	if (request === undefined) return undefined;
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
		return readCount(parseObject<"input_tokens">(body).input_tokens);
	} catch (cause) {
		const error = upstreamError(cause, call);
		call.cancel();
		if (isTheCallers(error)) throw error;
		return undefined;
	}
}

/** Anthropic's counter stands beside its messages; other hosts of its models have it elsewhere or not at all. */
function countRequest(request: WireRequest): WireRequest | undefined {
	if (!request.path.endsWith("/v1/messages")) return undefined;
	return { ...request, path: `${request.path}/count_tokens` };
}

/** A copy of the API without a counter says 404; that, limits and outages are no fault of the request. */
function isTheCallers(error: GatewayError): boolean {
	if (error.code === "request.cancelled") return true;
	return error.code === "upstream.rejected" && (error.status === 400 || error.status === 413);
}
