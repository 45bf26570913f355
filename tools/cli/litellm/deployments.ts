import type { ModelPrice } from "../../../lib/contracts/prices.ts";
import type { PriceCatalogue } from "../../../proxy-core/pricing/price-catalogue.ts";
import type { ConfigFile, Fields, Path } from "./config-file.ts";
import type { Connection } from "./connection.ts";
import { connect } from "./connection.ts";
import type { ModelAddress } from "./model-address.ts";
import { locateModel } from "./model-address.ts";
import type { Notes } from "./notes.ts";
import { customPrice } from "./price.ts";
import { fieldsOf, numberOf, textOf, textsOf } from "./values.ts";
import type { Variables } from "./variables.ts";
import { resolveVariables } from "./variables.ts";

/** One entry of `model_list` that can be carried over. */
export interface Deployment {
	/** `model_name`: what callers ask for. */
	readonly name: string;
	readonly connection: Connection;
	readonly address: ModelAddress;
	/** With credentials and variables filled in. */
	readonly params: Fields;
	readonly price: ModelPrice | undefined;
	readonly priceNote: string;
	readonly accessGroups: readonly string[];
	readonly path: Path;
}

export interface Surroundings {
	readonly config: ConfigFile;
	readonly variables: Variables;
	readonly catalogue: PriceCatalogue;
	readonly readFile: (path: string) => string | undefined;
	readonly notes: Notes;
}

/** Read here or by another part of the import, or without a meaning here. */
const understood =
	/^(model|custom_llm_provider|api_key|api_base|base_url|api_version|aws_(access_key_id|secret_access_key|session_token|region_name|bedrock_runtime_endpoint)|region_name|(vertex|vertex_ai)_(project|location|credentials)|account_id|weight|rpm|tpm|order|timeout|stream_timeout|max_retries|num_retries|max_budget|budget_duration|litellm_credential_name|use_in_pass_through|merge_reasoning_content_in_choices|drop_params|tags)$|_cost(_per_|$)|_cost_above_/;

/** What is in the way of carrying an entry over is noted, and the entry left out. */
export function readDeployments(around: Surroundings): readonly Deployment[] {
	const list = around.config.value["model_list"];
	const credentials = readCredentials(around.config.value);
	return (Array.isArray(list) ? list : []).flatMap((entry: Fields, index) => {
		const path = ["model_list", index];
		return readOne(entry, { ...around, path, credentials }) ?? [];
	});
}

interface Place extends Surroundings {
	readonly path: Path;
	readonly credentials: ReadonlyMap<string, Fields>;
}

function readOne(entry: Fields, place: Place): Deployment | undefined {
	const { variables, catalogue, readFile, notes, path, credentials } = place;
	const own = fieldsOf(entry["litellm_params"]);
	const info = fieldsOf(entry["model_info"]);
	const name = String(entry["model_name"]);
	const credential = textOf(own["litellm_credential_name"]);
	if (credential !== undefined && !credentials.has(credential)) {
		notes.left(path, `${name}: there is no credential ${credential} in credential_list.`);
		return undefined;
	}
	const shared = credentials.get(credential ?? "") ?? {};
	const { fields: params, missing } = resolveVariables({ ...shared, ...own }, variables);
	if (missing.length > 0) {
		notes.left(path, `${name}: not set in the environment: ${missing.join(", ")}.`);
		return undefined;
	}
	const { address, reason } = locateModel(params, catalogue);
	if (address === undefined) {
		notes.left(path, `${name}: ${reason}`);
		return undefined;
	}
	const connected = connect({ params, address, variables, readFile });
	if (connected.connection === undefined) {
		notes.left(path, `${name}: ${connected.reason}`);
		return undefined;
	}
	tellOfTheRest(own, { notes, path, name });
	warnOfMissingKey(connected.connection, { address, place, name });
	return {
		name,
		path,
		params,
		address,
		connection: connected.connection,
		accessGroups: textsOf(info["access_groups"]),
		...priceOf({ ...info, ...params }, { address, catalogue, notes, path, name }),
	};
}

interface Named {
	readonly notes: Notes;
	readonly path: Path;
	readonly name: string;
}

function tellOfTheRest(params: Fields, { notes, path, name }: Named): void {
	const rest = Object.keys(params).filter((field) => !understood.test(field));
	if (rest.length > 0) {
		notes.left(
			path,
			`${name}: ${rest.join(", ")} — the gateway adds no parameters to requests; send them from the application.`,
		);
	}
	if (params["tags"] !== undefined) {
		notes.left(path, `${name}: tags — requests are not routed by tags.`);
	}
}

/** LiteLLM sends OpenAI's key to any address under OpenAI's name; that is not repeated. */
function warnOfMissingKey(
	{ kind, settings }: Connection,
	{
		address,
		place,
		name,
	}: { readonly address: ModelAddress; readonly place: Place; readonly name: string },
): void {
	if (kind !== "openai-compatible" || address.provider !== "openai") return;
	if (settings["apiKey"] !== undefined || place.variables("OPENAI_API_KEY") === undefined) return;
	place.notes.changed(
		place.path,
		`${name}: OPENAI_API_KEY is not sent to ${String(settings["baseUrl"])}; set api_key if that server wants one.`,
	);
}

interface Priced extends Named {
	readonly address: ModelAddress;
	readonly catalogue: PriceCatalogue;
}

function priceOf(
	fields: Fields,
	{ address, catalogue, notes, path, name }: Priced,
): Pick<Deployment, "price" | "priceNote"> {
	const custom = customPrice(fields);
	if (custom.ignored.length > 0) {
		notes.left(path, `${name}: ${custom.ignored.join(", ")} — prices have no such rate.`);
	}
	if (custom.price !== undefined) {
		return { price: custom.price, priceNote: "Custom price of LiteLLM's configuration" };
	}
	const base = textOf(fields["base_model"])?.replace(/^.*\//, "");
	const listed = catalogue.find(address.kind, address.model)?.price;
	if (base === undefined || listed !== undefined) return { price: undefined, priceNote: "" };
	const found = catalogue.find(address.kind, base)?.price ?? catalogue.find("openai", base)?.price;
	// A copy without the list's types: what leaves the catalogue is read-only.
	const price = found === undefined ? undefined : (structuredClone(found) as ModelPrice);
	return { price, priceNote: `Price of ${base}, its base_model` };
}

function readCredentials(config: Fields): ReadonlyMap<string, Fields> {
	const list = config["credential_list"];
	return new Map(
		(Array.isArray(list) ? list : []).map((entry) => {
			const { credential_name: name, credential_values: values } = fieldsOf(entry);
			return [textOf(name) ?? "", fieldsOf(values)] as const;
		}),
	);
}

/** What one deployment may weigh in a choice, by the field that LiteLLM looks at first. */
export function weightFields(
	deployment: Deployment,
): Readonly<Record<"weight" | "rpm" | "tpm", number | undefined>> {
	const { params } = deployment;
	return {
		weight: numberOf(params["weight"]),
		rpm: numberOf(params["rpm"]),
		tpm: numberOf(params["tpm"]),
	};
}
