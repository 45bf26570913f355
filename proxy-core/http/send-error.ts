import { toWire } from "../errors/to-wire.ts";
import type { Received } from "../pipeline/context.ts";
import { overheadMs } from "./answer-headers.ts";

/** Answers with an error: a real status when nothing was sent yet, an error event and no `[DONE]` after that. */
export function sendError(
	context: Pick<Received, "requestId" | "exchange" | "trace">,
	error: unknown,
): void {
	const { outgoing, incoming } = context.exchange;
	if (incoming.signal.aborted) {
		outgoing.end();
		return;
	}
	const wire = toWire(error, context.requestId);
	if (outgoing.hasBegun()) {
		outgoing.end(`data: ${wire.body}\n\n`);
		return;
	}
	outgoing.begin(wire.status, {
		...wire.headers,
		"content-length": String(Buffer.byteLength(wire.body)),
		"x-llmproxy-overhead-ms": overheadMs(context).toFixed(3),
	});
	outgoing.end(wire.body);
}
