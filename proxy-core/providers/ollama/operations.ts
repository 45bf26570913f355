import type { Connector, OperationWire } from "../define-provider.ts";
import { embeddingAnswer, readEmbeddingRequest, readVectors } from "../shared/embeddings.ts";
import { parseObject, readCount, readList } from "../shared/read-json.ts";

/** Ollama's own wire for embeddings. */
export function ollamaOperations(
	headers: Readonly<Record<string, string>>,
): NonNullable<Connector["operations"]> {
	const embeddings: OperationWire = {
		encode: (input) => {
			const { texts, dimensions } = readEmbeddingRequest(input, "Ollama");
			return {
				method: "POST",
				path: "/api/embed",
				headers: { ...headers, "content-type": "application/json", accept: "application/json" },
				body: JSON.stringify({ model: input.model, input: texts, dimensions }),
			};
		},
		decode: ({ body }, input) => {
			const answer = parseObject<"embeddings" | "prompt_eval_count">(
				Buffer.from(body).toString("utf8"),
			);
			return embeddingAnswer(
				{
					vectors: readVectors(readList(answer.embeddings), input),
					inputTokens: readCount(answer.prompt_eval_count),
				},
				input,
			);
		},
	};
	return { embeddings };
}
