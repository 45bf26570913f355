import type { Usage } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { OperationAnswer, OperationInput } from "../define-provider.ts";
import { parseObject, readCount, readList, readObject, readText } from "./read-json.ts";
import { unsupported } from "./refuse.ts";

export interface RerankRequest {
	readonly query: string;
	readonly documents: readonly string[];
	readonly topN: number | undefined;
	readonly tokensPerDocumentMax: number | undefined;
}

const ownFields = [
	"model",
	"query",
	"documents",
	"top_n",
	"return_documents",
	"max_tokens_per_doc",
	"user",
];

/** A request for Cohere's models, which take plain texts. Throws `request.unsupported`. */
export function readRerankRequest({ json }: OperationInput, wire: string): RerankRequest {
	const foreign = Object.keys(json).find((name) => !ownFields.includes(name));
	if (foreign !== undefined) {
		throw unsupported(foreign, `${wire} has no equivalent of \`${foreign}\`.`);
	}
	return {
		query: String(json["query"]),
		documents: readList(json["documents"]).map((document, index) => {
			const text = textOf(document);
			if (text !== undefined) return text;
			throw unsupported(
				`documents[${index}]`,
				`${wire} ranks texts, or objects with nothing but \`text\`.`,
			);
		}),
		topN: readCount(json["top_n"]),
		tokensPerDocumentMax: readCount(json["max_tokens_per_doc"]),
	};
}

function textOf(document: unknown): string | undefined {
	if (typeof document === "string") return document;
	const object = readObject<"text">(document);
	return object !== undefined && Object.keys(object).length === 1
		? readText(object.text)
		: undefined;
}

/** Cohere's answer, with the documents where the caller wants them back. */
export function rerankAnswer(
	body: string,
	{ json }: OperationInput,
	usage: Usage | undefined,
): OperationAnswer {
	const answer = parseObject<"id" | "results" | "meta">(body);
	if (!Array.isArray(answer.results)) throw new GatewayError("upstream.malformed");
	const documents = readList(json["documents"]);
	const results = answer.results.map((entry) => {
		const { index, relevance_score: score } = { ...readObject<"index" | "relevance_score">(entry) };
		if (typeof index !== "number" || typeof score !== "number")
			throw new GatewayError("upstream.malformed");
		const text = textOf(documents[index]);
		return {
			index,
			relevance_score: score,
			...(json["return_documents"] === true && { document: { text } }),
		};
	});
	return {
		contentType: "application/json",
		body: JSON.stringify({ id: readText(answer.id), results, meta: answer.meta }),
		...(usage !== undefined && { usage }),
	};
}
