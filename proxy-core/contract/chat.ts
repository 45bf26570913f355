/**
 * The canonical conversation: what every provider wire is translated from and to.
 * A request whose dialect its target speaks too never takes this form; it is forwarded as sent.
 */

/**
 * A wire format for chat. `openai` is Chat Completions and everything that copies it, `openai-text` the
 * older Completions, `responses` OpenAI's Responses.
 */
export type Dialect =
	| "openai"
	| "openai-text"
	| "responses"
	| "anthropic"
	| "gemini"
	| "ollama"
	| "cohere"
	| "bedrock";

export type ContentPart =
	| { readonly type: "text"; readonly text: string }
	| {
			readonly type: "image";
			/** `https:` address or, when `data` is given, absent. */
			readonly source:
				| { readonly kind: "url"; readonly url: string }
				| { readonly kind: "data"; readonly mediaType: string; readonly base64: string };
			readonly detail?: "auto" | "low" | "high";
	  }
	| { readonly type: "audio"; readonly base64: string; readonly format: string }
	| {
			readonly type: "file";
			readonly name?: string;
			readonly mediaType?: string;
			readonly base64?: string;
			readonly fileId?: string;
	  };

export interface ToolCall {
	readonly id: string;
	readonly name: string;
	/** JSON text, exactly as the model wrote it. */
	readonly arguments: string;
	/** Opaque proof that some providers want back with the call (Gemini's thought signature). */
	readonly signature?: string;
}

/** One block of a model's thinking, kept so that it can be given back to its provider in a later turn. */
export interface Reasoning {
	/** Empty when the block is redacted, or when its provider shows no thinking. */
	readonly text: string;
	/**
	 * Opaque proof by which the provider knows its own thinking; of a redacted block, the encrypted
	 * thinking itself. A block without one means nothing to any provider and is not sent.
	 */
	readonly signature?: string;
	readonly isRedacted?: true;
	/** How many of the message's parts and tool calls, counted together in that order, stand before it. Absent: none. */
	readonly position?: number;
}

export type ChatMessage =
	| { readonly role: "system"; readonly parts: readonly ContentPart[] }
	| { readonly role: "user"; readonly parts: readonly ContentPart[]; readonly name?: string }
	| {
			readonly role: "assistant";
			readonly parts: readonly ContentPart[];
			readonly toolCalls: readonly ToolCall[];
			readonly refusal?: string;
			readonly reasoning?: readonly Reasoning[];
	  }
	| {
			readonly role: "tool";
			readonly callId: string;
			readonly parts: readonly ContentPart[];
			/** The tool failed, and `parts` say how. */
			readonly isError?: true;
	  };

export interface ToolDefinition {
	readonly name: string;
	readonly description?: string;
	/** JSON Schema of the arguments. */
	readonly parameters?: Readonly<Record<string, unknown>>;
	readonly strict?: boolean;
}

export type ToolChoice =
	| { readonly type: "auto" }
	| { readonly type: "none" }
	| { readonly type: "required" }
	| { readonly type: "tool"; readonly name: string };

export type ResponseFormat =
	| { readonly type: "text" }
	| { readonly type: "json" }
	| {
			readonly type: "json-schema";
			readonly name: string;
			readonly schema: Readonly<Record<string, unknown>>;
			readonly strict?: boolean;
	  };

export type ReasoningEffort = "none" | "minimal" | "low" | "medium" | "high";

export interface ChatCall {
	readonly messages: readonly ChatMessage[];
	readonly stream: boolean;
	readonly tools: readonly ToolDefinition[];
	readonly toolChoice?: ToolChoice;
	readonly parallelToolCalls?: boolean;
	readonly responseFormat: ResponseFormat;
	readonly reasoningEffort?: ReasoningEffort;
	/** Thinking tokens that the caller allows, where it says so in numbers; `reasoningEffort` is then their nearest. */
	readonly reasoningTokensMax?: number;
	/** How many alternative answers; 1 unless the client asked for more. */
	readonly choices: number;
	readonly maxOutputTokens?: number;
	readonly temperature?: number;
	readonly topP?: number;
	readonly frequencyPenalty?: number;
	readonly presencePenalty?: number;
	readonly seed?: number;
	readonly stop: readonly string[];
	readonly logprobs: boolean;
	readonly topLogprobs?: number;
	readonly user?: string;
	/** Top-level body fields that the canonical form has no place for, by name. A wire that cannot carry one refuses. */
	readonly other: Readonly<Record<string, unknown>>;
	/** Names of fields that were left out because an answer is right without them; the caller is told. */
	readonly omitted?: readonly string[];
}

/**
 * Token counts in one convention, whatever the provider's own.
 * `inputTokens` includes cache reads and writes, `outputTokens` includes reasoning.
 * An absent count was not reported; zero was reported as zero.
 */
export interface Usage {
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cachedInputTokens?: number;
	readonly cacheWriteTokens?: number;
	readonly reasoningTokens?: number;
	/** Written to a cache that lives an hour, which costs more; part of `cacheWriteTokens`. */
	readonly longCacheWriteTokens?: number;
	/** Part of `inputTokens` and of `outputTokens`. */
	readonly inputAudioTokens?: number;
	readonly outputAudioTokens?: number;
	readonly inputImageTokens?: number;
	readonly outputImageTokens?: number;
	/** What is sold by the piece and not by the token. */
	readonly images?: number;
	/** Which images, where the price depends on it: `quality/1024x1024` or `1024x1024`. */
	readonly imageVariant?: string;
	/** Spoken or heard, in milliseconds. */
	readonly audioMs?: number;
	/** Characters turned into speech. */
	readonly characters?: number;
	/** Searches of a reranker. */
	readonly searches?: number;
	/** True when the gateway counted because the provider gave no (complete) numbers. */
	readonly estimated: boolean;
}

export type EndReason = "stop" | "length" | "tool-calls" | "filtered";

/** What a model says, one event at a time. A whole answer is the same events without waiting. */
export type ChatEvent =
	| { readonly type: "start"; readonly id?: string; readonly model?: string }
	| { readonly type: "text"; readonly choice: number; readonly text: string }
	| { readonly type: "reasoning"; readonly choice: number; readonly text: string }
	/** Closes the block of thinking before it, whose proof comes whole; a redacted block is this event alone. See `Reasoning`. */
	| {
			readonly type: "reasoning-signature";
			readonly choice: number;
			readonly signature: string;
			readonly isRedacted?: true;
	  }
	| { readonly type: "refusal"; readonly choice: number; readonly text: string }
	| {
			readonly type: "tool-start";
			readonly choice: number;
			readonly index: number;
			readonly id: string;
			readonly name: string;
			/** See `ToolCall.signature`; OpenAI callers get and send it as `extra_content.google.thought_signature`. */
			readonly signature?: string;
	  }
	| {
			readonly type: "tool-arguments";
			readonly choice: number;
			readonly index: number;
			readonly text: string;
	  }
	| { readonly type: "usage"; readonly usage: Usage }
	| {
			readonly type: "end";
			readonly choice: number;
			readonly reason: EndReason;
			/** The one of `ChatCall.stop` that ended the answer, where the provider says which. */
			readonly stopSequence?: string;
	  }
	/** The provider reported a failure inside an answer that had begun with status 200. */
	| { readonly type: "error"; readonly message: string; readonly code?: string };

/** Events whose text a guard may read and edit. */
export type TextEvent = Extract<ChatEvent, { readonly text: string }>;

/**
 * One step of an answer: the events of one upstream event (or of the whole answer), with the
 * upstream's own JSON beside them, so that a caller of the same dialect gets it as it was.
 */
export interface Frame {
	readonly events: readonly ChatEvent[];
	readonly wire?: WireFrame;
}

export interface WireFrame {
	readonly dialect: Dialect;
	/** JSON text as received. */
	readonly data: string;
	/**
	 * The same JSON with the texts of `events` in place of the original ones. `events` are the frame's
	 * own, in order, edited ones replaced; a usage event is left out of the JSON when `keepUsage` is false.
	 */
	readonly rewrite: (events: readonly ChatEvent[], keepUsage: boolean) => string;
	/** Present when the wire names its events and says texts again once they are complete. */
	readonly typed?: TypedEvent;
	/** Present when `data` is not one JSON text but a piece of an answer that is no conversation. */
	readonly media?: {
		readonly contentType: string;
		/** The whole body, one server-sent event with its blank line, or a stretch of sound, one byte a character. */
		readonly form: "whole" | "event" | "bytes";
	};
}

/** What ties a typed event (OpenAI's Responses) to the texts that went before it. Plain data. */
export interface TypedEvent {
	/** As in the server-sent event's `event:` line. */
	readonly name: string;
	/** The run of text that each of the frame's events adds to, in order; undefined for events without text. */
	readonly runs: readonly (string | undefined)[];
	/** Leaves of `data` that say whole runs again: what left of those runs belongs there, not what was received. */
	readonly repeats: readonly {
		readonly path: readonly (string | number)[];
		readonly runs: readonly string[];
		/** As received. */
		readonly text: string;
	}[];
}
