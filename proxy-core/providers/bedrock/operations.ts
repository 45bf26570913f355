import type { Connector, OperationInput, OperationWire, WireRequest } from "../define-provider.ts";
import { embeddingAnswer, readEmbeddingRequest, readVectors } from "../shared/embeddings.ts";
import { parseObject, readCount, readList, readObject } from "../shared/read-json.ts";
import { unsupported } from "../shared/refuse.ts";
import { readRerankRequest, rerankAnswer } from "../shared/rerank.ts";
import { modelSegment } from "./model-path.ts";

type Authorized = (request: WireRequest) => WireRequest;

/** Models that Converse does not serve are invoked, each family with a body of its own. */
export function bedrockOperations(authorized: Authorized): NonNullable<Connector["operations"]> {
	const invoke = (input: OperationInput, body: object): WireRequest =>
		authorized({
			method: "POST",
			path: `/model/${modelSegment(input.model)}/invoke`,
			headers: { "content-type": "application/json", accept: "application/json" },
			body: JSON.stringify(body),
		});
	const embeddings: OperationWire = {
		encode: (input) => invoke(input, isCohere(input.model) ? cohereBody(input) : titanBody(input)),
		decode: ({ body }, input) => decodeVectors(Buffer.from(body).toString("utf8"), input),
	};
	const rerank: OperationWire = {
		encode: (input) => {
			if (!/(^|[./])(cohere|amazon)\.rerank-/.test(input.model))
				throw unsupported(
					"model",
					"On Bedrock, models named cohere.rerank or amazon.rerank rank texts.",
				);
			const { query, documents, topN } = readRerankRequest(input, "Bedrock's rerank");
			const version = isCohere(input.model) ? { api_version: 2 } : {};
			return invoke(input, { query, documents, top_n: topN, ...version });
		},
		decode: ({ body }, input) => rerankAnswer(Buffer.from(body).toString("utf8"), input, undefined),
	};
	return { embeddings, rerank };
}

function isCohere(model: string): boolean {
	return /(^|[./])cohere\./.test(model);
}

function cohereBody(input: OperationInput): object {
	const { texts, dimensions, inputType } = readEmbeddingRequest(input, "Cohere on Bedrock", [
		"truncate",
	]);
	return {
		texts,
		input_type: inputType ?? "search_document",
		embedding_types: ["float"],
		output_dimension: dimensions,
		truncate: input.json["truncate"],
	};
}

function titanBody(input: OperationInput): object {
	if (!/(^|[./])amazon\.titan-embed-text/.test(input.model))
		throw unsupported("model", "On Bedrock, Titan's and Cohere's text models make embeddings.");
	const { texts, dimensions } = readEmbeddingRequest(input, "Titan", ["normalize"]);
	if (texts.length !== 1)
		throw unsupported(
			"input",
			"Titan takes one text a request; send the others in requests of their own.",
		);
	return { inputText: texts[0], dimensions, normalize: input.json["normalize"] };
}

type AnswerFields = "embedding" | "embeddings" | "inputTextTokenCount";

function decodeVectors(text: string, input: OperationInput) {
	const answer = parseObject<AnswerFields>(text);
	const typed = readObject<"float">(answer.embeddings)?.float;
	const list =
		answer.embedding === undefined ? readList(typed ?? answer.embeddings) : [answer.embedding];
	return embeddingAnswer(
		{ vectors: readVectors(list, input), inputTokens: readCount(answer.inputTextTokenCount) },
		input,
	);
}
