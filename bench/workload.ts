/** What is sent and what comes back, the same for every contestant. */

export const modelName = "bench-model";
/** Its streams pause between chunks. */
export const slowModel = "bench-slow";
export const streamChunksCount = 50;

const question =
	"Explain in a few sentences why a reverse proxy should add as little latency as possible. ";
const sentence = "A gateway answers for every request that passes it, so each microsecond counts. ";

export function requestBody(input: { model: string; isStreaming: boolean }): string {
	return JSON.stringify({
		model: input.model,
		messages: [
			{ role: "system", content: "You are a careful assistant that answers briefly." },
			{ role: "user", content: question.repeat(5) },
		],
		temperature: 0.7,
		max_tokens: 256,
		...(input.isStreaming ? { stream: true } : {}),
	});
}

export const answerText = sentence.repeat(5);

export function upstreamAnswer(): string {
	return JSON.stringify({
		id: "chatcmpl-bench",
		object: "chat.completion",
		created: 1_700_000_000,
		model: modelName,
		choices: [
			{
				index: 0,
				message: { role: "assistant", content: answerText },
				logprobs: null,
				finish_reason: "stop",
			},
		],
		usage: { prompt_tokens: 100, completion_tokens: 80, total_tokens: 180 },
	});
}

/** The texts of the stream's chunks: counted words, so that a lost, doubled or moved one shows. */
export function streamWord(index: number): string {
	return ` word-${String(index).padStart(3, "0")}`;
}

export function streamChunks(): readonly string[] {
	const chunk = (choices: unknown, extra: object = {}): string =>
		`data: ${JSON.stringify({ id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1_700_000_000, model: modelName, choices, ...extra })}\n\n`;
	return [
		...Array.from({ length: streamChunksCount }, (_, index) =>
			chunk([
				{
					index: 0,
					delta: { ...(index === 0 ? { role: "assistant" } : {}), content: streamWord(index) },
					finish_reason: null,
				},
			]),
		),
		chunk([{ index: 0, delta: {}, finish_reason: "stop" }]),
		chunk([], { usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 } }),
		"data: [DONE]\n\n",
	];
}

/** Whether an answer is whole: status, text, end. */
export function isIntact(answer: { status: number; body: string; isStreaming: boolean }): boolean {
	if (answer.status !== 200) return false;
	if (!answer.isStreaming) {
		return answer.body.includes(answerText) && answer.body.trimEnd().endsWith("}");
	}
	let at = 0;
	for (let index = 0; index < streamChunksCount; index += 1) {
		at = answer.body.indexOf(`"content":"${streamWord(index)}"`, at);
		if (at < 0) return false;
		at += 1;
	}
	return answer.body.indexOf("data: [DONE]", at) > 0;
}
