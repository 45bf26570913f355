import { ClientProblem, describeProblem, problemOf } from "../../lib/client/problem.ts";
import { problem } from "../../lib/contracts/shapes.ts";
import { playgroundChat } from "../../lib/contracts/system.ts";
import type { Answer, AnswerFacts } from "./answer.ts";
import type { ChatRequest } from "./chat-request.ts";
import { readJson } from "./parameters.ts";
import { factsOfComment, factsOfHeaders, withChunk } from "./read-answer.ts";
import type { SseItem } from "./sse-parser.ts";
import { createSseParser } from "./sse-parser.ts";

/** Applies a change to the answer that is being received. */
export type ChangeAnswer = (change: (answer: Answer) => Answer) => void;

/**
 * Sends a chat and reports everything that comes of it through `change`, failures too; never rejects.
 * Aborting closes the connection, and the gateway then cancels the upstream call.
 */
export async function sendChat(
	request: ChatRequest,
	{ signal, change }: { readonly signal: AbortSignal; readonly change: ChangeAnswer },
): Promise<void> {
	const startedAt = performance.now();
	try {
		const response = await fetch(playgroundChat.path, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(request),
			signal,
		});
		await receive(response, { startedAt, change });
	} catch (error) {
		const isStopped = signal.aborted;
		change((answer) => ({
			...answer,
			state: isStopped
				? { kind: "stopped" }
				: { kind: "failed", problem: describeProblem(reachable(error)) },
		}));
	}
	change((answer) => addFacts(answer, { durationMs: performance.now() - startedAt }));
}

interface Receiving {
	/** By `performance.now()`. */
	readonly startedAt: number;
	readonly change: ChangeAnswer;
}

/** Reads an answer of the gateway, JSON or a stream. Rejects with `ClientProblem` when it is an error. */
export async function receive(response: Response, receiving: Receiving): Promise<void> {
	const { change } = receiving;
	change((answer) => addFacts(answer, factsOfHeaders(response.headers)));
	if (!response.ok) throw await problemOf(response);
	if (response.headers.get("content-type")?.startsWith("text/event-stream") === true) {
		await receiveStream(response, receiving);
	} else {
		const json: unknown = await response.json();
		change((answer) => withChunk(answer, json));
	}
	change((answer) => ({ ...answer, state: { kind: "done" } }));
}

async function receiveStream(response: Response, { startedAt, change }: Receiving): Promise<void> {
	const parser = createSseParser();
	const decoder = new TextDecoder();
	let isComplete = false;
	for await (const bytes of chunksOf(response)) {
		const items = parser.push(decoder.decode(bytes, { stream: true }));
		const refusal = items.map(problemIn).find((found) => found !== undefined);
		isComplete ||= items.some((item) => item.kind === "data" && item.text === "[DONE]");
		const elapsedMs = performance.now() - startedAt;
		change((answer) => timed(items.reduce(withItem, answer), elapsedMs));
		if (refusal !== undefined) throw refusal;
	}
	if (isComplete) return;
	throw new ClientProblem({
		message: "The connection ended before the answer did.",
		status: 200,
		code: "stream_interrupted",
		requestId: response.headers.get("x-request-id") ?? undefined,
	});
}

/** Browsers differ in whether a body can be iterated; all can be read. */
async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array> {
	if (body === null) return;
	const reader = body.getReader();
	for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

function withItem(answer: Answer, item: SseItem): Answer {
	if (item.kind === "comment") return addFacts(answer, factsOfComment(item.text));
	return withChunk(answer, readJson(item.text));
}

/** An error event in a stream that began with status 200. */
function problemIn(item: SseItem): ClientProblem | undefined {
	if (item.kind !== "data") return undefined;
	const parsed = problem.safeParse(readJson(item.text));
	if (!parsed.success) return undefined;
	const { message, code, request_id: requestId } = parsed.data.error;
	return new ClientProblem({ message, status: 200, code, requestId });
}

/** Notes when the first word came, whatever kind of word it is. */
function timed(answer: Answer, elapsedMs: number): Answer {
	const hasBegun =
		answer.text + answer.reasoning + answer.refusal !== "" || answer.toolCalls.length > 0;
	if (!hasBegun || answer.facts.firstTextMs !== undefined) return answer;
	return { ...addFacts(answer, { firstTextMs: elapsedMs }), state: { kind: "streaming" } };
}

function addFacts(answer: Answer, facts: AnswerFacts): Answer {
	return { ...answer, facts: { ...answer.facts, ...facts } };
}

/** `fetch` says "Failed to fetch" for everything that kept it from an answer. */
function reachable(error: unknown): unknown {
	if (!(error instanceof TypeError)) return error;
	return new ClientProblem({
		message: "The server could not be reached, or the connection broke.",
		status: 0,
		code: "network",
		cause: error,
	});
}
