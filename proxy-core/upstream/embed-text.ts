import type { Usage } from "../contract/chat.ts";
import type { Egress } from "../egress/egress.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Target } from "../snapshot.ts";
import { openUpstreamCall } from "./upstream-call.ts";
import { upstreamError } from "./upstream-error.ts";

export interface EmbedInput {
	readonly target: Target;
	readonly text: string;
	readonly egress: Pick<Egress, "dispatcher">;
	readonly signal: AbortSignal;
	readonly waited: (ms: number) => void;
}

export interface Embedding {
	readonly vector: readonly number[];
	/** Undefined: the provider did not say. */
	readonly usage: Usage | undefined;
}

/** The embedding of one text. Throws `request.unsupported` when the target has none, or what the call fails with. */
export async function embedText(input: EmbedInput): Promise<Embedding> {
	const { target, text, egress, signal, waited } = input;
	const wire = target.connector.operations?.embeddings;
	if (wire === undefined) {
		throw new GatewayError("request.unsupported", { message: `${target.id} makes no embeddings.` });
	}
	const json = { model: target.model, input: text, encoding_format: "float" };
	const operation = {
		model: target.model,
		json,
		body: JSON.stringify(json),
		files: [],
		stream: false,
	};
	const { baseUrl } = wire;
	const call = openUpstreamCall({
		target:
			baseUrl === undefined ? target : { ...target, connector: { ...target.connector, baseUrl } },
		request: wire.encode(operation),
		dispatcher: egress.dispatcher,
		timeouts: target.timeouts,
		callerSignal: signal,
		waited,
	});
	try {
		const head = await call.head;
		const body = await call.waitFor(head.text());
		call.finished();
		if (head.status !== 200) throw new GatewayError("upstream.failed");
		const contentType = String(head.headers["content-type"] ?? "application/json");
		const answer = wire.decode({ contentType, body: Buffer.from(body) }, operation);
		return { vector: vectorOf(answer.body), usage: answer.usage };
	} catch (cause) {
		const error = upstreamError(cause, call);
		call.cancel();
		throw error;
	}
}

function vectorOf(body: string | Uint8Array): readonly number[] {
	const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
	const { data } = JSON.parse(text) as { data?: readonly { embedding?: unknown }[] };
	const vector = data?.[0]?.embedding;
	if (!Array.isArray(vector) || !vector.every((value) => typeof value === "number")) {
		throw new GatewayError("upstream.malformed");
	}
	return vector;
}
