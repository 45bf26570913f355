import type { ChatEvent, EndReason, Usage } from "../../contract/chat.ts";
import type { AnswerIdentity } from "../define-dialect.ts";
import type { ThinkingBlock } from "./thinking.ts";
import { createThinking } from "./thinking.ts";

const finishReasons = {
	stop: "stop",
	length: "length",
	"tool-calls": "tool_calls",
	filtered: "content_filter",
} as const satisfies Record<EndReason, string>;

interface ToolDraft {
	readonly id: string;
	readonly name: string;
	readonly signature: string | undefined;
	arguments: string;
}

interface ChoiceDraft {
	content: string | null;
	reasoning: string | null;
	refusal: string | null;
	readonly thinking: ThinkingBlock[];
	readonly tools: Map<number, ToolDraft>;
	finish: string | null;
}

/** A whole answer as a `chat.completion` object. */
export function encodeCompletion(events: readonly ChatEvent[], identity: AnswerIdentity): string {
	const drafts = new Map<number, ChoiceDraft>();
	const thinking = createThinking();
	let usage: Usage | undefined;
	const draftOf = (choice: number): ChoiceDraft => {
		let draft = drafts.get(choice);
		if (draft === undefined) {
			draft = {
				content: null,
				reasoning: null,
				refusal: null,
				thinking: [],
				tools: new Map(),
				finish: null,
			};
			drafts.set(choice, draft);
		}
		return draft;
	};
	for (const event of events) {
		const block = thinking.blockOf(event);
		if (block !== undefined) draftOf(block.choice).thinking.push(block.block);
		if (event.type === "usage") usage = event.usage;
		else if ("choice" in event) addToDraft(draftOf(event.choice), event);
	}
	if (drafts.size === 0) draftOf(0).content = "";
	return JSON.stringify({
		id: `chatcmpl-${identity.requestId}`,
		object: "chat.completion",
		created: identity.createdAtSeconds,
		model: identity.model,
		choices: [...drafts].toSorted(([a], [b]) => a - b).map(encodeChoice),
		...(usage === undefined ? {} : { usage: encodeUsage(usage) }),
	});
}

/** Where Google's own OpenAI-compatible endpoint puts it, and where clients send it back from. */
function extraContent(signature: string | undefined): object {
	return signature === undefined
		? {}
		: { extra_content: { google: { thought_signature: signature } } };
}

type ChoiceEvent = Extract<ChatEvent, { readonly choice: number }>;

function addToDraft(draft: ChoiceDraft, event: ChoiceEvent): void {
	switch (event.type) {
		case "text":
			draft.content = (draft.content ?? "") + event.text;
			return;
		case "reasoning":
			draft.reasoning = (draft.reasoning ?? "") + event.text;
			return;
		case "reasoning-signature":
			return;
		case "refusal":
			draft.refusal = (draft.refusal ?? "") + event.text;
			return;
		case "tool-start":
			draft.tools.set(event.index, {
				id: event.id,
				name: event.name,
				signature: event.signature,
				arguments: "",
			});
			return;
		case "tool-arguments": {
			const tool = draft.tools.get(event.index);
			if (tool !== undefined) tool.arguments += event.text;
			return;
		}
		case "end":
			draft.finish = finishReasons[event.reason];
	}
}

function encodeChoice([index, draft]: readonly [number, ChoiceDraft]): object {
	const tools = [...draft.tools.values()].map(({ id, name, signature, arguments: text }) => ({
		id,
		type: "function",
		function: { name, arguments: text },
		...extraContent(signature),
	}));
	return {
		index,
		message: {
			role: "assistant",
			content: draft.content,
			refusal: draft.refusal,
			...(draft.reasoning === null ? {} : { reasoning_content: draft.reasoning }),
			...(draft.thinking.length === 0 ? {} : { thinking_blocks: draft.thinking }),
			...(tools.length === 0 ? {} : { tool_calls: tools }),
		},
		logprobs: null,
		finish_reason: draft.finish ?? "stop",
	};
}

/** What the chunks of one stream have to remember. */
export interface ChunkState {
	/** Choices that have begun. */
	readonly started: Set<number>;
	readonly thinking: ReturnType<typeof createThinking>;
}

export function createChunkState(): ChunkState {
	return { started: new Set(), thinking: createThinking() };
}

/** Events as `chat.completion.chunk` objects, one JSON text each. */
export function encodeChunks(
	events: readonly ChatEvent[],
	identity: AnswerIdentity,
	{ started, thinking }: ChunkState,
): readonly string[] {
	const chunks: string[] = [];
	const emit = (choice: number, delta: object, finish: string | null = null): void => {
		const first = started.has(choice) ? {} : { role: "assistant" };
		started.add(choice);
		chunks.push(
			encodeChunk(identity, [
				{ index: choice, delta: { ...first, ...delta }, logprobs: null, finish_reason: finish },
			]),
		);
	};
	for (const event of events) {
		switch (event.type) {
			case "text":
				emit(event.choice, { content: event.text });
				break;
			case "reasoning":
				thinking.blockOf(event);
				emit(event.choice, { reasoning_content: event.text });
				break;
			case "reasoning-signature":
				emit(event.choice, { thinking_blocks: [thinking.blockOf(event)?.block] });
				break;
			case "refusal":
				emit(event.choice, { refusal: event.text });
				break;
			case "tool-start":
				emit(event.choice, {
					tool_calls: [
						{
							index: event.index,
							id: event.id,
							type: "function",
							function: { name: event.name, arguments: "" },
							...extraContent(event.signature),
						},
					],
				});
				break;
			case "tool-arguments":
				emit(event.choice, {
					tool_calls: [{ index: event.index, function: { arguments: event.text } }],
				});
				break;
			case "end":
				emit(event.choice, {}, finishReasons[event.reason]);
				break;
			case "start":
			case "usage":
			case "error":
				break;
		}
	}
	return chunks;
}

export function encodeUsageChunk(usage: Usage, identity: AnswerIdentity): string {
	return encodeChunk(identity, [], usage);
}

function encodeChunk(identity: AnswerIdentity, choices: readonly object[], usage?: Usage): string {
	return JSON.stringify({
		id: `chatcmpl-${identity.requestId}`,
		object: "chat.completion.chunk",
		created: identity.createdAtSeconds,
		model: identity.model,
		choices,
		...(usage === undefined ? {} : { usage: encodeUsage(usage) }),
	});
}

export function encodeUsage(usage: Usage): object {
	return {
		prompt_tokens: usage.inputTokens,
		completion_tokens: usage.outputTokens,
		total_tokens: usage.inputTokens + usage.outputTokens,
		...(usage.cachedInputTokens === undefined
			? {}
			: { prompt_tokens_details: { cached_tokens: usage.cachedInputTokens } }),
		...(usage.reasoningTokens === undefined
			? {}
			: { completion_tokens_details: { reasoning_tokens: usage.reasoningTokens } }),
	};
}
