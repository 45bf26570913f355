import { describe, expect, test } from "vitest";
import { question, startGatewayFixture } from "./testing/gateway-fixture.ts";

const { gateway, post, last } = await startGatewayFixture();

describe("models, health and metrics", () => {
	const get = (path: string, token = gateway.token) =>
		fetch(gateway.url + path, { headers: { authorization: `Bearer ${token}` } });

	test("list what the key may use, and nothing else", async () => {
		const list = (await (await get("/v1/models")).json()) as { data: { id: string }[] };
		expect(list.data.map((model) => model.id)).toEqual(["test/test-model"]);
		expect((await get("/v1/models/test/test-model")).status).toBe(200);
		expect((await get("/v1/models/nobody")).status).toBe(404);
		gateway.change({ key: { allowedModels: ["other/*"] } });
		expect(await (await get("/v1/models")).json()).toEqual({ object: "list", data: [] });
		expect((await get("/v1/models/test/test-model")).status).toBe(404);
		expect((await get("/v1/models", "wrong")).status).toBe(401);
	});

	test("answer probes under every usual name", async () => {
		for (const name of ["", "/live", "/liveness", "/liveliness", "/ready", "/readiness"]) {
			expect((await fetch(`${gateway.url}/health${name}`)).status).toBe(200);
		}
		gateway.breakJournal(true);
		expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
		gateway.breakJournal(false);
	});

	test("show metrics to keys that may see them only", async () => {
		expect((await get("/metrics")).status).toBe(200);
		gateway.change({ key: { allowedEndpoints: ["chat.completions"] } });
		expect((await get("/metrics")).status).toBe(403);
		expect((await fetch(`${gateway.url}/metrics`)).status).toBe(401);
	});

	test("read tags, end user and session from other gateways' headers", async () => {
		const headers = {
			"x-litellm-tags": "alpha, beta",
			"helicone-user-id": "u-1",
			"x-portkey-trace-id": "t-1",
		};
		await (await post(question, { headers })).text();
		expect(last()).toMatchObject({ tags: ["alpha", "beta"], endUser: "u-1", session: "t-1" });
	});
});
