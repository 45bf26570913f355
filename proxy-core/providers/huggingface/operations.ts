import { GatewayError } from "../../errors/gateway-error.ts";
import type { Connector, OperationWire } from "../define-provider.ts";
import { embeddingAnswer, readEmbeddingRequest, readVectors } from "../shared/embeddings.ts";
import { pathSegment, unsupported } from "../shared/refuse.ts";

interface HuggingfaceOptions {
	/** Of the router's conversations; ends in `/v1`. */
	readonly baseUrl: string;
	readonly apiKey: string;
}

/** Feature extraction by Hugging Face's own inference, beside the router's OpenAI wire. */
export function huggingfaceOperations({
	baseUrl,
	apiKey,
}: HuggingfaceOptions): NonNullable<Connector["operations"]> {
	const embeddings: OperationWire = {
		baseUrl: baseUrl.replace(/\/v1$/, ""),
		encode: (input) => {
			const { texts, dimensions } = readEmbeddingRequest(input, "Hugging Face");
			if (dimensions !== undefined)
				throw unsupported("dimensions", "Hugging Face gives vectors of the model's own length.");
			const model = input.model.split("/").map(pathSegment).join("/");
			return {
				method: "POST",
				path: `/hf-inference/models/${model}/pipeline/feature-extraction`,
				headers: {
					authorization: `Bearer ${apiKey}`,
					"content-type": "application/json",
					accept: "application/json",
				},
				body: JSON.stringify({ inputs: texts }),
			};
		},
		decode: ({ body }, input) =>
			embeddingAnswer(
				{
					vectors: readVectors(listIn(Buffer.from(body).toString("utf8")), input),
					inputTokens: undefined,
				},
				input,
			),
	};
	return { embeddings };
}

function listIn(text: string): readonly unknown[] {
	try {
		const value: unknown = JSON.parse(text);
		if (Array.isArray(value)) return value;
	} catch (cause) {
		throw new GatewayError("upstream.malformed", { cause });
	}
	throw new GatewayError("upstream.malformed");
}
