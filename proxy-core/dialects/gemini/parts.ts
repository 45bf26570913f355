import type { ChatEvent, EndReason, Usage } from "../../contract/chat.ts";
import { inputOf } from "../anthropic/blocks.ts";
import type { AnswerIdentity } from "../define-dialect.ts";
import type { Json } from "../openai/read-field.ts";
import { isObject } from "../openai/read-field.ts";
import { estimateRequest } from "./estimate-request.ts";
import { encodeProof } from "./proof.ts";
import { inUsualSpelling } from "./spelling.ts";

type ToolStart = Extract<ChatEvent, { type: "tool-start" }>;
type SpokenEvent = Exclude<Extract<ChatEvent, { readonly choice: number }>, { type: "end" }>;

/** Whether thinking is shown; Google's callers have to ask for it. */
export function showsThinking(request: Json): boolean {
	const config = inUsualSpelling(request["generationConfig"] ?? request["generation_config"]);
	const thinking = isObject(config) ? config["thinkingConfig"] : undefined;
	return isObject(thinking) && thinking["includeThoughts"] === true;
}

/** What one choice says, as parts of Google's; a call is a part once its arguments are whole. */
export interface PartWriter {
	/** Parts that are complete with this event. */
	readonly write: (spoken: SpokenEvent) => readonly object[];
	/** Whatever has begun. */
	readonly close: () => readonly object[];
}

export function createPartWriter({ showsThoughts }: { showsThoughts: boolean }): PartWriter {
	let calls: { readonly start: ToolStart; text: string }[] = [];

	const takeCalls = (isDone: (text: string) => boolean): readonly object[] => {
		const done = calls.filter(({ text }) => isDone(text));
		calls = calls.filter((call) => !done.includes(call));
		return done.map(({ start, text }) => functionCall(start, text));
	};
	const thought = (part: object): readonly object[] =>
		showsThoughts ? [...takeCalls(isWhole), { ...part, thought: true }] : [];

	return {
		close: () => takeCalls(() => true),
		write: (spoken) => {
			switch (spoken.type) {
				case "text":
				case "refusal":
					return [...takeCalls(isWhole), { text: spoken.text }];
				case "reasoning":
					return thought({ text: spoken.text });
				case "reasoning-signature": {
					const { signature, isRedacted = false } = spoken;
					return thought({ text: "", thoughtSignature: encodeProof(signature, isRedacted) });
				}
				case "tool-start": {
					const before = takeCalls(isWhole);
					calls.push({ start: spoken, text: "" });
					return before;
				}
				case "tool-arguments": {
					const call = calls.find(({ start }) => start.index === spoken.index);
					if (call !== undefined) call.text += spoken.text;
					return [];
				}
			}
		},
	};
}

function isWhole(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function functionCall({ id, name, signature }: ToolStart, text: string): object {
	return {
		functionCall: { id, name, args: inputOf(text) },
		...(signature !== undefined && { thoughtSignature: signature }),
	};
}

const finishReasons: Readonly<Record<EndReason, string>> = {
	stop: "STOP",
	"tool-calls": "STOP",
	length: "MAX_TOKENS",
	filtered: "SAFETY",
};

interface Ending {
	readonly choice: number;
	readonly parts: readonly object[];
	readonly reason: EndReason;
	readonly message?: string;
}

/** A candidate that ends. Google's SDK forgets a turn whose last piece has no part. */
export function endedCandidate({ choice, parts, reason, message }: Ending): object {
	return {
		...candidate(choice, parts.length === 0 ? [{ text: "" }] : parts),
		finishReason: finishReasons[reason],
		...(message !== undefined && { finishMessage: message }),
	};
}

export function candidate(index: number, parts: readonly object[]): object {
	return { content: { role: "model", parts }, index };
}

/** Counts in Google's convention, where thinking stands beside the answer and not inside it. */
export function encodeUsage(usage: Usage): object {
	const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage;
	return {
		promptTokenCount: inputTokens,
		candidatesTokenCount: Math.max(0, outputTokens - (reasoningTokens ?? 0)),
		totalTokenCount: inputTokens + outputTokens,
		...(cachedInputTokens !== undefined && { cachedContentTokenCount: cachedInputTokens }),
		...(reasoningTokens !== undefined && { thoughtsTokenCount: reasoningTokens }),
	};
}

/** About how many characters of answer text make a token; the ledger's estimate uses the same. */
const charactersPerToken = 4;

/** For an answer whose provider gave no counts: clients compute with these numbers and need some. */
export function estimatedUsage(request: Json, answerCharacters: number): Usage {
	return {
		inputTokens: estimateRequest(request),
		outputTokens: Math.ceil(answerCharacters / charactersPerToken),
		estimated: true,
	};
}

/** What every chunk says about the answer. */
export function headOf({ model, requestId }: AnswerIdentity): object {
	return { modelVersion: model, responseId: requestId.replace(/^req_/, "") };
}
