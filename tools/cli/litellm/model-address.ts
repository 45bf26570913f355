import type { PriceCatalogue } from "../../../proxy-core/pricing/price-catalogue.ts";
import type { ProviderId } from "../../../proxy-core/providers/registry.ts";
import type { Fields } from "./config-file.ts";
import { bareNameKinds, knownProviders } from "./provider-names.ts";
import { textOf } from "./values.ts";

/** Which upstream and which of its models `litellm_params.model` names. */
export interface ModelAddress {
	readonly kind: ProviderId;
	/** The upstream's own name; may hold one `*`. */
	readonly model: string;
	readonly region?: string;
	readonly baseUrl?: string;
	readonly keyVariables?: readonly string[];
	/** LiteLLM's name of the provider, for its budgets. */
	readonly provider: string;
}

export type Located =
	| { readonly address: ModelAddress; readonly reason?: never }
	| { readonly reason: string; readonly address?: never };

const awsRegion = /^[a-z]{2}(-[a-z]+){1,3}-\d{1,2}$/;

/** Reads `provider/model`, `provider` beside it, or a bare name that LiteLLM knows the provider of. */
export function locateModel(params: Fields, catalogue: Pick<PriceCatalogue, "find">): Located {
	const name = textOf(params["model"]) ?? "";
	const stated = textOf(params["custom_llm_provider"]);
	const slash = name.indexOf("/");
	const first = slash === -1 ? undefined : name.slice(0, slash);
	if (stated !== undefined) {
		return named(stated, first === stated ? name.slice(slash + 1) : name, params);
	}
	if (first !== undefined && (knownProviders.has(first) || !hasBase(params))) {
		return named(first, name.slice(slash + 1), params);
	}
	if (name === "*")
		return {
			reason: "A * for every model of every provider has no counterpart; name the providers.",
		};
	if (hasBase(params)) return named("openai_like", name, params);
	const kind = bareNameKinds.find((candidate) => catalogue.find(candidate, name) !== undefined);
	if (kind !== undefined) return named(kind, name, params);
	return { reason: `Nobody knows which provider serves ${name}; write provider/model.` };
}

function hasBase(params: Fields): boolean {
	return (textOf(params["api_base"]) ?? textOf(params["base_url"])) !== undefined;
}

function named(provider: string, rest: string, params: Fields): Located {
	const known = knownProviders.get(provider);
	if (known === undefined && hasBase(params)) {
		return { address: { kind: "openai-compatible", model: rest, provider } };
	}
	if (known === undefined) {
		return {
			reason: `There is no provider ${provider} here; with api_base it is taken as OpenAI-compatible.`,
		};
	}
	const { keyVariables, baseUrl } = known;
	return {
		address: {
			kind: known.kind,
			provider,
			...modelOf(known.kind, rest),
			...(keyVariables !== undefined && { keyVariables }),
			...(baseUrl !== undefined && { baseUrl }),
		},
	};
}

/** Words between provider and model choose a way of LiteLLM's own; ours follows from the model. */
function modelOf(kind: ProviderId, rest: string): Pick<ModelAddress, "model" | "region"> {
	const model = rest.replace(/^(responses|converse|invoke|chat)\//, "");
	if (kind !== "bedrock") return { model };
	const [first = "", ...others] = model.split("/");
	return awsRegion.test(first) && others.length > 0
		? { model: others.join("/"), region: first }
		: { model };
}
