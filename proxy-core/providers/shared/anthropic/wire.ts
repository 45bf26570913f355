import type { Turn as MergedTurn } from "../merge-turns.ts";

/** Anthropic Messages API, version 2023-06-01: what is sent, and the names that are read. */
export type Block =
	| { readonly type: "text"; readonly text: string }
	| { readonly type: "image"; readonly source: Source }
	| { readonly type: "document"; readonly source: Source; readonly title?: string }
	| {
			readonly type: "tool_use";
			readonly id: string;
			readonly name: string;
			readonly input: unknown;
	  }
	| {
			readonly type: "tool_result";
			readonly tool_use_id: string;
			readonly content: string | readonly Block[];
			readonly is_error?: true;
	  }
	| { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
	| { readonly type: "redacted_thinking"; readonly data: string };

export type Source =
	| { readonly type: "base64"; readonly media_type: string; readonly data: string }
	| { readonly type: "text"; readonly media_type: "text/plain"; readonly data: string }
	| { readonly type: "url"; readonly url: string };

export type Turn = MergedTurn<Block>;

export interface MessagesRequest {
	readonly model: string;
	readonly max_tokens: number;
	readonly messages: readonly Turn[];
	readonly system?: readonly Block[];
	readonly stream?: true;
	readonly tools?: readonly unknown[];
	readonly tool_choice?: Readonly<Record<string, unknown>>;
	readonly stop_sequences?: readonly string[];
	readonly temperature?: number;
	readonly top_p?: number;
	readonly thinking?: Readonly<Record<string, unknown>>;
	readonly output_config?: Readonly<Record<string, unknown>>;
	readonly metadata?: { readonly user_id: string };
}

export type MessageFields =
	| "id"
	| "model"
	| "content"
	| "stop_reason"
	| "stop_sequence"
	| "usage"
	| "type"
	| "error";
export type EventFields =
	| "type"
	| "index"
	| "message"
	| "content_block"
	| "delta"
	| "usage"
	| "error";
export type BlockFields =
	| "type"
	| "text"
	| "thinking"
	| "signature"
	| "data"
	| "id"
	| "name"
	| "input";
export type DeltaFields =
	| "type"
	| "text"
	| "thinking"
	| "signature"
	| "partial_json"
	| "stop_reason"
	| "stop_sequence";
export type UsageFields =
	| "input_tokens"
	| "output_tokens"
	| "cache_creation_input_tokens"
	| "cache_read_input_tokens"
	| "cache_creation"
	| "output_tokens_details";
