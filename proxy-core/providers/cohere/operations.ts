import type { Connector, OperationWire } from "../define-provider.ts";
import { embeddingAnswer, readEmbeddingRequest, readVectors } from "../shared/embeddings.ts";
import { parseObject, readCount, readList, readObject } from "../shared/read-json.ts";
import { readRerankRequest, rerankAnswer } from "../shared/rerank.ts";

type Headers = Readonly<Record<string, string>>;

/** Cohere's own wires, version 2. */
export function cohereOperations(auth: Headers): NonNullable<Connector["operations"]> {
	const headers = { ...auth, "content-type": "application/json", accept: "application/json" };
	return { embeddings: embeddings(headers), rerank: rerank(headers) };
}

function embeddings(headers: Headers): OperationWire {
	return {
		encode: (input) => {
			const { texts, dimensions, inputType } = readEmbeddingRequest(input, "Cohere's embed", [
				"truncate",
			]);
			return {
				method: "POST",
				path: "/v2/embed",
				headers,
				body: JSON.stringify({
					model: input.model,
					texts,
					// Cohere insists; whoever does not say is filling an index more often than searching it.
					input_type: inputType ?? "search_document",
					embedding_types: ["float"],
					output_dimension: dimensions,
					truncate: input.json["truncate"],
				}),
			};
		},
		decode: ({ body }, input) => {
			const answer = parseObject<"embeddings" | "meta">(Buffer.from(body).toString("utf8"));
			const vectors = readObject<"float">(answer.embeddings)?.float;
			return embeddingAnswer(
				{
					vectors: readVectors(readList(vectors), input),
					inputTokens: readCount(billedIn(answer.meta)?.input_tokens),
				},
				input,
			);
		},
	};
}

function rerank(headers: Headers): OperationWire {
	return {
		encode: (input) => {
			const { query, documents, topN, tokensPerDocumentMax } = readRerankRequest(
				input,
				"Cohere's rerank",
			);
			return {
				method: "POST",
				path: "/v2/rerank",
				headers,
				body: JSON.stringify({
					model: input.model,
					query,
					documents,
					top_n: topN,
					max_tokens_per_doc: tokensPerDocumentMax,
				}),
			};
		},
		decode: ({ body }, input) => {
			const text = Buffer.from(body).toString("utf8");
			const searches = readCount(billedIn(parseObject<"meta">(text).meta)?.search_units);
			return rerankAnswer(
				text,
				input,
				searches === undefined
					? undefined
					: { inputTokens: 0, outputTokens: 0, searches, estimated: false },
			);
		},
	};
}

function billedIn(meta: unknown) {
	const units = readObject<"billed_units">(meta)?.billed_units;
	return readObject<"input_tokens" | "search_units">(units);
}
