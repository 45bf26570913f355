import type { ProviderId } from "../../../proxy-core/providers/registry.ts";

export type SourceKind = "secret" | "url" | "text" | "key-file";

/** Where one setting of a provider comes from. */
export interface Source {
	readonly setting: string;
	/** The first that is set counts. */
	readonly names: readonly string[];
	readonly kind: SourceKind;
	/** What it is, as the object of "Registers the provider with this …" or a sentence of its own. */
	readonly about: string;
}

export interface ProviderVariables {
	readonly provider: ProviderId;
	readonly title: string;
	readonly sources: readonly Source[];
	/** Settings without which nothing is registered; any of these sets will do. */
	readonly needs: readonly (readonly string[])[];
}

/** The usual case: one key registers the provider. */
function keyed<const Name extends string>(
	provider: ProviderId,
	title: string,
	names: readonly Name[],
) {
	const source = { setting: "apiKey", names, kind: "secret", about: `${title} API key` } as const;
	return { provider, title, sources: [source], needs: [["apiKey"]] } as const;
}

/** The same with an address, for providers that people reach through proxies. */
function keyedAt<const Name extends string, const Address extends string>(
	base: { readonly provider: ProviderId; readonly title: string },
	names: readonly Name[],
	address: Address,
) {
	const { provider, title } = base;
	const about = `Where ${title} is reached, for proxies and compatible servers.`;
	const url = { setting: "baseUrl", names: [address], kind: "url", about } as const;
	const { sources, needs } = keyed(provider, title, names);
	return { provider, title, sources: [...sources, url], needs } as const;
}

/** The variables by which providers are registered, under the names that their own tools read. */
export const providerVariables = [
	keyedAt({ provider: "openai", title: "OpenAI" }, ["OPENAI_API_KEY"], "OPENAI_BASE_URL"),
	keyedAt(
		{ provider: "anthropic", title: "Anthropic" },
		["ANTHROPIC_API_KEY"],
		"ANTHROPIC_BASE_URL",
	),
	keyedAt(
		{ provider: "gemini", title: "Google Gemini" },
		["GEMINI_API_KEY", "GOOGLE_API_KEY"],
		"GEMINI_BASE_URL",
	),
	{
		provider: "azure",
		title: "Azure OpenAI",
		sources: [
			{
				setting: "apiKey",
				names: ["AZURE_OPENAI_API_KEY", "AZURE_API_KEY"],
				kind: "secret",
				about: "Azure OpenAI API key; needs the endpoint too",
			},
			{
				setting: "baseUrl",
				names: ["AZURE_OPENAI_ENDPOINT", "AZURE_API_BASE"],
				kind: "url",
				about: "The endpoint of the Azure OpenAI resource.",
			},
			{
				setting: "apiVersion",
				names: ["AZURE_OPENAI_API_VERSION", "OPENAI_API_VERSION", "AZURE_API_VERSION"],
				kind: "text",
				about: "The version of the Azure OpenAI API, a date or v1.",
			},
		],
		needs: [["apiKey", "baseUrl"]],
	},
	{
		provider: "bedrock",
		title: "AWS Bedrock",
		sources: [
			{
				setting: "apiKey",
				names: ["AWS_BEARER_TOKEN_BEDROCK"],
				kind: "secret",
				about: "AWS Bedrock API key",
			},
			{
				setting: "accessKeyId",
				names: ["AWS_ACCESS_KEY_ID"],
				kind: "secret",
				about: "AWS access key; needs its secret and a region too",
			},
			{
				setting: "secretAccessKey",
				names: ["AWS_SECRET_ACCESS_KEY"],
				kind: "secret",
				about: "secret of the AWS access key",
			},
			{
				setting: "sessionToken",
				names: ["AWS_SESSION_TOKEN"],
				kind: "secret",
				about: "session token of temporary AWS credentials",
			},
			{
				setting: "region",
				names: ["AWS_REGION", "AWS_DEFAULT_REGION"],
				kind: "text",
				about: "The AWS region in which models are called.",
			},
		],
		needs: [["apiKey"], ["accessKeyId", "secretAccessKey", "region"]],
	},
	{
		provider: "vertex",
		title: "Google Vertex AI",
		sources: [
			{
				setting: "serviceAccountKey",
				names: ["GOOGLE_APPLICATION_CREDENTIALS_JSON"],
				kind: "key-file",
				about: "service account, the content of its JSON key file; needs a project too",
			},
			{
				setting: "project",
				names: ["GOOGLE_CLOUD_PROJECT"],
				kind: "text",
				about: "The Google Cloud project whose models are called.",
			},
			{
				setting: "location",
				names: ["GOOGLE_CLOUD_LOCATION"],
				kind: "text",
				about: "Where those models run, such as global or europe-west4.",
			},
		],
		needs: [["serviceAccountKey", "project"]],
	},
	keyed("groq", "Groq", ["GROQ_API_KEY"]),
	keyed("mistral", "Mistral", ["MISTRAL_API_KEY"]),
	keyed("cohere", "Cohere", ["COHERE_API_KEY", "CO_API_KEY"]),
	keyed("deepseek", "DeepSeek", ["DEEPSEEK_API_KEY"]),
	keyed("xai", "xAI", ["XAI_API_KEY"]),
	keyed("perplexity", "Perplexity", ["PERPLEXITY_API_KEY", "PERPLEXITYAI_API_KEY"]),
	keyed("openrouter", "OpenRouter", ["OPENROUTER_API_KEY"]),
	keyed("together", "Together AI", ["TOGETHER_API_KEY"]),
	keyed("fireworks", "Fireworks AI", ["FIREWORKS_API_KEY"]),
	keyed("huggingface", "Hugging Face", ["HF_TOKEN"]),
	{
		provider: "cloudflare",
		title: "Cloudflare Workers AI",
		sources: [
			{
				setting: "apiKey",
				names: ["CLOUDFLARE_API_TOKEN"],
				kind: "secret",
				about: "Cloudflare API token; needs the account too",
			},
			{
				setting: "accountId",
				names: ["CLOUDFLARE_ACCOUNT_ID"],
				kind: "text",
				about: "The Cloudflare account whose Workers AI is called.",
			},
		],
		needs: [["apiKey", "accountId"]],
	},
	keyed("cerebras", "Cerebras", ["CEREBRAS_API_KEY"]),
	keyed("sambanova", "SambaNova", ["SAMBANOVA_API_KEY"]),
	keyed("nebius", "Nebius", ["NEBIUS_API_KEY"]),
	keyed("hyperbolic", "Hyperbolic", ["HYPERBOLIC_API_KEY"]),
	keyed("novita", "Novita AI", ["NOVITA_API_KEY"]),
	keyed("lambda", "Lambda", ["LAMBDA_API_KEY"]),
	keyed("aimlapi", "AI/ML API", ["AIML_API_KEY"]),
] as const satisfies readonly ProviderVariables[];

export type ProviderVariable =
	(typeof providerVariables)[number]["sources"][number]["names"][number];
