import { describe, expect, test } from "vitest";
import {
	errorOf,
	fakeCredential,
	question,
	startGatewayFixture,
} from "./testing/gateway-fixture.ts";
import { testTarget } from "./testing/test-gateway.ts";
import { sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, post, last } = await startGatewayFixture();

describe("upstream trouble", () => {
	test.each([
		[401, 502, "upstream_credentials_rejected"],
		[400, 400, "upstream_rejected"],
		[429, 429, "upstream_rate_limited"],
		[500, 502, "upstream_failed"],
		[503, 503, "upstream_failed"],
		[504, 504, "upstream_timeout"],
		[302, 502, "upstream_malformed"],
	])("of status %i becomes %i %s", async (given, status, code) => {
		upstream.answer(sendJson({ error: { message: `bad ${fakeCredential}`, type: "x" } }, given));
		const response = await post(question);
		const text = await response.text();
		expect(response.status).toBe(status);
		expect(JSON.parse(text).error.code).toBe(code);
		expect(text).not.toContain(fakeCredential.slice(8, 30));
	});

	test("of a body that is no JSON becomes 502", async () => {
		upstream.answer(sendJson("<html>", 200));
		const response = await post(question);
		expect(response.status).toBe(502);
		expect(await errorOf(response)).toMatchObject({ code: "upstream_malformed" });
	});

	test("of a closed port becomes 502, of silence 504", async () => {
		gateway.change({ targets: [testTarget("http://127.0.0.1:9/v1")] });
		const refused = await post(question);
		expect(refused.status).toBe(502);
		expect(await errorOf(refused)).toMatchObject({ code: "upstream_unreachable" });
		gateway.change({ settings: { timeouts: { firstByteMs: 200 } } });
		upstream.answer(() => {});
		const silent = await post(question);
		expect(silent.status).toBe(504);
		expect(await errorOf(silent)).toMatchObject({ code: "upstream_timeout" });
	});

	test("at one provider of a bare model name is another's chance, after one retry", async () => {
		const dead = testTarget("http://127.0.0.1:9/v1", { id: "dead/test-model", providerId: "dead" });
		gateway.change({ targets: [dead, testTarget(upstream.baseUrl)] });
		const response = await post({ ...question, model: "test-model" });
		expect(response.status).toBe(200);
		expect(response.headers.get("x-llmproxy-provider")).toBe("test");
		await response.text();
		expect(last().attempts.map((attempt) => attempt.provider)).toEqual(["dead", "dead", "test"]);
	});
});
