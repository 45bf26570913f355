import { describe, expect, test } from "vitest";
import { question, startGatewayFixture } from "./testing/gateway-fixture.ts";

const { post, last, upstream } = await startGatewayFixture();

async function labelsOf(headers: Record<string, string>, fields: object = {}) {
	const response = await post({ ...question, ...fields }, { headers });
	await response.text();
	expect(response.status).toBe(200);
	const { tags, endUser, session } = last();
	return { tags, endUser, session };
}

describe("labels of a request", () => {
	test("come from LiteLLM's headers", async () => {
		expect(
			await labelsOf({
				"x-litellm-tags": "alpha, beta,,alpha",
				"x-litellm-spend-logs-metadata": '{"project":"p1","retries":2,"live":true,"deep":{"a":1}}',
				"x-litellm-end-user-id": "u-1",
				"x-litellm-session-id": "s-1",
			}),
		).toEqual({
			tags: ["alpha", "beta", "project:p1", "retries:2", "live:true"],
			endUser: "u-1",
			session: "s-1",
		});
	});

	test("come from LiteLLM's fields of the body", async () => {
		expect(
			await labelsOf(
				{},
				{
					user: "u-2",
					metadata: {
						tags: ["a", 1, "b"],
						spend_logs_metadata: { team: "x" },
						requester_metadata: { app: "shop" },
						session_id: "s-2",
					},
				},
			),
		).toEqual({ tags: ["a", "b", "team:x", "app:shop"], endUser: "u-2", session: "s-2" });
	});

	test("that only a gateway understands do not go on to the provider", async () => {
		const metadata = { run: "7", tags: ["a"], nested: { b: 1 } };
		await labelsOf({}, { metadata, litellm_metadata: { tags: ["c"] } });
		const sent = JSON.parse(upstream.seen.at(-1)?.body ?? "{}");
		expect(sent.metadata).toEqual({ run: "7" });
		expect(sent).not.toHaveProperty("litellm_metadata");
	});

	test("come from Portkey's headers", async () => {
		expect(
			await labelsOf({
				"x-portkey-metadata": '{"_user":"u-3","_environment":"prod","feature":"search"}',
				"x-portkey-trace-id": "t-3",
			}),
		).toEqual({
			tags: ["user:u-3", "environment:prod", "feature:search"],
			endUser: "u-3",
			session: "t-3",
		});
	});

	test("come from Helicone's headers", async () => {
		expect(
			await labelsOf({
				"helicone-user-id": "u-4",
				"helicone-session-id": "s-4",
				"Helicone-Property-App": "mobile",
				"helicone-session-name": "Trip planner",
				"helicone-session-path": "/plan/hotels",
			}),
		).toEqual({
			tags: ["app:mobile", "session-name:Trip planner", "session-path:/plan/hotels"],
			endUser: "u-4",
			session: "s-4",
		});
	});

	test("come from Cloudflare's header", async () => {
		expect(await labelsOf({ "cf-aig-metadata": '{"team":"AI","user":12345}' })).toEqual({
			tags: ["team:AI", "user:12345"],
			endUser: "12345",
			session: null,
		});
	});

	test("prefer our own headers, and headers before the body", async () => {
		const labels = await labelsOf(
			{ "x-llmproxy-tags": "ours", "x-litellm-tags": "theirs", "x-llmproxy-session": "s-5" },
			{ metadata: { session_id: "other" } },
		);
		expect(labels).toMatchObject({ tags: ["ours"], session: "s-5" });
	});

	test("are at most twenty of 128 characters, and those that are listed come first", async () => {
		const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, index]));
		const { tags } = await labelsOf({
			"x-litellm-tags": `first,${"x".repeat(300)}`,
			"x-portkey-metadata": JSON.stringify(many),
		});
		expect(tags).toHaveLength(20);
		expect(tags.slice(0, 3)).toEqual(["first", "x".repeat(128), "k0:0"]);
	});

	test.each(["{broken", "[1,2]", "null", `{"a":"${"x".repeat(9000)}"}`])(
		"are none when metadata is unusable, and the request goes on: %.20s",
		async (text) => {
			expect(await labelsOf({ "x-portkey-metadata": text })).toEqual({
				tags: [],
				endUser: null,
				session: null,
			});
		},
	);
});
