import { openaiCompatible } from "../providers/openai-compatible/openai-compatible.ts";
import type { Target } from "../snapshot.ts";
import type { TestGateway } from "./test-gateway.ts";
import { testTarget } from "./test-gateway.ts";
import type { Script, ScriptedUpstream } from "./upstream-script.ts";
import { chunk, completion } from "./upstream-script.ts";

/** A target whose upstream speaks Responses and the older Completions itself. */
export function nativeTarget(baseUrl: string): Target {
	const provider = openaiCompatible({
		id: "test",
		title: "Test",
		baseUrl,
		responsesPath: "/responses",
		textPath: "/completions",
	});
	const settings = provider.settings.parse({ baseUrl, apiKey: "upstream-credential" });
	return testTarget(baseUrl, { connector: provider.connect(settings) });
}

/** Sends a JSON body to one path of the gateway. */
export function postTo(
	{ url, token }: TestGateway,
	path: string,
): (body: object) => Promise<Response> {
	return (body) =>
		fetch(`${url}${path}`, {
			method: "POST",
			headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
			body: JSON.stringify(body),
		});
}

/** The events of a stream; throws when a name differs from its JSON's. */
export async function typedOf(response: Response): Promise<Record<string, unknown>[]> {
	const text = await response.text();
	return [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, name, data = ""]) => {
		const event = JSON.parse(data) as Record<string, unknown>;
		if (event["type"] !== name) throw new Error(`${name} carries ${event["type"]}`);
		return event;
	});
}

/** The body of the last request that reached the upstream. */
export function seenJson(upstream: ScriptedUpstream): Record<string, unknown> {
	return JSON.parse(upstream.seen.at(-1)?.body ?? "null") as Record<string, unknown>;
}

/** A stream whose second part waits for `go`, so that the first has surely left. */
export function sendInTwo(
	first: readonly string[],
	second: readonly string[],
	go: Promise<void>,
): Script {
	return async (response) => {
		response.writeHead(200, { "content-type": "text/event-stream" });
		response.write(first.join(""));
		await go;
		response.end(second.join(""));
	};
}

/** A chat stream with thinking, words and two parallel calls. */
export const callChunks = [
	chunk({ role: "assistant", reasoning_content: "Hmm." }),
	chunk({ content: "Let me " }),
	chunk({ content: "look." }),
	chunk({
		tool_calls: [
			{ index: 0, id: "call_1", type: "function", function: { name: "weather", arguments: "" } },
		],
	}),
	chunk({ tool_calls: [{ index: 0, function: { arguments: '{"city":"Paris"}' } }] }),
	chunk({
		tool_calls: [
			{
				index: 1,
				id: "call_2",
				type: "function",
				function: { name: "weather", arguments: '{"city":"Rome"}' },
			},
		],
	}),
	chunk({}, "tool_calls"),
	{ ...chunk({}), choices: [], usage: completion.usage },
	"data: [DONE]\n\n",
];

/** Typed events of an upstream that speaks Responses, numbered and named as the wire does. */
export function typedEvents(events: readonly Readonly<Record<string, unknown>>[]): string[] {
	return events.map((event, number) => {
		const data = JSON.stringify({ ...event, sequence_number: number });
		return `event: ${String(event["type"])}\ndata: ${data}\n\n`;
	});
}

interface Answer {
	/** The words, as the deltas bring them. */
	readonly deltas: readonly string[];
	readonly status?: "completed" | "incomplete";
}

export const upstreamUsage = {
	input_tokens: 100,
	input_tokens_details: { cached_tokens: 40 },
	output_tokens: 20,
	output_tokens_details: { reasoning_tokens: 5 },
	total_tokens: 120,
};

export function nativeResponse(output: readonly object[], status = "completed"): object {
	return {
		id: "resp_upstream",
		object: "response",
		created_at: 1,
		status,
		error: null,
		incomplete_details: status === "incomplete" ? { reason: "max_output_tokens" } : null,
		instructions: null,
		model: "test-model",
		output,
		parallel_tool_calls: true,
		tool_choice: "auto",
		tools: [],
		usage: status === "in_progress" ? null : upstreamUsage,
		metadata: {},
	};
}

export function nativeMessage(text: string, status = "completed"): object {
	return {
		id: "msg_upstream",
		type: "message",
		status,
		role: "assistant",
		content: [{ type: "output_text", text, annotations: [], logprobs: [] }],
	};
}

const reasoningItem = {
	id: "rs_upstream",
	type: "reasoning",
	summary: [{ type: "summary_text", text: "Thinking hard." }],
	encrypted_content: "gAAA",
};

/** Thinking, words and a call, every text twice or more, as OpenAI sends them. */
export function nativeEvents({ deltas, status = "completed" }: Answer): string[] {
	const text = deltas.join("");
	const call = {
		id: "fc_upstream",
		type: "function_call",
		status: "completed",
		arguments: '{"city":"Paris"}',
		call_id: "call_1",
		name: "weather",
	};
	const words = { item_id: "msg_upstream", output_index: 1, content_index: 0 };
	const thought = { item_id: "rs_upstream", output_index: 0, summary_index: 0 };
	const called = { item_id: "fc_upstream", output_index: 2 };
	const part = { type: "output_text", text: "", annotations: [], logprobs: [] };
	const summary = "Thinking hard.";
	return typedEvents([
		{ type: "response.created", response: nativeResponse([], "in_progress") },
		{ type: "response.in_progress", response: nativeResponse([], "in_progress") },
		{
			type: "response.output_item.added",
			output_index: 0,
			item: { ...reasoningItem, summary: [] },
		},
		{
			type: "response.reasoning_summary_part.added",
			...thought,
			part: { type: "summary_text", text: "" },
		},
		{ type: "response.reasoning_summary_text.delta", ...thought, delta: "Thinking " },
		{ type: "response.reasoning_summary_text.delta", ...thought, delta: "hard." },
		{ type: "response.reasoning_summary_text.done", ...thought, text: summary },
		{
			type: "response.reasoning_summary_part.done",
			...thought,
			part: { type: "summary_text", text: summary },
		},
		{ type: "response.output_item.done", output_index: 0, item: reasoningItem },
		{
			type: "response.output_item.added",
			output_index: 1,
			item: { ...nativeMessage("", "in_progress"), content: [] },
		},
		{ type: "response.content_part.added", ...words, part },
		...deltas.map((delta) => ({
			type: "response.output_text.delta",
			...words,
			delta,
			logprobs: [{ token: delta, logprob: -0.1, top_logprobs: [] }],
		})),
		{ type: "response.output_text.done", ...words, text, logprobs: [] },
		{ type: "response.content_part.done", ...words, part: { ...part, text } },
		{ type: "response.output_item.done", output_index: 1, item: nativeMessage(text) },
		{
			type: "response.output_item.added",
			output_index: 2,
			item: { ...call, status: "in_progress", arguments: "" },
		},
		{ type: "response.function_call_arguments.delta", ...called, delta: '{"city":' },
		{ type: "response.function_call_arguments.delta", ...called, delta: '"Paris"}' },
		{ type: "response.function_call_arguments.done", ...called, arguments: call.arguments },
		{ type: "response.output_item.done", output_index: 2, item: call },
		{
			type: `response.${status}`,
			response: nativeResponse([reasoningItem, nativeMessage(text), call], status),
		},
	]);
}
