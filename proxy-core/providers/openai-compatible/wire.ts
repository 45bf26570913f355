/** Names of the fields that are read from chat completions and their chunks; values are unproven. */
export type CompletionFields = "id" | "model" | "choices" | "usage" | "error" | "message" | "code";
export type ChoiceFields = "index" | "message" | "delta" | "finish_reason" | "logprobs" | "error";
export type MessageFields =
	| "content"
	| "refusal"
	| "reasoning_content"
	| "reasoning"
	| "reasoning_details"
	| "tool_calls"
	| "function_call"
	| "audio";
export type ToolCallFields = "index" | "id" | "type" | "function" | "custom" | "extra_content";
export type CalledFields = "name" | "arguments" | "input";
export type UsageFields =
	| "prompt_tokens"
	| "completion_tokens"
	| "total_tokens"
	| "prompt_tokens_details"
	| "completion_tokens_details"
	| "prompt_cache_hit_tokens"
	| "reasoning_tokens"
	| "num_search_queries";
export type UsageDetailFields =
	| "cached_tokens"
	| "cache_write_tokens"
	| "reasoning_tokens"
	| "audio_tokens";
