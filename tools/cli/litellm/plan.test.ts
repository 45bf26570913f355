import { describe, expect, it } from "vitest";
import { companyConfig, companyVariables, notesOf, planText } from "./__fixtures__/plan-text.ts";

const company = () => planText(companyConfig, { environment: companyVariables });

function oneModel(params: string, rest = ""): string {
	return `model_list:\n  - model_name: m\n    litellm_params: ${params}\n${rest}`;
}

describe("providers of an imported configuration", () => {
	it("are one for each way to reach an upstream, with credentials from the environment", () => {
		expect(company().providers).toMatchObject([
			{
				id: "azure",
				settings: {
					baseUrl: "https://acme-eu.openai.azure.com",
					apiKey: "azure-key",
					apiVersion: "2024-10-21",
				},
				models: ["acme-4o"],
			},
			{
				id: "openai",
				settings: { apiKey: "sk-openai" },
				models: ["gpt-4o", "text-embedding-3-small"],
			},
			{
				id: "bedrock",
				settings: { region: "eu-central-1", accessKeyId: "AKIA1", secretAccessKey: "s" },
				models: ["anthropic.claude-x"],
			},
			{ id: "anthropic", settings: { apiKey: "sk-ant-1" }, models: ["claude-sonnet-4-5"] },
		]);
	});

	it("take the provider's usual variable where no key is written", () => {
		const plan = planText(oneModel("{ model: groq/llama }"), {
			environment: { GROQ_API_KEY: "gsk_1" },
		});
		expect(plan.providers).toMatchObject([{ id: "groq", settings: { apiKey: "gsk_1" } }]);
	});

	it("read a version without quotes, which YAML takes for a day", () => {
		const plan = planText(
			oneModel(
				"{ model: azure/d, api_key: k, api_base: 'https://a.openai.azure.com', api_version: 2025-01-01 }",
			),
		);
		expect(plan.providers[0]?.settings).toMatchObject({ apiVersion: "2025-01-01" });
	});

	it("are OpenAI-compatible servers at another address, which never gets OpenAI's own key", () => {
		const plan = planText(oneModel('{ model: openai/qwen, api_base: "https://llm.acme.dev/v1" }'), {
			environment: { OPENAI_API_KEY: "sk-openai" },
		});
		expect(plan.providers).toMatchObject([{ id: "llm-acme-dev", kind: "openai-compatible" }]);
		expect(plan.providers[0]?.settings).not.toHaveProperty("apiKey");
		expect(notesOf(plan, "changed")).toContain("OPENAI_API_KEY is not sent");
	});

	it("list the models that the catalogue knows for a wildcard", () => {
		const plan = planText(
			'model_list:\n  - model_name: "anthropic/*"\n    litellm_params: { model: "anthropic/claude-*", api_key: k }',
		);
		expect(plan.providers[0]?.models.length).toBeGreaterThan(3);
		expect(plan.providers[0]?.models.every((model) => model.startsWith("claude-"))).toBe(true);
		expect(plan.routes).toMatchObject([
			{ name: "anthropic/*", entries: [{ target: "anthropic/claude-*" }] },
		]);
	});

	it("keep the id that the installation has for the same settings, and step aside for others", () => {
		const existing = [
			{
				...{ id: "openai", kind: "openai", origin: "console", models: [] },
				settings: { baseUrl: "https://api.openai.com/v1", apiKey: "another" },
			},
			{
				...{ id: "claude-team", kind: "anthropic", origin: "console", models: ["old"] },
				settings: { baseUrl: "https://api.anthropic.com", apiKey: "sk-ant-1" },
			},
		];
		const { providers, routes } = planText(companyConfig, {
			environment: companyVariables,
			existing,
		});
		expect(providers.map(({ id, action }) => `${id} ${action}`)).toEqual([
			"azure create",
			"openai-2 create",
			"bedrock create",
			"claude-team use",
		]);
		expect(providers[3]?.models).toEqual(["old", "claude-sonnet-4-5"]);
		expect(routes.find(({ name }) => name === "claude")?.entries[0]?.target).toBe(
			"claude-team/claude-sonnet-4-5",
		);
	});

	it("are left out with a reason and a line when a variable or a provider is not there", () => {
		const plan = planText(`model_list:
  - model_name: a
    litellm_params: { model: openai/gpt-4o, api_key: os.environ/NOT_SET }
  - model_name: b
    litellm_params: { model: watsonx/granite, api_key: k }
  - model_name: c
    litellm_params: { model: openai/gpt-4o }
`);
		expect(plan.providers).toEqual([]);
		const left = notesOf(plan, "left");
		expect(left).toContain("2 model_list[0] a: not set in the environment: NOT_SET.");
		expect(left).toContain("4 model_list[1] b: There is no provider watsonx here");
		expect(left).toContain("6 model_list[2] c: No API key: set api_key or the provider's usual");
	});
});

describe("routes of an imported configuration", () => {
	it("group deployments of a name, weighted by rpm under simple-shuffle", () => {
		const route = company().routes.find(({ name }) => name === "gpt-4o");
		expect(route).toMatchObject({
			strategy: "weighted",
			entries: [
				{ target: "azure/acme-4o", weight: 600 },
				{ target: "openai/gpt-4o", weight: 300 },
			],
			fallbacks: { error: ["claude"], "context-window": [], "content-policy": [] },
		});
	});

	it("follow `order`, and give an alias what its model has", () => {
		const { routes } = company();
		expect(routes.find(({ name }) => name === "claude")).toMatchObject({
			strategy: "priority",
			entries: [
				{ target: "anthropic/claude-sonnet-4-5" },
				{ target: "bedrock/anthropic.claude-x" },
			],
			fallbacks: { "context-window": ["gpt-4o"] },
		});
		expect(routes.find(({ name }) => name === "gpt-4")).toMatchObject({
			entries: [{ target: "azure/acme-4o" }, { target: "openai/gpt-4o" }],
			fallbacks: { error: ["claude"] },
		});
	});

	it.each([
		["least-busy", "least-busy"],
		["latency-based-routing", "latency"],
		["cost-based-routing", "cost"],
		["usage-based-routing-v2", "least-busy"],
		["made-up", "weighted"],
	])("translate the strategy %s to %s", (given, ours) => {
		const plan = planText(
			oneModel(
				"{ model: openai/gpt-4o, api_key: k }",
				`router_settings: { routing_strategy: ${given} }`,
			),
		);
		expect(plan.routes[0]?.strategy).toBe(ours);
	});

	it("bring large and broken weights into proportion", () => {
		const { routes } = planText(`model_list:
  - model_name: m
    litellm_params: { model: openai/a, api_key: k, weight: 0.75 }
  - model_name: m
    litellm_params: { model: openai/b, api_key: k, weight: 0.25 }
`);
		expect(routes[0]?.entries.map(({ weight }) => weight)).toEqual([1000, 333]);
	});

	it("drop fallbacks to names that lead nowhere, and say so", () => {
		const plan = planText(
			oneModel(
				"{ model: openai/gpt-4o, api_key: k }",
				"router_settings: { fallbacks: [{ m: [gone] }], default_fallbacks: [m] }",
			),
		);
		expect(plan.routes[0]?.fallbacks.error).toEqual([]);
		expect(notesOf(plan, "left")).toContain("The fallback gone: there is no model of this name.");
	});
});

describe("settings of an imported configuration", () => {
	it("are retries, timeouts, breakers and the cache", () => {
		expect(company().settings).toEqual({
			routing: { retries: 3, failuresToOpen: 3, openMs: 30_000 },
			timeouts: { totalMs: 60_000, firstByteMs: 60_000 },
			cache: { mode: "on", ttlSeconds: 600 },
		});
		expect(company().timeouts).toEqual([
			{ target: "openai/gpt-4o", timeouts: { totalMs: 45_000, firstByteMs: 45_000 } },
		]);
	});

	it("name the embedding model of a semantic cache by its target", () => {
		const plan = planText(
			oneModel(
				"{ model: openai/text-embedding-3-small, api_key: k }",
				"litellm_settings: { cache: true, cache_params: { type: redis-semantic, similarity_threshold: 0.9, redis_semantic_cache_embedding_model: m } }",
			),
		);
		expect(plan.settings.cache.semantic).toEqual({
			isOn: true,
			model: "openai/text-embedding-3-small",
			threshold: 0.9,
		});
	});

	it("say of everything else why it was not carried over", () => {
		const plan = planText(
			oneModel(
				"{ model: openai/gpt-4o, api_key: k, temperature: 0.1, stream_timeout: 5 }",
				"litellm_settings: { drop_params: true, success_callback: [x], brand_new: 1 }\ngeneral_settings: { master_key: sk-1, database_url: x }\nguardrails: []\n",
			),
		);
		const left = notesOf(plan, "left");
		expect(left).toContain("m: temperature — the gateway adds no parameters");
		expect(left).toContain("stream_timeout The time to the first byte");
		expect(left).toContain("4 litellm_settings.drop_params nothing is dropped in silence");
		expect(left).toContain("litellm_settings.brand_new has no counterpart here.");
		expect(left).toContain("5 general_settings.master_key people sign in");
		expect(left).toContain("6 guardrails guards are chosen in the settings.");
	});
});

describe("money in an imported configuration", () => {
	it("becomes budgets that never allow more", () => {
		expect(company().budgets).toMatchObject([
			{ scope: "organisation", window: "month", hardLimit: 1_000_000_000 },
			{ scope: "tag", subject: "product:chat", window: "month", hardLimit: 10_000_000 },
			{ scope: "model", subject: "azure/acme-4o", window: "day", hardLimit: 50_000_000 },
		]);
		expect(notesOf(company(), "changed")).toContain("no window lasts 10d");
	});

	it("becomes prices per million tokens, also from the base model", () => {
		const { prices } = company();
		expect(prices.find(({ provider }) => provider === "azure")).toMatchObject({
			model: "acme-4o",
			price: { inputMicroUsd: 2_500_000, outputMicroUsd: 10_000_000 },
		});
		expect(prices.find(({ provider }) => provider === "openai")).toMatchObject({
			model: "text-embedding-3-small",
			price: { inputMicroUsd: 20_000, outputMicroUsd: 0 },
		});
	});

	it("limits a provider of one model, and says so of one with several", () => {
		const plan = planText(`model_list:
  - model_name: a
    litellm_params: { model: openai/a, api_key: k }
  - model_name: b
    litellm_params: { model: openai/b, api_key: k }
  - model_name: c
    litellm_params: { model: groq/c, api_key: k }
router_settings:
  provider_budget_config:
    openai: { budget_limit: 5, time_period: 1d }
    groq: { budget_limit: 5, time_period: 1d }
`);
		expect(plan.budgets).toMatchObject([{ scope: "model", subject: "groq/c", window: "day" }]);
		expect(notesOf(plan, "left")).toContain("openai: budgets count models, not providers");
	});
});

describe("the master key", () => {
	it("stays behind unless it is asked for", () => {
		expect(company().keys).toEqual([]);
		const plan = planText(companyConfig, { environment: companyVariables, withMasterKey: true });
		expect(plan.keys).toMatchObject([
			{ name: "LiteLLM master key", token: "sk-a-master-key-of-the-proxy", allowedModels: [] },
		]);
		expect(notesOf(plan, "left")).not.toContain("master_key");
	});
});
