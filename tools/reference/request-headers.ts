/**
 * Request headers that change something, for the reference page. A test holds this list against the
 * names that the gateway's sources read.
 */
export const requestHeaderTable = {
	authorization: "`Bearer <key>`. Looked at after the four below.",
	"x-api-key": "The key, where Anthropic's SDK puts it.",
	"x-goog-api-key": "The key, where Google's SDK puts it.",
	"x-litellm-api-key": "The key, for clients that come from LiteLLM.",
	"api-key": "The key, where Azure's SDK puts it.",
	"content-type": "Must be JSON on requests with a body; anything else is refused with 415.",
	"content-length": "A body that is declared too large is refused before it is read.",
	"user-agent": "Kept with the request, up to 256 characters.",
	"x-llmproxy-tags": "Comma-separated labels for grouping requests.",
	"x-litellm-tags": "The same, when `x-llmproxy-tags` is absent.",
	"x-litellm-end-user-id": "The person on whose behalf the application asks.",
	"x-litellm-customer-id": "The same, when the one above is absent.",
	"helicone-user-id": "The same, when the two above are absent.",
	"x-llmproxy-session": "Names the conversation that the request belongs to.",
	"helicone-session-id": "The same, when `x-llmproxy-session` is absent.",
	"x-portkey-trace-id": "The same, when the two above are absent.",
} as const;
