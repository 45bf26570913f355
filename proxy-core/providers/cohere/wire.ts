/** Cohere's Chat API, version 2: what is sent, and the names that are read. */
export type Part =
	| { readonly type: "text"; readonly text: string }
	| {
			readonly type: "image_url";
			readonly image_url: { readonly url: string; readonly detail?: "auto" | "low" | "high" };
	  };

export type Message =
	| { readonly role: "system"; readonly content: string | readonly Part[] }
	| { readonly role: "user"; readonly content: string | readonly Part[] }
	| {
			readonly role: "assistant";
			readonly content?: string | readonly Part[];
			readonly tool_calls?: readonly {
				readonly id: string;
				readonly type: "function";
				readonly function: { readonly name: string; readonly arguments: string };
			}[];
	  }
	| {
			readonly role: "tool";
			readonly tool_call_id: string;
			readonly content: string | readonly Part[];
	  };

export type AnswerFields = "id" | "message" | "finish_reason" | "usage";
export type EventFields = "type" | "id" | "index" | "delta" | "message";
export type DeltaFields = "message" | "finish_reason" | "usage" | "error";
export type MessageFields = "content" | "tool_plan" | "tool_calls";
export type PartFields = "type" | "text" | "thinking";
export type CallFields = "id" | "function";
export type FunctionFields = "name" | "arguments";
export type UsageFields = "billed_units" | "tokens" | "cached_tokens";
export type CountFields = "input_tokens" | "output_tokens";
