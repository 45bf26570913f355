import * as z from "zod";
import type { Modality, ModelCapability } from "../../proxy-core/contract/model-traits.ts";
import { modalities } from "../../proxy-core/contract/model-traits.ts";
import type { Entry } from "./catalogue-entry.ts";
import { known } from "./catalogue-entry.ts";

const modelSchema = z.object({
	limit: z.object({ context: z.number().optional(), output: z.number().optional() }).optional(),
	modalities: z.object({ input: z.array(z.string()), output: z.array(z.string()) }).optional(),
	tool_call: z.boolean().optional(),
	reasoning: z.boolean().optional(),
	structured_output: z.boolean().optional(),
	cost: z.object({ cache_read: z.number().optional() }).optional(),
});
const tableSchema = z.record(z.string(), z.object({ models: z.record(z.string(), modelSchema) }));

const kinds: Readonly<Record<string, string>> = {
	openrouter: "openrouter",
	huggingface: "huggingface",
	nebius: "nebius",
	"novita-ai": "novita",
	togetherai: "together",
	"fireworks-ai": "fireworks",
	groq: "groq",
	cerebras: "cerebras",
	"cloudflare-workers-ai": "cloudflare",
	"amazon-bedrock": "bedrock",
	mistral: "mistral",
	cohere: "cohere",
	deepseek: "deepseek",
	xai: "xai",
	google: "gemini",
	openai: "openai",
	anthropic: "anthropic",
};

/** Reads models.dev's `api.json` for what models can do; prices are left to the other sources. */
export function readModelsDev(json: unknown): readonly Entry[] {
	const table = tableSchema.parse(json);
	return Object.entries(kinds).flatMap(([provider, kind]) =>
		Object.entries(table[provider]?.models ?? {}).flatMap(([model, row]): Entry[] => {
			const outputs = modalitiesOf(row.modalities?.output);
			// Anything that does not write text is described better by the other sources.
			if (outputs === undefined || !outputs.includes("text") || /embed/i.test(model)) return [];
			const inputs = modalitiesOf(row.modalities?.input);
			const traits = known({
				purpose: "chat" as const,
				context: row.limit?.context || undefined,
				output: row.limit?.output || undefined,
				inputs,
				outputs,
				capabilities: capabilitiesOf(row, [...(inputs ?? []), ...outputs]),
			});
			return [{ kind, model, traits } as Entry];
		}),
	);
}

function capabilitiesOf(
	row: z.infer<typeof modelSchema>,
	handled: readonly Modality[],
): ModelCapability[] {
	const all: readonly (readonly [ModelCapability, boolean])[] = [
		["tools", row.tool_call === true],
		["vision", handled.includes("image")],
		["audio", handled.includes("audio")],
		["json-schema", row.structured_output === true],
		["reasoning", row.reasoning === true],
		["prompt-caching", row.cost?.cache_read !== undefined],
	];
	return all.filter(([, has]) => has).map(([name]) => name);
}

function modalitiesOf(names: readonly string[] | undefined): Modality[] | undefined {
	const told = (names ?? []).map((name) => (name === "pdf" ? "file" : name));
	const found = modalities.filter((modality) => told.includes(modality));
	return found.length === 0 ? undefined : found;
}
