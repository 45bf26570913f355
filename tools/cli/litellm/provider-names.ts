import type { ProviderId } from "../../../proxy-core/providers/registry.ts";

/** What one of LiteLLM's providers is here. */
export interface KnownProvider {
	readonly kind: ProviderId;
	/** Of hosts without a kind of their own that speak OpenAI's wire. */
	readonly baseUrl?: string;
	/** Variables that LiteLLM reads for the key, beside those that our kind reads. */
	readonly keyVariables?: readonly string[];
}

const compatible = "openai-compatible";

/** By the name before the slash of `litellm_params.model`. */
export const knownProviders: ReadonlyMap<string, KnownProvider> = new Map<string, KnownProvider>([
	["openai", { kind: "openai" }],
	["text-completion-openai", { kind: "openai" }],
	["anthropic", { kind: "anthropic" }],
	["gemini", { kind: "gemini" }],
	["azure", { kind: "azure" }],
	["azure_text", { kind: "azure" }],
	["bedrock", { kind: "bedrock" }],
	["bedrock_converse", { kind: "bedrock" }],
	["vertex_ai", { kind: "vertex" }],
	["vertex_ai_beta", { kind: "vertex" }],
	["groq", { kind: "groq" }],
	["mistral", { kind: "mistral" }],
	["cohere", { kind: "cohere" }],
	["cohere_chat", { kind: "cohere" }],
	["deepseek", { kind: "deepseek" }],
	["xai", { kind: "xai" }],
	["perplexity", { kind: "perplexity" }],
	["openrouter", { kind: "openrouter", keyVariables: ["OR_API_KEY"] }],
	["together_ai", { kind: "together", keyVariables: ["TOGETHERAI_API_KEY", "TOGETHER_AI_TOKEN"] }],
	["fireworks_ai", { kind: "fireworks", keyVariables: ["FIREWORKS_AI_API_KEY"] }],
	["huggingface", { kind: "huggingface", keyVariables: ["HUGGINGFACE_API_KEY"] }],
	["cloudflare", { kind: "cloudflare", keyVariables: ["CLOUDFLARE_API_KEY"] }],
	["cerebras", { kind: "cerebras" }],
	["sambanova", { kind: "sambanova" }],
	["nebius", { kind: "nebius" }],
	["hyperbolic", { kind: "hyperbolic" }],
	["novita", { kind: "novita" }],
	["lambda_ai", { kind: "lambda" }],
	["aiml", { kind: "aimlapi", keyVariables: ["AIML_API_KEY"] }],
	["ollama", { kind: "ollama" }],
	["ollama_chat", { kind: "ollama" }],
	["hosted_vllm", { kind: "vllm", keyVariables: ["HOSTED_VLLM_API_KEY"] }],
	["lm_studio", { kind: "lmstudio", keyVariables: ["LM_STUDIO_API_KEY"] }],
	["llamafile", { kind: "llamacpp" }],
	["openai_like", { kind: compatible, keyVariables: ["OPENAI_LIKE_API_KEY"] }],
	["custom_openai", { kind: compatible }],
	["litellm_proxy", { kind: compatible, keyVariables: ["LITELLM_PROXY_API_KEY"] }],
	[
		"deepinfra",
		{
			kind: compatible,
			baseUrl: "https://api.deepinfra.com/v1/openai",
			keyVariables: ["DEEPINFRA_API_KEY"],
		},
	],
	[
		"nvidia_nim",
		{
			kind: compatible,
			baseUrl: "https://integrate.api.nvidia.com/v1",
			keyVariables: ["NVIDIA_NIM_API_KEY", "NVIDIA_API_KEY"],
		},
	],
	[
		"moonshot",
		{
			kind: compatible,
			baseUrl: "https://api.moonshot.ai/v1",
			keyVariables: ["MOONSHOT_API_KEY"],
		},
	],
	[
		"dashscope",
		{
			kind: compatible,
			baseUrl: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
			keyVariables: ["DASHSCOPE_API_KEY"],
		},
	],
]);

/** Kinds whose models LiteLLM knows by bare names, in the order in which it looks. */
export const bareNameKinds = ["openai", "anthropic", "cohere", "bedrock"] as const;

/** Other variables that LiteLLM reads where a setting is left out, by its name of the provider. */
export const settingVariables: ReadonlyMap<
	string,
	Readonly<Record<string, readonly string[]>>
> = new Map([
	["openai", { baseUrl: ["OPENAI_BASE_URL", "OPENAI_API_BASE"] }],
	["ollama", { baseUrl: ["OLLAMA_API_BASE"] }],
	["ollama_chat", { baseUrl: ["OLLAMA_API_BASE"] }],
	["hosted_vllm", { baseUrl: ["HOSTED_VLLM_API_BASE"] }],
	["lm_studio", { baseUrl: ["LM_STUDIO_API_BASE"] }],
	["litellm_proxy", { baseUrl: ["LITELLM_PROXY_API_BASE"] }],
	["bedrock", { region: ["AWS_REGION_NAME"] }],
	["bedrock_converse", { region: ["AWS_REGION_NAME"] }],
	["vertex_ai", { project: ["VERTEXAI_PROJECT"], location: ["VERTEXAI_LOCATION"] }],
	["vertex_ai_beta", { project: ["VERTEXAI_PROJECT"], location: ["VERTEXAI_LOCATION"] }],
]);
