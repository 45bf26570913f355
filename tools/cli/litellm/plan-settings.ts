import type { ConfigFile, Fields, Path } from "./config-file.ts";
import type { PlannedSettings } from "./import-plan.ts";
import type { Notes } from "./notes.ts";
import { fieldsOf, millisecondsOf, numberOf, textOf } from "./values.ts";

export interface SettingsInput {
	readonly config: ConfigFile;
	/** The first target that a model's name leads to. */
	readonly targetOfName: (name: string) => string | undefined;
	readonly notes: Notes;
}

const timeoutBounds = { min: 1000, max: 1_800_000 };

/** What LiteLLM's sections say about retries, timeouts, breakers and the cache. */
export function planSettings(input: SettingsInput): PlannedSettings {
	return { routing: routing(input), timeouts: timeouts(input), cache: cache(input) };
}

/** The router's own value counts before the library's. */
function find(
	config: ConfigFile,
	router: string,
	library = router,
): { readonly value: unknown; readonly path: Path } | undefined {
	const places: readonly Path[] = [
		["router_settings", router],
		["litellm_settings", library],
	];
	for (const path of places) {
		const [section = "", name = ""] = path;
		const value = fieldsOf(config.value[section])[name];
		if (value != null) return { value, path };
	}
	return undefined;
}

function routing({ config, notes }: SettingsInput): PlannedSettings["routing"] {
	const router = fieldsOf(config.value["router_settings"]);
	const retries = numberOf(find(config, "num_retries")?.value);
	const fails = numberOf(find(config, "allowed_fails")?.value);
	const openMs = millisecondsOf(find(config, "cooldown_time")?.value, { min: 100, max: 3_600_000 });
	const backoffBaseMs = millisecondsOf(router["retry_after"], { min: 10, max: 60_000 });
	const isOff = router["disable_cooldowns"] === true;
	if (retries !== undefined && retries > 10) {
		notes.changed(["router_settings", "num_retries"], "10 retries are the most.");
	}
	if (fails !== undefined && !isOff) {
		notes.changed(
			find(config, "allowed_fails")?.path ?? [],
			"Failures count in a row here, not per minute.",
		);
	}
	const failuresToOpen = isOff ? 0 : fails === undefined ? undefined : Math.round(fails) + 1;
	return {
		...(retries !== undefined && { retries: Math.min(10, Math.max(0, Math.round(retries))) }),
		...(failuresToOpen !== undefined && {
			failuresToOpen: Math.min(1000, Math.max(0, failuresToOpen)),
		}),
		...(openMs !== undefined && { openMs }),
		...(backoffBaseMs !== undefined && { backoffBaseMs }),
	};
}

function timeouts({ config, notes }: SettingsInput): PlannedSettings["timeouts"] {
	const total = find(config, "timeout", "request_timeout");
	const stream = find(config, "stream_timeout");
	if (stream !== undefined) {
		notes.left(stream.path, streamTimeoutReason);
	}
	const totalMs = millisecondsOf(total?.value, { min: 1000, max: 7_200_000 });
	const firstByteMs = millisecondsOf(total?.value, timeoutBounds);
	return {
		...(totalMs !== undefined && { totalMs }),
		...(firstByteMs !== undefined && { firstByteMs }),
	};
}

/** Why a limit for the first part of a stream has no place of its own. */
export const streamTimeoutReason =
	"The time to the first byte is limited for streams and whole answers alike, so a shorter one for streams would cut answers off; set it per target under Endpoints.";

const semanticTypes = ["redis-semantic", "qdrant-semantic", "valkey-semantic"];

function cache(input: SettingsInput): PlannedSettings["cache"] {
	const { config, notes } = input;
	const settings = fieldsOf(config.value["litellm_settings"]);
	if (settings["cache"] !== true) return {};
	const params = fieldsOf(settings["cache_params"]);
	const path: Path = ["litellm_settings", "cache_params"];
	const type = textOf(params["type"]) ?? "redis";
	if (type !== "local") {
		notes.changed(path, `Answers are kept in the memory of each node, not in ${type}.`);
	}
	const handled =
		/^(type|ttl|default_in_memory_ttl|mode|similarity_threshold|host|port|password|url|ssl|namespace|supported_call_types|.*semantic_cache.*|redis_.*|qdrant_.*|s3_.*|gcs_.*)$/;
	const rest = Object.keys(params).filter((name) => !handled.test(name));
	if (rest.length > 0) notes.left(path, `${rest.join(", ")} — the cache has no such settings.`);
	if (params["supported_call_types"] !== undefined) {
		notes.left(path, "supported_call_types — every endpoint that can be answered from memory is.");
	}
	const ttl = numberOf(params["ttl"]) ?? numberOf(params["default_in_memory_ttl"]);
	const mode = textOf(params["mode"]) === "default_off" ? "on-request" : "on";
	return {
		mode,
		...(ttl !== undefined &&
			ttl > 0 && { ttlSeconds: Math.min(2_592_000, Math.max(1, Math.round(ttl))) }),
		...(semanticTypes.includes(type) && semantic(params, path, input)),
	};
}

function semantic(
	params: Fields,
	path: Path,
	{ notes, targetOfName }: SettingsInput,
): Pick<PlannedSettings["cache"], "semantic"> {
	const field = Object.keys(params).find((param) =>
		param.endsWith("semantic_cache_embedding_model"),
	);
	const name = textOf(params[field ?? ""]);
	const model = name === undefined ? undefined : targetOfName(name);
	if (model === undefined) {
		notes.left(path, `The semantic cache: its embedding model ${name ?? ""} is not in model_list.`);
		return {};
	}
	const threshold = numberOf(params["similarity_threshold"]);
	if (threshold !== undefined && threshold < 0.5) {
		notes.changed(path, "similarity_threshold: 0.5 is the least.");
	}
	return {
		semantic: {
			isOn: true,
			model,
			...(threshold !== undefined && { threshold: Math.min(1, Math.max(0.5, threshold)) }),
		},
	};
}
