import type { ConfigFile } from "./config-file.ts";
import type { Notes } from "./notes.ts";
import { streamTimeoutReason } from "./plan-settings.ts";
import { fieldsOf, textOf } from "./values.ts";

/** Settings that another part of the import reads. */
const handled: ReadonlySet<string> = new Set([
	"router_settings.routing_strategy",
	"router_settings.model_group_alias",
	"router_settings.retry_after",
	"router_settings.disable_cooldowns",
	"router_settings.provider_budget_config",
	"litellm_settings.cache",
	"litellm_settings.cache_params",
	"litellm_settings.max_budget",
	"litellm_settings.budget_duration",
	"litellm_settings.max_internal_user_budget",
	"litellm_settings.internal_user_budget_duration",
	"litellm_settings.tag_budget_config",
	"litellm_settings.request_timeout",
	"general_settings.global_max_parallel_requests",
	"general_settings.master_key",
	...[
		...["num_retries", "allowed_fails", "cooldown_time", "timeout", "stream_timeout"],
		...["fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks"],
	].flatMap((name) => [`router_settings.${name}`, `litellm_settings.${name}`]),
]);

/** What has no counterpart, and why that does no harm or what to do instead. */
const reasons: readonly (readonly [pattern: RegExp, reason: string])[] = [
	[
		/\.(set_verbose|json_logs|debug_level|log_level|disable_spend_logs)$/,
		"logging is set by LLMPROXY_LOG_LEVEL",
	],
	[
		/\.drop_params$/,
		"nothing is dropped in silence: what a provider cannot express is refused with 400",
	],
	[
		/\.modify_params$/,
		"requests are not rewritten; what a provider cannot express is refused with 400",
	],
	[
		/\.(success_callback|failure_callback|callbacks|service_callback|audit_log_callbacks)$/,
		"requests are in the ledger and on /metrics; there are no callbacks",
	],
	[
		/(langfuse|langsmith|otel|datadog|prometheus|sentry|slack|alert)/,
		"requests are in the ledger and on /metrics; there are no exporters to it",
	],
	[/^router_settings\.redis_|\.(redis|cache)_/, "nodes share what they must through PostgreSQL"],
	[
		/^general_settings\.(database_|store_model_in_db|supported_db_objects|proxy_batch)/,
		"the database is this installation's own",
	],
	[/\.(proxy_budget_rescheduler_.*|proxy_config_.*)$/, "budgets need no schedule"],
	[/retry_policy$/, "retries do not differ by error; they are never made where they cannot help"],
	[
		/\.(enable_pre_call_checks|optional_pre_call_checks)$/,
		"use fallbacks for the context window; sessions can be sticky per route",
	],
	[
		/\.(max_end_user_budget|max_end_user_budget_id)$/,
		"budgets count persons of the console, keys and tags, not an application's end users",
	],
	[
		/\.(default_internal_user_params|default_team_params|default_team_settings|default_key_generate_params|upperbound_key_generate_params|key_generation_settings)$/,
		"keys and persons have no such templates",
	],
	[
		/\.(guardrails|content_moderation|llm_guard|banned_keywords|presidio)/,
		"guards are chosen in the settings",
	],
	[/(callback|sso|jwt|oauth|custom_auth|ui_)/, "people sign in to the console"],
	[/\.(enable_tag_filtering|tag_filtering_match_any)$/, "requests are not routed by tags"],
	[
		/\.(max_parallel_requests|default_max_parallel_requests)$/,
		"deployments have no limit of requests at once; make one on a model under Budgets",
	],
];
const elsewhere: Readonly<Record<string, string>> = {
	guardrails: "guards are chosen in the settings",
	mcp_servers: "MCP servers are not served",
	files_settings: "files and batches are not served",
	finetune_settings: "fine-tuning is not served",
	vector_store_registry: "vector stores are not served",
	search_tools: "search tools are not served",
	include: "other files are not followed; import each of them too",
	callback_settings: "there are no callbacks",
	assistant_settings: "assistants are not served",
};
const sections = ["litellm_settings", "router_settings", "general_settings"] as const;
const known = new Set<string>([
	"model_list",
	"environment_variables",
	"credential_list",
	...sections,
]);

/** Says of everything that nothing else reads why it was not carried over. */
export function noteLeftovers(config: ConfigFile, notes: Notes): void {
	for (const section of sections) {
		for (const name of Object.keys(fieldsOf(config.value[section]))) {
			const place = `${section}.${name}`;
			if (handled.has(place)) continue;
			const reason = reasons.find(([pattern]) => pattern.test(place))?.[1];
			notes.left([section, name], `${reason ?? "has no counterpart here"}.`);
		}
	}
	for (const name of Object.keys(config.value)) {
		if (!known.has(name)) {
			notes.left([name], `${elsewhere[name] ?? "has no counterpart here"}.`);
		}
	}
	noteMasterKey(config, notes);
	noteStreamTimeouts(config, notes);
}

function noteMasterKey(config: ConfigFile, notes: Notes): void {
	const key = fieldsOf(config.value["general_settings"])["master_key"];
	if (textOf(key) === undefined) return;
	notes.left(
		["general_settings", "master_key"],
		"people sign in to the console instead; --with-keys keeps it as a key for applications.",
	);
}

function noteStreamTimeouts(config: ConfigFile, notes: Notes): void {
	const list = config.value["model_list"];
	for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
		const params = fieldsOf(fieldsOf(entry)["litellm_params"]);
		if (params["stream_timeout"] == null) continue;
		notes.left(["model_list", index, "litellm_params", "stream_timeout"], streamTimeoutReason);
	}
}
