import type { ProviderVariables } from "../../../lib/server/environment/provider-variables.ts";
import { providerVariables } from "../../../lib/server/environment/provider-variables.ts";
import type { ProviderId } from "../../../proxy-core/providers/registry.ts";
import { findProvider } from "../../../proxy-core/providers/registry.ts";
import type { Fields } from "./config-file.ts";
import type { ModelAddress } from "./model-address.ts";
import { settingVariables } from "./provider-names.ts";
import { textOf } from "./values.ts";
import type { Variables } from "./variables.ts";

/** One way to reach one upstream: what a configured provider is. */
export interface Connection {
	readonly kind: ProviderId;
	/** As the provider's schema gives them back, secrets included. */
	readonly settings: Fields;
	/** What its id is made from. */
	readonly slug: string;
}

export type Connected =
	| { readonly connection: Connection; readonly reason?: never }
	| { readonly reason: string; readonly connection?: never };

export interface ConnectInput {
	readonly params: Fields;
	readonly address: ModelAddress;
	readonly variables: Variables;
	/** Content of a file named in the configuration; undefined when it cannot be read. */
	readonly readFile: (path: string) => string | undefined;
}

/** LiteLLM's parameters for each of our settings, where they are not called the same everywhere. */
const parameters: Readonly<Record<string, readonly string[]>> = {
	apiKey: ["api_key"],
	baseUrl: ["api_base", "base_url", "aws_bedrock_runtime_endpoint"],
	apiVersion: ["api_version"],
	accessKeyId: ["aws_access_key_id"],
	secretAccessKey: ["aws_secret_access_key"],
	sessionToken: ["aws_session_token"],
	region: ["aws_region_name", "region_name"],
	project: ["vertex_project", "vertex_ai_project"],
	location: ["vertex_location", "vertex_ai_location"],
	serviceAccountKey: ["vertex_credentials", "vertex_ai_credentials"],
	accountId: ["account_id"],
};
const keyHint = "No API key: set api_key or the provider's usual variable";

/** The provider that a deployment needs, or why there can be none. */
export function connect(input: ConnectInput): Connected {
	const { params, variables, address } = input;
	const { kind } = kindOf(input);
	const provider = findProvider(kind);
	if (provider === undefined) return { reason: `There is no provider of the kind ${kind}.` };
	const names = Object.keys(provider.settings.shape);
	const given: Record<string, unknown> = {};
	for (const name of names) {
		const value =
			(parameters[name] ?? []).map((param) => textOf(params[param])).find(isThere) ??
			settingOf(address, name) ??
			fromVariables({ kind, setting: name, address, variables });
		if (value !== undefined) given[name] = value;
	}
	const parsed = provider.settings.safeParse(adapted(kind, given, input));
	if (parsed.success) {
		return { connection: { kind, settings: parsed.data, slug: slugOf(kind, parsed.data) } };
	}
	const issue = parsed.error.issues[0];
	const field = String(issue?.path[0] ?? "");
	return {
		reason:
			field === "apiKey" && given["apiKey"] === undefined
				? `${keyHint}${variableHint(kind)}.`
				: `${field}: ${issue?.message ?? "does not fit the provider"}`,
	};
}

/** Another host under OpenAI's name speaks its wire and is something else. */
function kindOf({ address, params, variables }: ConnectInput): { readonly kind: ProviderId } {
	if (address.kind !== "openai") return { kind: address.kind };
	const base = textOf(params["api_base"]) ?? textOf(params["base_url"]);
	const url = base ?? variables("OPENAI_BASE_URL") ?? variables("OPENAI_API_BASE");
	const host = url === undefined ? "api.openai.com" : URL.parse(url)?.hostname;
	return { kind: host === "api.openai.com" ? "openai" : "openai-compatible" };
}

function settingOf(address: ModelAddress, name: string): string | undefined {
	if (name === "region") return address.region;
	return name === "baseUrl" ? address.baseUrl : undefined;
}

interface Wanted {
	readonly kind: ProviderId;
	readonly setting: string;
	readonly address: ModelAddress;
	readonly variables: Variables;
}

function fromVariables({ kind, setting, address, variables }: Wanted): string | undefined {
	const rows: readonly ProviderVariables[] = providerVariables;
	const row = rows.find(({ provider }) => provider === kind);
	const usual = row?.sources.find((source) => source.setting === setting)?.names ?? [];
	const others = settingVariables.get(address.provider)?.[setting] ?? [];
	const keys = setting === "apiKey" ? (address.keyVariables ?? []) : [];
	return [...keys, ...usual, ...others].map(variables).find(isThere);
}

function variableHint(kind: ProviderId): string {
	const rows: readonly ProviderVariables[] = providerVariables;
	const row = rows.find(({ provider }) => provider === kind);
	const name = row?.sources.find((source) => source.setting === "apiKey")?.names[0];
	return name === undefined ? "" : ` (${name})`;
}

/** LiteLLM is given some addresses and credentials in other forms. */
function adapted(kind: ProviderId, given: Fields, input: ConnectInput): Fields {
	const baseUrl = textOf(given["baseUrl"]);
	switch (kind) {
		case "azure": {
			const origin = baseUrl === undefined ? undefined : URL.parse(baseUrl)?.origin;
			const version = textOf(given["apiVersion"]);
			return {
				...given,
				...(origin !== undefined && { baseUrl: origin }),
				...(version !== undefined && /^(latest|preview)$/.test(version) && { apiVersion: "v1" }),
			};
		}
		case "anthropic":
			return baseUrl === undefined
				? given
				: { ...given, baseUrl: baseUrl.replace(/\/v1(\/messages)?\/?$/, "") };
		case "vertex": {
			const credentials = textOf(given["serviceAccountKey"]);
			if (credentials === undefined || credentials.startsWith("{")) return given;
			return { ...given, serviceAccountKey: input.readFile(credentials) ?? credentials };
		}
		case "cloudflare": {
			const account = /\/accounts\/([\w-]+)/.exec(baseUrl ?? "")?.[1];
			if (account === undefined) return given;
			const { baseUrl: _path, ...rest } = given;
			return { ...rest, accountId: account };
		}
		case "openai-compatible":
		case "vllm":
		case "lmstudio":
		case "llamacpp":
			// Placeholders that people write because the field must not be empty.
			return /^(none|null|empty|fake-key|dummy|-)$/i.test(textOf(given["apiKey"]) ?? "")
				? { ...given, apiKey: undefined }
				: given;
		default:
			return given;
	}
}

function slugOf(kind: ProviderId, settings: Fields): string {
	if (kind !== "openai-compatible") return kind;
	const host = URL.parse(String(settings["baseUrl"]))?.hostname ?? "";
	const slug = host
		.replace(/^(api|www)\./, "")
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, "-")
		.replaceAll(/^-+|-+$/g, "")
		.slice(0, 36);
	return slug === "" ? "openai-compatible" : slug;
}

function isThere(value: string | undefined): value is string {
	return value !== undefined;
}
