import type { OperationId } from "../contract/settled-record.ts";
import type { Egress } from "../egress/egress.ts";
import type { Operation } from "../operations/define-operation.ts";
import { estimatedUsage } from "../operations/estimate-usage.ts";
import { withoutFileNames } from "../operations/file-names.ts";
import { receiveOperation } from "../operations/receive-operation.ts";
import type {
	Budgeted,
	Dispatched,
	Masked,
	Parsed,
	Received,
	Routed,
} from "../pipeline/context.ts";
import type { OutwardStage } from "../pipeline/pipeline.ts";
import type { OperationInput, OperationWire } from "../providers/define-provider.ts";
import { unsupported } from "../providers/shared/refuse.ts";
import { heldAnswer } from "../routing/held-answer.ts";
import type { TargetBoard } from "../routing/target-board.ts";
import { tryTargets } from "../routing/try-targets.ts";
import type { Target } from "../snapshot.ts";
import { callTarget } from "../upstream/call-target.ts";

type Needs = Received & Parsed & Masked & Budgeted & Routed;

interface DispatchPorts {
	readonly egress: Pick<Egress, "dispatcher">;
	readonly board: TargetBoard;
}

/** Sends an operation to the targets in their order, until one has begun to answer. */
export function dispatchOperation(
	operation: Operation,
	{ egress, board }: DispatchPorts,
): OutwardStage<Needs, Dispatched> {
	return {
		name: "dispatch",
		run: (context, signal) =>
			tryTargets(context, {
				board,
				signal,
				isStreaming: context.request.isStreaming,
				attempt: (target) => attempt(context, { operation, target, egress, signal }),
				hold: (answered, flight) => ({
					...answered,
					answer: heldAnswer(answered.answer, flight, answered.target),
				}),
			}),
	};
}

interface Attempt {
	readonly operation: Operation;
	readonly target: Target;
	readonly egress: Pick<Egress, "dispatcher">;
	readonly signal: AbortSignal;
}

async function attempt(
	context: Readonly<Needs>,
	{ operation, target, egress, signal }: Attempt,
): Promise<Dispatched> {
	const { request, masked } = context;
	const wire = wireFor(operation.id, target);
	const input: OperationInput = {
		model: target.model,
		...withoutFileNames(masked.json, request.files),
		body: masked.text,
		stream: request.isStreaming,
	};
	const usage = estimatedUsage(operation.id, request, target.price);
	const dispatched = await callTarget(context, {
		target: at(target, wire),
		request: wire.encode(input),
		egress,
		signal,
		omitted: () => [],
		receive: (call, head) => receiveOperation({ call, head, target, wire, input, usage }),
	});
	return { ...dispatched, target };
}

function wireFor(id: OperationId, { connector, id: name }: Target): OperationWire {
	const wire = connector.operations?.[id];
	if (wire !== undefined) return wire;
	throw unsupported(
		"model",
		`\`${name.slice(0, 200)}\` cannot serve ${id}: its provider does not offer it.`,
	);
}

/** Some upstreams offer an operation at another address than their conversations. */
function at(target: Target, { baseUrl }: OperationWire): Target {
	return baseUrl === undefined
		? target
		: { ...target, connector: { ...target.connector, baseUrl } };
}
