import type { IncomingMessage, ServerResponse } from "node:http";
import { operationAnswers } from "./operations-upstream.ts";
import { readJson } from "./read-json.ts";

/** Several embeddings at once as Gemini makes them; the mock makes only one. */
export async function answerGeminiEmbeddings(
	request: IncomingMessage,
	response: ServerResponse,
	pathname: string,
): Promise<boolean> {
	if (!pathname.endsWith(":batchEmbedContents")) return false;
	const { requests } = await readJson<{ requests: readonly unknown[] }>(request);
	const embeddings = requests.map(() => ({ values: operationAnswers.embedding }));
	return answer(response, { embeddings });
}

/** Ollama's embeddings, beside its chat. */
export async function answerOllamaEmbeddings(
	request: IncomingMessage,
	response: ServerResponse,
	pathname: string,
): Promise<boolean> {
	if (pathname !== "/api/embed") return false;
	const { model, input } = await readJson<{ model: string; input: readonly string[] }>(request);
	const embeddings = input.map(() => operationAnswers.embedding);
	return answer(response, { model, embeddings, prompt_eval_count: input.length });
}

function answer(response: ServerResponse, body: object): true {
	response.writeHead(200, { "content-type": "application/json" });
	response.end(JSON.stringify(body));
	return true;
}
