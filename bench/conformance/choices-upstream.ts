import type { IncomingMessage, ServerResponse } from "node:http";
import { readJson } from "./read-json.ts";

/** Several choices and log probabilities, which the mock itself does not make. OpenAI's wire. */
export async function answerChoices(
	request: IncomingMessage,
	response: ServerResponse,
	pathname: string,
): Promise<boolean> {
	if (!pathname.endsWith("/chat/completions")) return false;
	const body = await readJson<{ n?: number; logprobs?: boolean; stream?: boolean }>(request);
	const logprobs = {
		content: [{ token: "yes", logprob: -0.25, bytes: [121, 101, 115], top_logprobs: [] }],
		refusal: null,
	};
	const choice = (index: number) => ({
		index,
		finish_reason: "stop",
		logprobs: body.logprobs === true ? logprobs : null,
	});
	const indexes = Array.from({ length: Math.min(body.n ?? 1, 8) }, (_, index) => index);
	const head = { id: "chatcmpl-choices", created: 1_700_000_000, model: "several" };
	const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
	if (body.stream === true) {
		const chunk = { ...head, object: "chat.completion.chunk" };
		const said = indexes.map((index) => ({
			...choice(index),
			delta: { role: "assistant", content: `choice ${index}` },
			finish_reason: null,
		}));
		const ended = indexes.map((index) => ({ index, delta: {}, finish_reason: "stop" }));
		const events = [
			...[...said, ...ended].map((part) => ({ ...chunk, choices: [part] })),
			{ ...chunk, choices: [], usage },
		];
		response.writeHead(200, { "content-type": "text/event-stream" });
		for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
		response.end("data: [DONE]\n\n");
		return true;
	}
	const choices = indexes.map((index) => ({
		...choice(index),
		message: { role: "assistant", content: `choice ${index}`, refusal: null },
	}));
	response.writeHead(200, { "content-type": "application/json" });
	response.end(JSON.stringify({ ...head, object: "chat.completion", choices, usage }));
	return true;
}
