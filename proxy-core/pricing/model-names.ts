/**
 * Names under which a model may stand in the catalogue, the most exact first. Upstreams take the same
 * model under several: dated snapshots, inference profiles, resource names, publishers.
 */
export function namesOf(kind: string, model: string): readonly string[] {
	const names = new Set([model]);
	for (const strip of [...(ofKind[kind] ?? []), ofFineTune, withoutVersion]) {
		for (const name of [...names]) {
			const other = strip(name);
			if (other !== "") names.add(other);
		}
	}
	return [...names];
}

type Strip = (model: string) => string;

/** `gpt-4o-2024-08-06`, `claude-haiku-4-5@20251001` and `mistral-small-latest` are one model's versions. */
const withoutVersion: Strip = (model) =>
	model.replace(/[-@](20\d{2}-\d{2}-\d{2}|20\d{6}|latest|default)$/, "");

/** `ft:gpt-4o-2024-08-06:acme::id` costs what tuned models of its base do. */
const ofFineTune: Strip = (model) => model.replace(/^(ft:[^:]+):.*$/, "$1");

const withoutPublisher: Strip = (model) =>
	model.replace(/^(?:publishers\/)?[a-z0-9-]+\/(?:models\/)?/, "");

const ofKind: Readonly<Record<string, readonly Strip[]>> = {
	gemini: [(model) => model.replace(/^models\//, "")],
	vertex: [(model) => model.replace(/^.*\/publishers\//, "publishers/"), withoutPublisher],
	fireworks: [
		(model) => (model.includes("/") ? model : `accounts/fireworks/models/${model}`),
		(model) => model.replace(/#.*$/, ""),
	],
	// The gateway's own way of naming a provider's model is also what people paste into a provider.
	openrouter: [(model) => model.replace(/^openrouter\//, "")],
	cloudflare: [(model) => model.replace(/^workers-ai\//, "")],
	bedrock: [
		(model) => (model.startsWith("arn:") ? (model.split("/").at(-1) ?? model) : model),
		(model) => model.replace(/^(?:us-gov|us|eu|apac|ap|jp|au|ca|sa|global)\./, ""),
	],
};
