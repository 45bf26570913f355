import { findProvider } from "../../../proxy-core/providers/registry.ts";
import { parseHttpUrl, parseList } from "./variable.ts";

/** A provider that the environment asks for. `settings` holds secrets and is never logged. */
export interface EnvironmentProvider {
	readonly id: string;
	readonly kind: string;
	readonly settings: Readonly<Record<string, string>>;
	/** Undefined: the kind's suggested models, or what the upstream lists. */
	readonly models: readonly string[] | undefined;
}

export interface EnvironmentProblem {
	readonly name: string;
	/** What was given, without secrets. */
	readonly given: string;
	readonly message: string;
}

/** The variables that describe any other endpoint, for the reference page. */
export const endpointVariables = {
	URL: "Registers the provider `<name>` at this address, which the operator thereby allows.",
	MODELS: "Its models, comma separated. Without it the endpoint is asked.",
	KEY: "Its API key.",
	PROVIDER: "The kind of provider that speaks its wire; `openai-compatible` unless set.",
} as const;
type Part = keyof typeof endpointVariables;

const pattern = /^LLMPROXY_ENDPOINT_([A-Z0-9][A-Z0-9_]{0,38})_(URL|MODELS|KEY|PROVIDER)$/;

export function isEndpointVariable(name: string): boolean {
	return pattern.test(name);
}

type Raw = Partial<Record<Part, string>>;

function group(env: Readonly<Record<string, string>>): Map<string, Raw> {
	const endpoints = new Map<string, Raw>();
	for (const [name, value] of Object.entries(env)) {
		const [, endpoint, part] = pattern.exec(name) ?? [];
		if (endpoint === undefined) continue;
		endpoints.set(endpoint, { ...endpoints.get(endpoint), [part as Part]: value.trim() });
	}
	return endpoints;
}

/** Reads `LLMPROXY_ENDPOINT_<NAME>_…`; problems are collected, not thrown. */
export function readEndpoints(env: Readonly<Record<string, string>>): {
	readonly providers: readonly EnvironmentProvider[];
	readonly problems: readonly EnvironmentProblem[];
} {
	const providers: EnvironmentProvider[] = [];
	const problems: EnvironmentProblem[] = [];
	for (const [endpoint, raw] of group(env)) {
		const prefix = `LLMPROXY_ENDPOINT_${endpoint}`;
		const url = raw.URL === undefined ? undefined : parseHttpUrl(raw.URL);
		const kind = raw.PROVIDER ?? "openai-compatible";
		if (url === undefined) {
			problems.push({
				name: `${prefix}_URL`,
				given: raw.URL === undefined ? "nothing" : "something else",
				message: "expected an http(s) address without credentials or query",
			});
		}
		if (findProvider(kind) === undefined) {
			problems.push({
				name: `${prefix}_PROVIDER`,
				given: JSON.stringify(kind),
				message: "expected a kind of provider, such as openai-compatible or anthropic",
			});
		}
		if (url === undefined) continue;
		providers.push({
			id: endpoint.toLowerCase().replaceAll("_", "-").replace(/-+$/, ""),
			kind,
			settings: { baseUrl: url, ...(raw.KEY === undefined ? {} : { apiKey: raw.KEY }) },
			models: raw.MODELS === undefined ? undefined : parseList(raw.MODELS),
		});
	}
	return { providers, problems };
}
