import type { TextSegment } from "../contract/verdict.ts";
import { estimateTokens } from "../text/estimate-tokens.ts";
import type { Json } from "./define-operation.ts";
import { defineOperation } from "./define-operation.ts";
import { collectOthers, collectTexts, countOf, invalid, modelOf } from "./read-fields.ts";
import type { TextRun } from "./text-run.ts";
import { runOf } from "./text-run.ts";

/** Cohere's unit of billing: one query with up to so many documents of up to so many tokens. */
const searchUnit = { documents: 100, tokensPerDocument: 500 } as const;

/** Documents in the order of what they say about a query; in Cohere's and Jina's shape. */
export const rerank = defineOperation({
	id: "rerank",
	path: "/v1/rerank",
	accepts: "json",
	fileFields: [],
	read: (json) => {
		const { query, documents } = json;
		if (typeof query !== "string" || query === "") throw invalid("query", "a non-empty string");
		if (!Array.isArray(documents) || documents.length === 0) {
			throw invalid("documents", "a non-empty array");
		}
		countOf(json, "top_n");
		const segments: TextSegment[] = [];
		collectTexts(segments, query, { source: "user", path: ["query"] });
		collectTexts(segments, documents, { source: "user", path: ["documents"] });
		collectOthers(segments, json, ["query", "documents"]);
		return {
			model: modelOf(json),
			isStreaming: false,
			wantsUsage: true,
			outputTokensMax: 0,
			choices: 1,
			segments,
			units: { searches: searchesFor(query, documents) },
		};
	},
	answerRuns: echoedDocuments,
});

/** A document that is longer counts as several. */
function searchesFor(query: string, documents: readonly unknown[]): number {
	const asked = estimateTokens(query);
	let parts = 0;
	for (const document of documents) {
		const text = typeof document === "string" ? document : JSON.stringify(document);
		parts += Math.max(1, Math.ceil((estimateTokens(text) + asked) / searchUnit.tokensPerDocument));
	}
	return Math.ceil(parts / searchUnit.documents);
}

/** Documents that the answer repeats, which are texts, or objects with texts. */
function echoedDocuments(answer: Json): readonly TextRun[] {
	const segments: TextSegment[] = [];
	const results = Array.isArray(answer["results"]) ? answer["results"] : [];
	for (const [index, result] of results.entries()) {
		const { document } = { ...(result as Json | null) };
		collectTexts(segments, document, { source: "answer", path: ["results", index, "document"] });
	}
	return segments.map(({ path, text }) => runOf({ path, text }));
}
