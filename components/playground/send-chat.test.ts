import { describe, expect, it } from "vitest";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { Answer } from "./answer.ts";
import { emptyAnswer } from "./answer.ts";
import { receive } from "./send-chat.ts";

const eventStream = { "content-type": "text/event-stream; charset=utf-8", "x-request-id": "r1" };

function streamOf(pieces: readonly string[]): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		start: (controller) => {
			for (const piece of pieces) controller.enqueue(encoder.encode(piece));
			controller.close();
		},
	});
}

async function received(response: Response) {
	let answer: Answer = emptyAnswer;
	const states: string[] = [];
	let error: unknown;
	try {
		await receive(response, {
			startedAt: performance.now(),
			change: (change) => {
				answer = change(answer);
				states.push(answer.state.kind);
			},
		});
	} catch (thrown) {
		error = thrown;
	}
	return { answer, states, error };
}

const chunk = (content: string) => `data: {"choices":[{"delta":{"content":"${content}"}}]}\n\n`;

describe("receive", () => {
	it("builds the answer up from a stream, with cost and overhead from its last comment", async () => {
		const { answer, states, error } = await received(
			new Response(
				streamOf([
					chunk("Hel"),
					chunk("lo").slice(0, 20),
					chunk("lo").slice(20),
					'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\n',
					": x-llmproxy-cost-usd=0.000003 x-llmproxy-overhead-ms=0.8\n\ndata: [DONE]\n\n",
				]),
				{ headers: { ...eventStream, "x-llmproxy-overhead-ms": "0.3" } },
			),
		);
		expect(error).toBeUndefined();
		expect(answer).toMatchObject({
			text: "Hello",
			usage: { inputTokens: 1, outputTokens: 2 },
			facts: { requestId: "r1", costUsd: "0.000003", overheadMs: 0.8 },
			state: { kind: "done" },
		});
		expect(answer.facts.firstTextMs).toBeTypeOf("number");
		expect(states).toContain("streaming");
	});

	it("keeps what came before an error event and reports its code", async () => {
		const { answer, error } = await received(
			new Response(
				streamOf([
					chunk("Hel"),
					'data: {"error":{"message":"Broke off.","type":"upstream_error","param":null,"code":"upstream_interrupted","request_id":"r1"}}\n\n',
				]),
				{ headers: eventStream },
			),
		);
		expect(answer.text).toBe("Hel");
		expect(error).toMatchObject({ code: "upstream_interrupted", requestId: "r1" });
	});

	it("does not take a stream without its closing mark for a whole answer", async () => {
		const { error } = await received(
			new Response(streamOf([chunk("Hel")]), { headers: eventStream }),
		);
		expect(error).toMatchObject({ code: "stream_interrupted", requestId: "r1" });
	});

	it("reads an answer that is not streamed", async () => {
		const { answer } = await received(
			Response.json(
				{ choices: [{ message: { content: "Hi" }, finish_reason: "stop" }] },
				{ headers: { "x-llmproxy-cost-usd": "unknown", "x-llmproxy-provider": "ollama" } },
			),
		);
		expect(answer).toMatchObject({
			text: "Hi",
			finishReason: "stop",
			facts: { costUsd: "unknown", provider: "ollama" },
			state: { kind: "done" },
		});
	});

	it("rejects with the code of a refusal", async () => {
		const { answer, error } = await received(
			Response.json(
				{
					error: {
						message: "Too many requests.",
						type: "rate_limit_error",
						param: null,
						code: "rate_limit_exceeded",
						request_id: "r2",
					},
				},
				{ status: 429, headers: { "x-request-id": "r2" } },
			),
		);
		expect(error).toBeInstanceOf(ClientProblem);
		expect(error).toMatchObject({ status: 429, code: "rate_limit_exceeded", requestId: "r2" });
		expect(answer.facts.requestId).toBe("r2");
	});
});
