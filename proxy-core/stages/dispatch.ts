import { encodeInputOf } from "../dialects/encode-input.ts";
import type { Egress } from "../egress/egress.ts";
import type {
	Budgeted,
	Dispatched,
	Masked,
	Parsed,
	Received,
	Routed,
} from "../pipeline/context.ts";
import type { OutwardStage } from "../pipeline/pipeline.ts";
import { heldAnswer } from "../routing/held-answer.ts";
import type { TargetBoard } from "../routing/target-board.ts";
import { tryTargets } from "../routing/try-targets.ts";
import type { Target } from "../snapshot.ts";
import type { JsonEdit } from "../text/json-splice.ts";
import { spliceJson } from "../text/json-splice.ts";
import { callTarget } from "../upstream/call-target.ts";
import { afterFirstFrames } from "../upstream/first-frames.ts";
import { receiveAnswer } from "../upstream/receive-answer.ts";

type Needs = Received & Parsed & Masked & Budgeted & Routed;
type Body = Masked["masked"];

interface DispatchPorts {
	readonly egress: Pick<Egress, "dispatcher">;
	readonly board: TargetBoard;
}

/**
 * The only stage that opens sockets. Tries the targets in their order, and the fallbacks after them,
 * until one has begun to answer; a failure before the first byte is a real status for the caller.
 */
export function dispatch({ egress, board }: DispatchPorts): OutwardStage<Needs, Dispatched> {
	return {
		name: "dispatch",
		run: (context, signal) => {
			const body = capped(context);
			return tryTargets(context, {
				board,
				signal,
				isStreaming: context.request.isStreaming,
				attempt: (target) => attempt(context, { target, body, egress, signal }),
				hold: (answered, flight) => ({
					...answered,
					answer: heldAnswer(answered.answer, flight, answered.target),
				}),
			});
		},
	};
}

interface Attempt {
	readonly target: Target;
	readonly body: Body;
	readonly egress: Pick<Egress, "dispatcher">;
	readonly signal: AbortSignal;
}

async function attempt(
	context: Readonly<Needs>,
	{ target, body, egress, signal }: Attempt,
): Promise<Dispatched> {
	const { request, exchange, dialect, affordable } = context;
	const { connector } = target;
	const wire = connector.wires?.(target.model)[dialect.id] ?? connector;
	const { isStreaming } = request;
	const { input, omitted } = encodeInputOf({
		dialect,
		body,
		headers: exchange.incoming.headers,
		isStreaming,
		model: target.model,
		wire: wire.dialect,
	});
	const refusesBlocked = affordable.fallbacks["content-policy"].length > 0;
	return callTarget(context, {
		target,
		request: wire.encode(input),
		egress,
		signal,
		omitted,
		receive: async (call, head) => {
			const source = await receiveAnswer({ call, head, target, wire, isStreaming });
			return afterFirstFrames(source, { target, refusesBlocked });
		},
	});
}

/** The body with the answer's length that budgets allow, unless the caller wants less. */
function capped({ masked, request, dialect, outputTokensCap }: Readonly<Needs>): Body {
	if (outputTokensCap === undefined || (request.outputTokensMax ?? Infinity) <= outputTokensCap) {
		return masked;
	}
	const thinking = dialect.capThinking?.(masked.json, outputTokensCap);
	const edits = [dialect.capOutput(masked.json, outputTokensCap), ...(thinking ? [thinking] : [])];
	const json = edits.reduce<unknown>(
		(body, edit) =>
			withValue(body, edit.path, "value" in edit ? edit.value : JSON.parse(edit.json)),
		masked.json,
	);
	return { text: spliceJson(masked.text, edits), json: json as Body["json"] };
}

/** A copy of `json` with `value` at `path`; what lies beside the path is shared. */
function withValue(json: unknown, path: JsonEdit["path"], value: unknown): unknown {
	const [step, ...rest] = path;
	if (step === undefined) return value;
	if (Array.isArray(json)) {
		return json.map((item, index) => (index === step ? withValue(item, rest, value) : item));
	}
	const fields = typeof json === "object" && json !== null ? json : {};
	const inner = (fields as Readonly<Record<string, unknown>>)[step];
	return { ...fields, [step]: withValue(inner, rest, value) };
}
