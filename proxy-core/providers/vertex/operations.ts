import type { Connector, OperationWire } from "../define-provider.ts";
import { embeddingAnswer, readEmbeddingRequest, readVectors } from "../shared/embeddings.ts";
import type { MethodRequest } from "../shared/gemini/images.ts";
import { googleImages } from "../shared/gemini/images.ts";
import { taskTypeOf } from "../shared/gemini/task-type.ts";
import { parseObject, readCount, readList, readObject } from "../shared/read-json.ts";
import { pathSegment, unsupported } from "../shared/refuse.ts";
import { readModel } from "./encode.ts";

interface VertexOperations {
	/** `/v1/projects/…/locations/…`. */
	readonly parent: string;
	readonly headers: Readonly<Record<string, string>>;
}

/** Embeddings and images of Google's own models on Vertex. */
export function vertexOperations({
	parent,
	headers,
}: VertexOperations): NonNullable<Connector["operations"]> {
	const request: MethodRequest = (model, method, body) => {
		const { publisher, name } = readModel(model);
		if (publisher !== "google")
			throw unsupported("model", "On Vertex, Google's own models do this.");
		return {
			method: "POST",
			path: `${parent}/publishers/google/models/${pathSegment(name).replaceAll("%40", "@")}:${method}`,
			headers: { ...headers, "content-type": "application/json", accept: "application/json" },
			body: JSON.stringify(body),
		};
	};
	const images = googleImages(request);
	return {
		embeddings: embeddings(request),
		"images.generations": images,
		"images.edits": images,
	};
}

function embeddings(request: MethodRequest): OperationWire {
	return {
		encode: (input) => {
			const { texts, dimensions, inputType } = readEmbeddingRequest(input, "Vertex");
			if (texts.length > 1 && readModel(input.model).name.startsWith("gemini-embedding"))
				throw unsupported("input", "On Vertex, Gemini's embedding models take one text a request.");
			return request(input.model, "predict", {
				instances: texts.map((content) => ({ content, task_type: taskTypeOf(inputType) })),
				parameters: { outputDimensionality: dimensions },
			});
		},
		decode: ({ body }, input) => {
			const answer = parseObject<"predictions">(Buffer.from(body).toString("utf8"));
			const entries = readList(answer.predictions).map((entry) =>
				readObject<"values" | "statistics">(readObject<"embeddings">(entry)?.embeddings),
			);
			const counts = entries.map((entry) =>
				readCount(readObject<"token_count">(entry?.statistics)?.token_count),
			);
			const known = counts.filter((count) => count !== undefined);
			const vectors = entries.map((entry) => entry?.values);
			return embeddingAnswer(
				{
					vectors: readVectors(vectors, input),
					inputTokens:
						known.length === counts.length
							? known.reduce((sum, count) => sum + count, 0)
							: undefined,
				},
				input,
			);
		},
	};
}
