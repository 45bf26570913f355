import type { Turn as MergedTurn } from "../shared/merge-turns.ts";

/** Amazon Bedrock's Converse API: what is sent, and the names that are read. */
export type Block =
	| { readonly text: string }
	| { readonly image: { readonly format: string; readonly source: { readonly bytes: string } } }
	| {
			readonly document: {
				readonly format: string;
				readonly name: string;
				readonly source: { readonly bytes: string };
			};
	  }
	| {
			readonly toolUse: {
				readonly toolUseId: string;
				readonly name: string;
				readonly input: unknown;
			};
	  }
	| {
			readonly toolResult: {
				readonly toolUseId: string;
				readonly content: readonly Block[];
				readonly status?: "error";
			};
	  }
	| {
			readonly reasoningContent:
				| { readonly reasoningText: { readonly text: string; readonly signature: string } }
				| { readonly redactedContent: string };
	  };

export type Turn = MergedTurn<Block>;

export type AnswerFields = "output" | "stopReason" | "usage";
export type EventFields = "start" | "delta" | "contentBlockIndex" | "stopReason" | "usage";
export type BlockFields = "text" | "toolUse" | "reasoningContent";
export type ReasoningFields = "text" | "reasoningText" | "signature" | "redactedContent";
export type ToolUseFields = "toolUseId" | "name" | "input";
export type UsageFields =
	| "inputTokens"
	| "outputTokens"
	| "cacheReadInputTokens"
	| "cacheWriteInputTokens"
	| "cacheDetails";
