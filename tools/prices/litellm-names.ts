/** Where a model of LiteLLM's table stands with us, and under which of the upstream's own names. */
export interface Place {
	readonly kind: string;
	readonly model: string;
	/** One row of a model sold by size and quality: `high/1024x1024`. */
	readonly variant?: string;
}

/** LiteLLM's name of a provider → our kind and the prefix that LiteLLM puts before the model. */
const kinds: Readonly<Record<string, readonly [kind: string, prefix: string]>> = {
	openai: ["openai", ""],
	"text-completion-openai": ["openai", ""],
	anthropic: ["anthropic", ""],
	gemini: ["gemini", "gemini/"],
	azure: ["azure", "azure/"],
	azure_ai: ["azure", "azure_ai/"],
	groq: ["groq", "groq/"],
	together_ai: ["together", "together_ai/"],
	mistral: ["mistral", "mistral/"],
	deepseek: ["deepseek", "deepseek/"],
	xai: ["xai", "xai/"],
	perplexity: ["perplexity", "perplexity/"],
	fireworks_ai: ["fireworks", "fireworks_ai/"],
	"fireworks_ai-embedding-models": ["fireworks", "fireworks_ai/"],
	sambanova: ["sambanova", "sambanova/"],
	cohere: ["cohere", "cohere/"],
	cohere_chat: ["cohere", "cohere/"],
	cloudflare: ["cloudflare", "cloudflare/"],
	cerebras: ["cerebras", "cerebras/"],
	nebius: ["nebius", "nebius/"],
	hyperbolic: ["hyperbolic", "hyperbolic/"],
	novita: ["novita", "novita/"],
	lambda_ai: ["lambda", "lambda_ai/"],
	aiml: ["aimlapi", "aiml/"],
	bedrock: ["bedrock", ""],
	bedrock_converse: ["bedrock", ""],
};

/** Classes of size that stand for no model, rooms for code, and searches that are no models. */
const notModels = /^(together-ai-|fireworks-ai-)|(^|\/)(container|search|search_api)$|^preset\//;
const sized = /^(?:([a-z]+)\/)?(\d+)-x-(\d+)\/([^/]+)$/;

/** Undefined: not a model that one of our kinds serves under a name of its own. */
export function placeOf(provider: string, name: string): Place | undefined {
	const [kind, prefix] = provider.startsWith("vertex_ai")
		? ["vertex", "vertex_ai/"]
		: (kinds[provider] ?? []);
	if (kind === undefined || prefix === undefined) return undefined;
	const model = name.startsWith(prefix) ? name.slice(prefix.length) : name;
	if (notModels.test(model)) return undefined;
	const variant = sized.exec(model);
	if (variant !== null) {
		const [, quality, width, height, base = ""] = variant;
		const size = `${width}x${height}`;
		return { kind, model: base, variant: quality === undefined ? size : `${quality}/${size}` };
	}
	return isServedAs(kind, model) ? { kind, model } : undefined;
}

/** Regions, commitments and resold models stand in the same table under names that no request carries. */
function isServedAs(kind: string, model: string): boolean {
	if (kind === "azure" || kind === "perplexity" || kind === "cohere") return !model.includes("/");
	if (kind === "bedrock") return !model.includes("/");
	return kind !== "fireworks" || model.includes("/");
}
