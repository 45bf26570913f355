import { describe, expect, it } from "vitest";
import { encodeInput, refusalOf } from "../__fixtures__/play.ts";
import type { BedrockOptions } from "./connect.ts";
import { bedrockConnector } from "./connect.ts";
import { provider } from "./provider.ts";

const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG" };
const nowMs = Date.parse("2026-03-01T10:00:00Z");

function connect(options: Partial<BedrockOptions> = {}) {
	const defaults = { region: "us-east-1", access: keys, baseUrl: undefined, now: () => nowMs };
	return bedrockConnector({ ...defaults, ...options });
}

const connector = connect();

function pathOf(model: string, stream = false): string {
	return connector.encode(encodeInput({}, { model, stream })).path;
}

describe("addresses", () => {
	it("name the model with colons and slashes encoded", () => {
		expect(pathOf("anthropic.claude-x-v1:0")).toBe("/model/anthropic.claude-x-v1%3A0/converse");
		expect(pathOf("us.amazon.nova-pro-v1:0", true)).toBe(
			"/model/us.amazon.nova-pro-v1%3A0/converse-stream",
		);
		const arn = "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.meta.llama-v1:0";
		expect(pathOf(arn)).toBe(
			"/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.meta.llama-v1%3A0/converse",
		);
	});

	it.each(["a/b", "../x", "arn:aws:s3:::bucket/key", "arn:aws:bedrock:x:1:a/../../b", "m?x=1"])(
		"refuse %s",
		(model) => {
			expect(refusalOf(() => pathOf(model))).toEqual(["request.invalid", "model"]);
		},
	);

	it("belong to the region, the list of models to another service of it", () => {
		expect(connector.baseUrl).toBe("https://bedrock-runtime.us-east-1.amazonaws.com");
		expect(connector.models.baseUrl).toBe("https://bedrock.us-east-1.amazonaws.com");
		const china = connect({ region: "cn-north-1" });
		expect(china.baseUrl).toBe("https://bedrock-runtime.cn-north-1.amazonaws.com.cn");
		const own = connect({ baseUrl: "https://proxy.example/aws" });
		expect([own.baseUrl, own.models.baseUrl]).toEqual(Array(2).fill("https://proxy.example/aws"));
	});
});

describe("credentials", () => {
	it("sign every request with the time of the clock", () => {
		const { headers } = connector.encode(encodeInput({}));
		expect(headers["x-amz-date"]).toBe("20260301T100000Z");
		expect(headers["authorization"]).toMatch(
			/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20260301\/us-east-1\/bedrock\/aws4_request, SignedHeaders=accept;content-type;host;x-amz-date, Signature=[0-9a-f]{64}$/,
		);
		expect(connector.models.request().headers["authorization"]).toContain("/bedrock/aws4_request");
		expect(JSON.stringify(headers)).not.toContain(keys.secretAccessKey);
	});

	it("sign the path in front of a proxy's own", () => {
		const plain = connect({ baseUrl: "https://proxy.example" });
		const deep = connect({ baseUrl: "https://proxy.example/aws" });
		const signature = (from: typeof plain) => from.encode(encodeInput({})).headers["authorization"];
		expect(signature(deep)).not.toBe(signature(plain));
	});

	it("carry the token of temporary ones", () => {
		const temporary = connect({ access: { ...keys, sessionToken: "session-token" } });
		const { headers } = temporary.encode(encodeInput({}));
		expect(headers["x-amz-security-token"]).toBe("session-token");
		expect(temporary.secrets).toEqual([keys.secretAccessKey, "session-token"]);
	});

	it("may be an API key of Bedrock's own", () => {
		const { headers } = connect({ access: { apiKey: "bedrock-api-key-x" } }).encode(
			encodeInput({}),
		);
		expect(headers["authorization"]).toBe("Bearer bedrock-api-key-x");
		expect(headers).not.toHaveProperty("x-amz-date");
	});

	it("are demanded, whole", () => {
		const accepts = (settings: object) => provider.settings.safeParse(settings).success;
		expect(accepts({ apiKey: "k" })).toBe(true);
		expect(accepts(keys)).toBe(true);
		expect(accepts({})).toBe(false);
		expect(accepts({ accessKeyId: "AKIDEXAMPLE" })).toBe(false);
		expect(accepts({ apiKey: "k", region: "us-east-1.evil.example/" })).toBe(false);
	});
});

describe("the list of models", () => {
	it("names them as they are called in the region", () => {
		const model = (modelId: string, ...inferenceTypesSupported: string[]) => ({
			modelId,
			inferenceTypesSupported,
		});
		const body = JSON.stringify({
			modelSummaries: [
				model("amazon.nova-pro-v1:0", "ON_DEMAND", "INFERENCE_PROFILE"),
				model("anthropic.claude-x-v1:0", "INFERENCE_PROFILE"),
				model("meta.llama-v1:0", "PROVISIONED"),
			],
		});
		const listed = (region: string) => connect({ region }).models.parse(body);
		expect(listed("us-east-1")).toEqual(["amazon.nova-pro-v1:0", "us.anthropic.claude-x-v1:0"]);
		expect(listed("ap-south-1")[1]).toBe("apac.anthropic.claude-x-v1:0");
		expect(listed("us-gov-west-1")[1]).toBe("us-gov.anthropic.claude-x-v1:0");
		expect(listed("ca-central-1")[1]).toBe("global.anthropic.claude-x-v1:0");
	});
});
