import { describe, expect, it } from "vitest";
import { encoded, encodeInput, refusalOf, sse, usageIn } from "../__fixtures__/play.ts";
import { provider as cerebras } from "../cerebras/provider.ts";
import { provider as cloudflare } from "../cloudflare/provider.ts";
import { provider as lambda } from "../lambda/provider.ts";
import { provider as perplexity } from "../perplexity/provider.ts";
import { providers } from "../registry.ts";
import { provider as vllm } from "../vllm/provider.ts";

const tools = [{ type: "function", function: { name: "f" } }];

describe("a copy of the wire that lacks fields", () => {
	const sonar = perplexity.connect(perplexity.settings.parse({ apiKey: "k" }));
	const fast = cerebras.connect(cerebras.settings.parse({ apiKey: "k" }));

	it.each([
		[{ tools }, "tools"],
		[{ n: 2 }, "n"],
		[{ seed: 0 }, "seed"],
		[{ logprobs: true }, "logprobs"],
		[{ logit_bias: { "50256": -100 } }, "logit_bias"],
	])("refuses %j and names %s", (json, param) => {
		expect(refusalOf(() => encoded(sonar, json))).toEqual(["request.unsupported", param]);
	});

	it("drops values that ask for nothing, which the upstream would refuse", () => {
		const json = { n: 1, tools: [], logprobs: false, logit_bias: {}, parallel_tool_calls: true };
		expect(Object.keys(encoded(sonar, json))).toEqual(["messages", "model"]);
		const neutral = { frequency_penalty: 0, presence_penalty: null };
		expect(Object.keys(encoded(fast, neutral))).toEqual(["messages", "model"]);
		expect(refusalOf(() => encoded(fast, { frequency_penalty: 0.2 }))[1]).toBe("frequency_penalty");
	});

	it("treats callers of another dialect alike", () => {
		const input = encodeInput({ frequency_penalty: 0 }, { dialect: "anthropic" });
		expect(JSON.parse(String(fast.encode(input).body))).not.toHaveProperty("frequency_penalty");
		const asking = encodeInput({ tools }, { dialect: "anthropic" });
		expect(refusalOf(() => sonar.encode(asking))).toEqual(["request.unsupported", "tools"]);
	});
});

describe("usage", () => {
	it("tells sound from text", () => {
		const connector = vllm.connect(vllm.settings.parse({}));
		const usage = {
			prompt_tokens: 20,
			completion_tokens: 30,
			prompt_tokens_details: { audio_tokens: 12 },
			completion_tokens_details: { audio_tokens: 25, reasoning_tokens: 0 },
		};
		const { events } = connector.decode(JSON.stringify({ choices: [], usage }));
		expect(usageIn(events)).toEqual({
			inputTokens: 20,
			outputTokens: 30,
			reasoningTokens: 0,
			inputAudioTokens: 12,
			outputAudioTokens: 25,
			estimated: false,
		});
	});
});

describe("Perplexity", () => {
	const connector = perplexity.connect(perplexity.settings.parse({ apiKey: "k" }));

	it("repeats its answer beside every delta, which goes no further", () => {
		const chunk = {
			id: "1",
			model: "sonar",
			choices: [
				{
					index: 0,
					finish_reason: null,
					message: { role: "assistant", content: "secret so far" },
					delta: { role: "assistant", content: " far" },
				},
			],
		};
		const [frame] = connector.decodeStream().push(new TextEncoder().encode(sse(chunk)));
		expect(frame?.events.at(-1)).toEqual({ type: "text", choice: 0, text: " far" });
		expect(frame?.wire?.data).not.toContain("secret");
		expect(frame?.wire?.rewrite(frame.events, true)).toBe(frame?.wire?.data);
		expect(JSON.parse(frame?.wire?.data ?? "").choices[0].delta.content).toBe(" far");
	});

	it("counts the reasoning and the searches of its research apart", () => {
		const usage = {
			prompt_tokens: 33,
			completion_tokens: 7163,
			total_tokens: 7196,
			citation_tokens: 20016,
			num_search_queries: 60,
			reasoning_tokens: 193963,
		};
		const body = JSON.stringify({ choices: [], usage });
		expect(usageIn(connector.decode(body).events)).toEqual({
			inputTokens: 33,
			outputTokens: 7163 + 193963,
			reasoningTokens: 193963,
			searches: 60,
			estimated: false,
		});
	});

	it("proves its key with a list that asks for one", () => {
		expect(connector.models.request().path).toBe("/v1/async/sonar?limit=1");
		expect(connector.models.parse('{"requests":[]}')).toContain("sonar-pro");
	});
});

describe("Cloudflare", () => {
	const connector = cloudflare.connect(
		cloudflare.settings.parse({ apiKey: "k", accountId: "0a1b2c" }),
	);

	it("is addressed by account", () => {
		const request = connector.encode(encodeInput({}));
		expect(connector.baseUrl + request.path).toBe(
			"https://api.cloudflare.com/client/v4/accounts/0a1b2c/ai/v1/chat/completions",
		);
		expect(cloudflare.settings.safeParse({ apiKey: "k", accountId: "a/../b" }).success).toBe(false);
	});

	it("has lists and errors of its own shape", () => {
		const body = '{"success":true,"result":[{"id":"8c0e","name":"@cf/meta/llama"}]}';
		expect(connector.models.parse(body)).toEqual(["@cf/meta/llama"]);
		const error = '{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}';
		expect(connector.decodeFault(403, error)).toEqual({
			message: "Authentication error",
			code: "10000",
		});
	});
});

describe("servers of one's own", () => {
	it("are found at known ports, each kind at its own", () => {
		const ports = providers.flatMap((provider) =>
			"localPorts" in provider ? provider.localPorts.map((port) => [provider.id, port]) : [],
		);
		expect(ports).toEqual([
			["ollama", 11434],
			["vllm", 8000],
			["lmstudio", 1234],
			["llamacpp", 8080],
		]);
	});

	it("need no key", () => {
		const connector = vllm.connect(vllm.settings.parse({}));
		expect(connector.baseUrl).toBe("http://127.0.0.1:8000/v1");
		expect(connector.encode(encodeInput({})).headers).not.toHaveProperty("authorization");
	});
});

describe("Lambda", () => {
	it("says beside its address that the hosted API ends", () => {
		const { description } = lambda.settings.shape.baseUrl.meta() ?? {};
		expect(description).toContain("winding");
	});
});
