import { beforeEach, describe, expect, test } from "vitest";
import { startGatewayFixture } from "./testing/gateway-fixture.ts";
import { testTarget } from "./testing/test-gateway.ts";
import type { Script } from "./testing/upstream-script.ts";
import { completion, sendJson } from "./testing/upstream-script.ts";

const { upstream, gateway, post, last } = await startGatewayFixture();

/** Questions about the weather point one way, all others another. */
const answerBoth: Script = (response, seen) => {
	if (!seen.path.endsWith("/embeddings")) return sendJson(completion)(response, seen);
	const vector = seen.body.includes("weather") ? [1, 0.01 * seen.body.length] : [0, 1];
	const usage = { prompt_tokens: 1_000_000, total_tokens: 1_000_000 };
	return sendJson({ object: "list", data: [{ index: 0, embedding: vector }], usage })(
		response,
		seen,
	);
};

const embedder = testTarget(upstream.baseUrl, { id: "test/embedder", model: "embedder" });
const on = { mode: "on", semantic: { isOn: true, model: "test/embedder", threshold: 0.9 } };

function ask(content: string, system = "Be brief."): Promise<Response> {
	return post({
		model: "test/test-model",
		messages: [
			{ role: "system", content: system },
			{ role: "user", content },
		],
	});
}

const chats = () => upstream.seen.filter(({ path }) => path.endsWith("/chat/completions")).length;

beforeEach(() => {
	upstream.answer(answerBoth);
	gateway.change({
		settings: { cache: on },
		targets: [testTarget(upstream.baseUrl), embedder],
	});
});

describe("similar questions", () => {
	test("are answered from memory, and the embedding is paid for", async () => {
		await (await ask("How is the weather?")).text();
		const before = chats();
		const similar = await ask("What is the weather?");
		await similar.text();
		expect(similar.headers.get("x-llmproxy-cache")).toBe("semantic-hit");
		expect(chats()).toBe(before);
		// A million tokens at a dollar each million.
		expect(last()).toMatchObject({ cache: "semantic-hit", costMicroUsd: 1_000_000 });
	});

	test("are asked again when they mean something else", async () => {
		await (await ask("How is the weather now?")).text();
		const other = await ask("Who wrote Faust?");
		await other.text();
		expect(other.headers.get("x-llmproxy-cache")).toBe("miss");
	});

	test("are asked again when anything around them differs", async () => {
		await (await ask("How is the weather here?", "Answer in English.")).text();
		const other = await ask("What is the weather here?", "Answer in German.");
		await other.text();
		expect(other.headers.get("x-llmproxy-cache")).toBe("miss");
	});

	test("are not shown across tenants", async () => {
		await (await ask("How is the weather there?")).text();
		gateway.change({
			settings: { cache: on },
			targets: [testTarget(upstream.baseUrl), embedder],
			key: { teamId: "others" },
		});
		const other = await ask("What is the weather there?");
		await other.text();
		expect(other.headers.get("x-llmproxy-cache")).toBe("miss");
	});

	test("are asked as usual when the embedding model fails or is not there", async () => {
		gateway.change({
			settings: { cache: { ...on, semantic: { ...on.semantic, model: "test/absent" } } },
			targets: [testTarget(upstream.baseUrl)],
		});
		const response = await ask("Anything at all?");
		expect(response.status).toBe(200);
		await response.text();
		expect(last()).toMatchObject({ cache: "miss", outcome: "answered" });
	});
});
