import { toWire } from "../errors/to-wire.ts";
import type { Received } from "../pipeline/context.ts";
import { overheadMs } from "./answer-headers.ts";

/** Answers with an error and its status, in the caller's dialect; for answers that have not begun. */
export function sendError(
	context: Pick<Received, "requestId" | "exchange" | "trace" | "dialect">,
	error: unknown,
): void {
	const { outgoing, incoming } = context.exchange;
	// Streams that have begun end themselves, in their own dialect; only a defect gets here with one.
	if (incoming.signal.aborted || outgoing.hasBegun()) {
		outgoing.end();
		return;
	}
	const wire = toWire(error, context.requestId, context.dialect.encodeError);
	outgoing.begin(wire.status, {
		...wire.headers,
		"content-length": String(Buffer.byteLength(wire.body)),
		"x-llmproxy-overhead-ms": overheadMs(context).toFixed(3),
	});
	outgoing.end(wire.body);
}
