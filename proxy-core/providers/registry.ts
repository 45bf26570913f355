import { provider as aimlapi } from "./aimlapi/provider.ts";
import { provider as anthropic } from "./anthropic/provider.ts";
import { provider as azure } from "./azure/provider.ts";
import { provider as bedrock } from "./bedrock/provider.ts";
import { provider as cerebras } from "./cerebras/provider.ts";
import { provider as cloudflare } from "./cloudflare/provider.ts";
import { provider as cohere } from "./cohere/provider.ts";
import { provider as deepseek } from "./deepseek/provider.ts";
import type { AnyProvider, Connector } from "./define-provider.ts";
import { provider as fireworks } from "./fireworks/provider.ts";
import { provider as gemini } from "./gemini/provider.ts";
import { provider as groq } from "./groq/provider.ts";
import { provider as huggingface } from "./huggingface/provider.ts";
import { provider as hyperbolic } from "./hyperbolic/provider.ts";
import { provider as lambda } from "./lambda/provider.ts";
import { provider as llamacpp } from "./llamacpp/provider.ts";
import { provider as lmstudio } from "./lmstudio/provider.ts";
import { provider as mistral } from "./mistral/provider.ts";
import { provider as nebius } from "./nebius/provider.ts";
import { provider as novita } from "./novita/provider.ts";
import { provider as ollama } from "./ollama/provider.ts";
import { provider as openai } from "./openai/provider.ts";
import { provider as custom } from "./openai-compatible/provider.ts";
import { provider as openrouter } from "./openrouter/provider.ts";
import { provider as perplexity } from "./perplexity/provider.ts";
import { provider as sambanova } from "./sambanova/provider.ts";
import { provider as simulator } from "./simulator/provider.ts";
import { provider as together } from "./together/provider.ts";
import { provider as vertex } from "./vertex/provider.ts";
import { provider as vllm } from "./vllm/provider.ts";
import { provider as xai } from "./xai/provider.ts";

/** Every kind of provider, in the order in which the console offers them. */
export const providers = [
	openai,
	anthropic,
	gemini,
	azure,
	bedrock,
	vertex,
	ollama,
	vllm,
	lmstudio,
	llamacpp,
	custom,
	groq,
	mistral,
	cohere,
	deepseek,
	xai,
	perplexity,
	openrouter,
	together,
	fireworks,
	huggingface,
	cloudflare,
	cerebras,
	sambanova,
	nebius,
	hyperbolic,
	novita,
	lambda,
	aimlapi,
	simulator,
] as const satisfies readonly AnyProvider[];

export type ProviderId = (typeof providers)[number]["id"];

export function findProvider(id: string): AnyProvider | undefined {
	return providers.find((provider) => provider.id === id);
}

/** A connector from settings as they are stored. Throws a `ZodError` when they do not fit the provider. */
export function connectProvider(provider: AnyProvider, settings: unknown): Connector {
	// The registry has forgotten which settings belong to which provider; parsing them just proved it.
	return provider.connect(provider.settings.parse(settings) as never);
}
