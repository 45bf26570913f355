import Anthropic from "@anthropic-ai/sdk";
import { describe, expect, test } from "vitest";
import {
	claudeQuestion,
	failureOf,
	startMessagesFixture,
	weatherTools,
} from "./testing/messages-fixture.ts";
import { sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, client, last } = await startMessagesFixture();

describe("counting tokens", () => {
	test("is left to Anthropic's own counter, which gets the request as it is", async () => {
		upstream.answer(sendJson({ input_tokens: 4711 }));
		const { max_tokens: _, ...request } = claudeQuestion;
		expect(await client.messages.countTokens(request)).toEqual({ input_tokens: 4711 });
		const seen = upstream.seen.at(-1);
		expect(seen?.path).toBe("/v1/messages/count_tokens");
		expect(JSON.parse(seen?.body ?? "")).toEqual({ ...request, model: "claude-x" });
		expect(last()).toMatchObject({ outcome: "answered", costMicroUsd: 0, provider: "claude" });
	});

	test.each([404, 429, 500])("is estimated when that counter says %i", async (status) => {
		upstream.answer(sendJson({ type: "error", error: { type: "x", message: "y" } }, status));
		const { input_tokens: tokens } = await client.messages.countTokens(claudeQuestion);
		expect(tokens).toBeGreaterThan(0);
		expect(last()).toMatchObject({ outcome: "answered", costMicroUsd: 0 });
	});

	test("passes on what that counter finds wrong", async () => {
		const error = { type: "invalid_request_error", message: "messages: roles must alternate" };
		upstream.answer(sendJson({ type: "error", error }, 400));
		const failure = await failureOf(client.messages.countTokens(claudeQuestion));
		expect(failure).toMatchObject({ status: 400, type: "invalid_request_error" });
		expect(failure.message).toContain("roles must alternate");
	});

	test("is estimated for every other provider, costs nothing, and asks nobody", async () => {
		const before = upstream.seen.length;
		const request = { model: "test/test-model", messages: claudeQuestion.messages };
		const few = await client.messages.countTokens(request);
		const many = await client.messages.countTokens({
			...request,
			system: "word ".repeat(500),
			tools: weatherTools,
		});
		expect(few.input_tokens).toBeGreaterThan(0);
		expect(many.input_tokens).toBeGreaterThan(few.input_tokens + 400);
		expect(upstream.seen).toHaveLength(before);
		expect(last()).toMatchObject({
			endpoint: "messages.count_tokens",
			outcome: "answered",
			costMicroUsd: 0,
			isUnpriced: false,
			requestedModel: "test/test-model",
		});
	});

	test("is refused like any other request", async () => {
		const unknown = await failureOf(
			client.messages.countTokens({ model: "nobody", messages: claudeQuestion.messages }),
		);
		expect(unknown).toBeInstanceOf(Anthropic.NotFoundError);
		gateway.change({ key: { allowedEndpoints: ["messages"] } });
		const denied = await failureOf(client.messages.countTokens(claudeQuestion));
		expect(denied).toBeInstanceOf(Anthropic.PermissionDeniedError);
	});
});

describe("the list of models", () => {
	test("comes in Anthropic's shape to its SDK, page by page in both directions", async () => {
		const ids: string[] = [];
		for await (const model of client.models.list({ limit: 2 })) ids.push(model.id);
		expect(ids).toEqual(["test/test-model", "google/gemini-x", "claude/claude-x"]);
		const first = await client.models.list({ limit: 2 });
		expect(first).toMatchObject({
			has_more: true,
			first_id: "test/test-model",
			last_id: "google/gemini-x",
			data: [
				{ type: "model", display_name: "test-model", created_at: "1970-01-01T00:00:01.000Z" },
				{},
			],
		});
		const back = await client.models.list({ limit: 1, before_id: "claude/claude-x" });
		expect(back).toMatchObject({ has_more: true, data: [{ id: "google/gemini-x" }] });
		expect(await client.models.retrieve("claude/claude-x")).toMatchObject({
			type: "model",
			id: "claude/claude-x",
		});
	});

	test("refuses what it cannot find or read, in Anthropic's shape", async () => {
		const missing = await failureOf(client.models.retrieve("nobody"));
		expect(missing).toMatchObject({ status: 404, type: "not_found_error" });
		for (const query of [{ limit: 0 }, { after_id: "nobody" }]) {
			const failure = await failureOf(Promise.resolve(client.models.list(query)));
			expect(failure).toMatchObject({ status: 400, type: "invalid_request_error" });
		}
	});
});
