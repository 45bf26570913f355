import { createTally } from "../accounting/tally.ts";
import type { CallerDialect } from "../dialects/define-dialect.ts";
import { encodeInputOf } from "../dialects/encode-input.ts";
import type { Egress } from "../egress/egress.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { identityHeaders, limitHeaders } from "../http/answer-headers.ts";
import { sendError } from "../http/send-error.ts";
import type {
	Authorised,
	Dispatched,
	Limited,
	Masked,
	Parsed,
	Received,
	Responded,
} from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { Target } from "../snapshot.ts";
import { askTokenCount } from "../upstream/ask-token-count.ts";

type Needs = Received & Parsed & Authorised & Masked & Limited;
type Adds = Responded & Pick<Dispatched, "target" | "tally" | "isPaid">;

/**
 * The provider's own count where it speaks the caller's dialect, an estimate everywhere else and when
 * the provider cannot say. Costs nothing, but is checked, limited and recorded like every other request.
 */
export function countTokens({ egress }: CountPorts): Stage<Needs, Adds> {
	return {
		name: "respond",
		run: async (context) => {
			const [first] = context.plan.choices;
			if (first === undefined) throw new GatewayError("route.no_target");
			const counted = await asked(context, first.target, egress);
			return answer(
				context,
				first.target,
				counted ?? countOf(context).estimate(context.masked.json),
			);
		},
	};
}

interface CountPorts {
	readonly egress: Pick<Egress, "dispatcher">;
}

function asked(
	{ dialect, masked, exchange, trace }: Readonly<Needs>,
	target: Target,
	egress: CountPorts["egress"],
): Promise<number | undefined> | undefined {
	const { connector, model } = target;
	const wire = connector.wires?.(model)[dialect.id] ?? connector;
	if (wire.dialect !== dialect.id) return undefined;
	const { headers, signal } = exchange.incoming;
	const { input } = encodeInputOf({
		dialect,
		body: masked,
		headers,
		isStreaming: false,
		model,
		wire: wire.dialect,
	});
	return askTokenCount({ target, wire, input, egress, signal, waited: trace.waited });
}

function countOf({ dialect }: Readonly<Needs>): NonNullable<CallerDialect["tokenCount"]> {
	if (dialect.tokenCount === undefined) throw new GatewayError("internal.unexpected");
	return dialect.tokenCount;
}

function answer(context: Readonly<Needs>, target: Target, inputTokens: number): Adds {
	const { outgoing } = context.exchange;
	const body = countOf(context).encode(inputTokens);
	const bytesLeft = Buffer.byteLength(body);
	const tally = createTally();
	// Counted as a request by the limits, and as nothing that a model did.
	tally.usage = { inputTokens: 0, outputTokens: 0, estimated: false };
	return {
		target,
		tally,
		isPaid: () => true,
		status: 200,
		bytesLeft,
		finish: () => {
			outgoing.begin(200, {
				"content-type": "application/json",
				"content-length": String(bytesLeft),
				...limitHeaders(context),
				...identityHeaders(context.requestId),
			});
			outgoing.end(body);
		},
		fail: (error) => sendError(context, error),
	};
}
