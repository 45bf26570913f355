import { openaiCompatible } from "../openai-compatible/openai-compatible.ts";
import { parseObject, readModelIds } from "../shared/read-json.ts";

const models = ["sonar", "sonar-pro", "sonar-reasoning-pro", "sonar-deep-research"] as const;

/**
 * Perplexity's Sonar models. Its public list of models names those of another API, so the list of the
 * account's asynchronous requests, which asks for a valid key, serves as the connection test.
 */
export const provider = openaiCompatible({
	id: "perplexity",
	title: "Perplexity",
	baseUrl: "https://api.perplexity.ai",
	credentialsUrl: "https://www.perplexity.ai/account/api/keys",
	suggestedModels: models,
	modelsPath: "/v1/async/sonar?limit=1",
	parseModels: (body) => {
		readModelIds(parseObject<"requests">(body).requests, () => undefined);
		return models;
	},
	outputLimit: "max_tokens",
	// The models search by themselves and call no functions; the other fields are passed over in silence.
	unsupported: [
		"tools",
		"tool_choice",
		"parallel_tool_calls",
		"n",
		"seed",
		"logprobs",
		"top_logprobs",
		"logit_bias",
	],
});
