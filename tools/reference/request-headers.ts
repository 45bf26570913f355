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
	"x-litellm-num-retries": "Fewer retries of one target than configured; never more.",
	"x-portkey-retry-count": "The same, in Portkey's name; the lower of the two counts.",
	"x-litellm-timeout":
		"Seconds for the whole answer, of a stream for its first byte; never more than configured.",
	"x-portkey-request-timeout": "The same in milliseconds; the lower of the two counts.",
	"x-litellm-stream-timeout": "Seconds to a stream's first byte; never more than configured.",
	"cache-control":
		"`max-age` asks for an answer from memory, `no-cache` for a new one, `no-store` keeps nothing.",
	"x-llmproxy-sign": "`true` asks for a signed answer.",
	"x-llmproxy-cache": "`true` asks for an answer from memory.",
	"x-llmproxy-cache-namespace": "Keeps answers apart that would otherwise be one.",
	"helicone-cache-enabled": "`true` asks for an answer from memory.",
	"x-portkey-cache-namespace": "The same as `x-llmproxy-cache-namespace`.",
	"x-portkey-cache-force-refresh": "`true`: a new answer.",
	"cf-aig-cache-ttl": "Seconds; asks for an answer from memory no older than that.",
	"cf-aig-skip-cache": "`true`: nothing is kept.",
	"idempotency-key":
		"The same key with the same body gets the same answer for a day, on the node that saw it.",
	"anthropic-version":
		"Goes on to Anthropic's targets; on `/v1/models` it chooses Anthropic's shape.",
	"anthropic-beta": "Goes on to Anthropic's targets.",
	"x-llmproxy-tags": "Comma-separated labels for grouping requests, in front of all others.",
	"x-litellm-tags": "The same, when `x-llmproxy-tags` is absent.",
	"x-litellm-spend-logs-metadata":
		"JSON object; each text, number and boolean is the tag `name:value`.",
	"x-portkey-metadata": "The same; `_user` is the end user as well.",
	"cf-aig-metadata": "The same; `user` is the end user as well.",
	"helicone-property-*": "The tag `name:value`, with the rest of the header's name.",
	"helicone-session-name": "The tag `session-name:…`.",
	"helicone-session-path": "The tag `session-path:…`.",
	"x-litellm-end-user-id": "The person on whose behalf the application asks.",
	"x-litellm-customer-id": "The same, when the one above is absent.",
	"helicone-user-id": "The same, when the two above are absent.",
	"x-llmproxy-session": "Names the conversation that the request belongs to.",
	"x-litellm-session-id": "The same, when `x-llmproxy-session` is absent.",
	"x-litellm-trace-id": "The same, when the two above are absent.",
	"helicone-session-id": "The same, when the three above are absent.",
	"x-portkey-trace-id": "The same, when the four above are absent.",
} as const;
