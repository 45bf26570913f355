import { chat } from "./workload/chat.ts";
import type { Api } from "./workload/define-api.ts";
import { messages } from "./workload/messages.ts";
import { responses } from "./workload/responses.ts";
import type { PromptSize } from "./workload/texts.ts";
import { answerText, promptOf, streamWords } from "./workload/texts.ts";

/** What is sent and what comes back, the same for every contestant. */
export const apis = { chat, responses, messages } as const satisfies Record<string, Api>;
export type ApiId = keyof typeof apis;

const placeholder = "------------/--------";
/** ASCII characters that tell one question from another. */
export const markLength = placeholder.length;

/**
 * Bodies of requests that are equal but for a mark in the question, so that nobody's memory knows the
 * answer. Only the mark is written anew: a long question must not cost the load generator more than
 * a copy.
 */
export function bodyMaker(input: {
	readonly api: ApiId;
	readonly model: string;
	readonly isStreaming: boolean;
	readonly promptSize: PromptSize;
}): (mark: string) => Buffer {
	const { api, model, isStreaming, promptSize } = input;
	const prompt = `${promptOf(promptSize)}\nReference: ${placeholder}`;
	const template = Buffer.from(apis[api].requestBody({ model, isStreaming, prompt }));
	const at = template.lastIndexOf(placeholder);
	return (mark) => {
		if (mark.length !== markLength) throw new Error(`a mark has ${markLength} characters`);
		const body = Buffer.from(template);
		body.write(mark, at, "latin1");
		return body;
	};
}

interface Received {
	readonly api: ApiId;
	readonly status: number;
	readonly body: string;
	readonly isStreaming: boolean;
}

/** Whether an answer is whole: status, text, end. */
export function isIntact({ api, status, body, isStreaming }: Received): boolean {
	if (status !== 200) return false;
	if (!isStreaming) return body.includes(answerText) && body.trimEnd().endsWith("}");
	const { deltaOf, streamEnd } = apis[api];
	let at = 0;
	for (const word of streamWords) {
		at = body.indexOf(deltaOf(word), at);
		if (at < 0) return false;
		at += 1;
	}
	return body.indexOf(streamEnd, at) > 0;
}
