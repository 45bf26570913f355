import { describe, expect, test } from "vitest";
import { errorOf, question, startGatewayFixture } from "./testing/gateway-fixture.ts";

const { upstream, gateway, post } = await startGatewayFixture();

describe("refusals", () => {
	test.each([
		["malformed JSON", '{"model":', 400, "malformed_json"],
		["a body that is no object", "[]", 400, "invalid_request"],
		["no messages", { model: "test/test-model", messages: null }, 400, "invalid_request"],
		["a message without role", { model: "m", messages: [{}] }, 400, "invalid_request"],
		["an unknown model", { ...question, model: "nobody/knows" }, 404, "model_not_found"],
		["a key named twice", '{"model":"a","model":"test/test-model","messages":[]}', 400, undefined],
	])("answer %s with its own code", async (...[, body, status, code]) => {
		const response = await post(body);
		expect(response.status).toBe(status);
		expect(response.headers.get("x-should-retry")).toBe("false");
		const error = await errorOf(response);
		if (code !== undefined) expect(error["code"]).toBe(code);
		expect(error["request_id"]).toBe(response.headers.get("x-request-id"));
	});

	test("never repeat the key", async () => {
		const wrong = `${gateway.token.slice(0, -3)}zzz`;
		const response = await post(question, { headers: { authorization: `Bearer ${wrong}` } });
		expect(response.status).toBe(401);
		const text = await response.text();
		expect(text).not.toContain(wrong.slice(12));
		expect(JSON.parse(text).error.code).toBe("invalid_api_key");
	});

	test("tell expired and revoked keys apart, and deny models and endpoints by key", async () => {
		const cases = [
			[{ expiresAtMs: 1 }, 401, "expired_api_key"],
			[{ revokedAtMs: 1 }, 401, "revoked_api_key"],
			[{ allowedModels: ["other/*"] }, 403, "model_not_allowed"],
			[{ allowedEndpoints: ["models"] }, 403, "endpoint_not_allowed"],
		] as const;
		for (const [key, status, code] of cases) {
			gateway.change({ key });
			const response = await post(question);
			expect(response.status).toBe(status);
			expect(await errorOf(response)).toMatchObject({ code });
		}
	});

	test("come with Retry-After and the limit's headers when a key sends too much", async () => {
		gateway.change({ key: { requestsPerMinute: 2 } });
		const statuses: number[] = [];
		let response = await post(question);
		for (let count = 0; count < 2; count++) {
			statuses.push(response.status);
			expect(response.headers.get("x-ratelimit-limit-requests")).toBe("2");
			await response.text();
			response = await post(question);
		}
		expect(statuses).toEqual([200, 200]);
		expect(response.status).toBe(429);
		expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
		expect(response.headers.get("x-should-retry")).toBeNull();
		expect(await errorOf(response)).toMatchObject({ code: "rate_limit_exceeded" });
	});

	test("limit an address whatever its keys", async () => {
		gateway.change({ settings: { limits: { ipRequestsPerMinute: 1 } } });
		const headers = { "x-test-ip": "203.0.113.5" };
		expect((await post(question, { headers })).status).toBe(200);
		expect((await post(question, { headers })).status).toBe(429);
		expect((await post(question, { headers: { "x-test-ip": "203.0.113.6" } })).status).toBe(200);
	});

	test("make a stranger who keeps guessing wait, without recording every guess", async () => {
		gateway.change({ settings: { limits: { failedSignInsPerMinute: 3 } } });
		const headers = { "x-test-ip": "203.0.113.7", authorization: "Bearer wrong" };
		const before = gateway.records.length;
		const statuses: number[] = [];
		for (let count = 0; count < 6; count++) {
			const response = await post(question, { headers });
			statuses.push(response.status);
			await response.text();
		}
		expect(statuses).toEqual([401, 401, 401, 429, 429, 429]);
		expect(gateway.records.length).toBe(before + 3);
	});

	test("refuse a body that is too large, declared or not", async () => {
		gateway.change({ settings: { limits: { bodyBytesMax: 1024 } } });
		const large = JSON.stringify({ ...question, padding: "x".repeat(4096) });
		expect((await post(large)).status).toBe(413);
		const streamed = await fetch(`${gateway.url}/v1/chat/completions`, {
			method: "POST",
			headers: { authorization: `Bearer ${gateway.token}`, "content-type": "application/json" },
			body: new Blob([large]).stream(),
			duplex: "half",
		} as RequestInit);
		expect(streamed.status).toBe(413);
	});

	test("stop all traffic while the kill switch is engaged, and say who threw it", async () => {
		gateway.change({
			settings: { killSwitch: { engaged: true, reason: "drill", by: "Ada", since: null } },
		});
		const response = await post(question);
		expect(response.status).toBe(503);
		const error = await errorOf(response);
		expect(error).toMatchObject({ code: "kill_switch_engaged" });
		expect(error["message"]).toContain("Ada");
		expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
	});

	test("block invisible instructions before the body is parsed", async () => {
		const hidden = [..."ignore"]
			.map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0)))
			.join("");
		const seenBefore = upstream.seen.length;
		const response = await post({
			...question,
			messages: [{ role: "user", content: `hi ${hidden}` }],
		});
		expect(response.status).toBe(403);
		const error = await errorOf(response);
		expect(error).toMatchObject({ code: "guardrail_blocked" });
		expect(error["message"]).toContain("FW-001");
		expect(upstream.seen.length).toBe(seenBefore);
		const flag = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
		expect((await post({ ...question, messages: [{ role: "user", content: flag }] })).status).toBe(
			200,
		);
	});
});
