import type { Connector, OperationWire } from "../define-provider.ts";
import { embeddingAnswer, readEmbeddingRequest, readVectors } from "../shared/embeddings.ts";
import type { MethodRequest } from "../shared/gemini/images.ts";
import { googleImages } from "../shared/gemini/images.ts";
import { taskTypeOf } from "../shared/gemini/task-type.ts";
import { parseObject, readCount, readList, readObject } from "../shared/read-json.ts";
import { pathSegment } from "../shared/refuse.ts";

/** Embeddings and images of the Gemini API. */
export function geminiOperations(
	headers: Readonly<Record<string, string>>,
): NonNullable<Connector["operations"]> {
	const request: MethodRequest = (model, method, body) => ({
		method: "POST",
		path: `/models/${pathSegment(plain(model))}:${method}`,
		headers: { ...headers, "content-type": "application/json", accept: "application/json" },
		body: JSON.stringify(body),
	});
	const images = googleImages(request);
	return {
		embeddings: embeddings(request),
		"images.generations": images,
		"images.edits": images,
	};
}

function plain(model: string): string {
	return model.replace(/^models\//, "");
}

function embeddings(request: MethodRequest): OperationWire {
	return {
		encode: (input) => {
			const { texts, dimensions, inputType } = readEmbeddingRequest(input, "Gemini");
			return request(input.model, "batchEmbedContents", {
				requests: texts.map((text) => ({
					model: `models/${plain(input.model)}`,
					content: { parts: [{ text }] },
					taskType: taskTypeOf(inputType),
					outputDimensionality: dimensions,
				})),
			});
		},
		decode: ({ body }, input) => {
			const answer = parseObject<"embeddings" | "usageMetadata">(
				Buffer.from(body).toString("utf8"),
			);
			const vectors = readList(answer.embeddings).map(
				(entry) => readObject<"values">(entry)?.values,
			);
			const usage = readObject<"promptTokenCount">(answer.usageMetadata);
			return embeddingAnswer(
				{
					vectors: readVectors(vectors, input),
					inputTokens: readCount(usage?.promptTokenCount),
				},
				input,
			);
		},
	};
}
