/** Ollama's native `/api/chat`: what is sent, and the names that are read. */
export interface OllamaMessage {
	readonly role: "system" | "user" | "assistant" | "tool";
	readonly content: string;
	/** Base64, without a data URL's head. */
	readonly images?: readonly string[];
	readonly tool_calls?: readonly {
		readonly id?: string;
		readonly function: { readonly name: string; readonly arguments: unknown };
	}[];
	readonly tool_name?: string;
	readonly tool_call_id?: string;
}

export type AnswerFields =
	| "model"
	| "created_at"
	| "message"
	| "done"
	| "done_reason"
	| "prompt_eval_count"
	| "eval_count"
	| "error";
export type MessageFields = "content" | "thinking" | "tool_calls";
export type CallFields = "id" | "function";
export type FunctionFields = "name" | "arguments";
