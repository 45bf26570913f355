import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatEvent } from "../../contract/chat.ts";
import { encodeResponse } from "./encode-answer.ts";
import { createStreamEncoder } from "./encode-stream.ts";

const options = {
	identity: { requestId: "req_1", model: "m", createdAtSeconds: 1 },
	wantsUsage: true,
	request: { model: "alias", input: "hi", tools: [], metadata: { a: "b" } },
};

interface TypedJson extends Readonly<Record<string, unknown>> {
	readonly type: string;
	readonly sequence_number: number;
}

function eventsIn(text: string): TypedJson[] {
	return text
		.split("\n\n")
		.filter((block) => block !== "")
		.map((block) => {
			const [name = "", data = ""] = block.split("\n");
			const event = JSON.parse(data.slice("data: ".length)) as TypedJson;
			expect(name).toBe(`event: ${event.type}`);
			return event;
		});
}

/** A plausible answer: stretches of words, thinking, refusals and calls whose arguments come in turns. */
const said = fc
	.array(
		fc.oneof(
			fc.record({ type: fc.constantFrom("text", "reasoning", "refusal"), text: fc.string() }),
			fc.record({ type: fc.constant("tool-start"), name: fc.constant("f") }),
			fc.record({ type: fc.constant("tool-arguments"), text: fc.string(), turn: fc.nat(5) }),
			fc.record({ type: fc.constant("reasoning-signature"), signature: fc.constant("s") }),
		),
		{ maxLength: 30 },
	)
	.map((steps) => {
		let calls = 0;
		return steps.flatMap((step): ChatEvent[] => {
			if (step.type === "tool-start") {
				const index = calls++;
				return [{ type: "tool-start", choice: 0, index, id: `call_${index}`, name: "f" }];
			}
			if (!("turn" in step)) return [{ ...step, choice: 0 } as ChatEvent];
			if (calls === 0) return [];
			return [{ type: "tool-arguments", choice: 0, index: step.turn % calls, text: step.text }];
		});
	});

const ending: readonly ChatEvent[] = [
	{ type: "end", choice: 0, reason: "stop" },
	{ type: "usage", usage: { inputTokens: 3, outputTokens: 2, estimated: false } },
];

/** The events cut into frames and batches at arbitrary places. */
function stream(events: readonly ChatEvent[], cuts: readonly number[]): TypedJson[] {
	const encoder = createStreamEncoder(options);
	let text = "";
	let at = 0;
	for (let turn = 0; at < events.length; turn++) {
		const size = cuts[turn % cuts.length] ?? 1;
		const slice = events.slice(at, at + size);
		text += encoder.encode(
			turn % 2 === 0 ? [{ events: slice }] : slice.map((event) => ({ events: [event] })),
		);
		at += size;
	}
	return eventsIn(text + encoder.end());
}

const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

describe("a translated stream", () => {
	it("ends with the same response whatever the frames, and with that of a JSON answer", () => {
		fc.assert(
			fc.property(said, sizes, (events, cuts) => {
				const all = [...events, ...ending];
				const last = stream(all, cuts).at(-1);
				expect(last).toMatchObject({ type: "response.completed" });
				expect(last?.["response"]).toEqual(JSON.parse(encodeResponse(all, options)));
			}),
		);
	});

	it("numbers its events from 0, one by one", () => {
		fc.assert(
			fc.property(said, sizes, (events, cuts) => {
				const numbers = stream([...events, ...ending], cuts).map((event) => event.sequence_number);
				expect(numbers).toEqual(numbers.map((_, index) => index));
			}),
		);
	});

	it("says in deltas what its done events and its last event say", () => {
		fc.assert(
			fc.property(said, sizes, (events, cuts) => {
				const typed = stream([...events, ...ending], cuts);
				const sums = new Map<string, string>();
				for (const event of typed) {
					const family = event.type.replace(/\.(delta|done)$/, "");
					const part = event["content_index"] ?? event["summary_index"] ?? "";
					const key = `${family}/${event["item_id"]}/${part}`;
					if (event.type.endsWith(".delta"))
						sums.set(key, (sums.get(key) ?? "") + String(event["delta"]));
					else if (sums.has(key))
						expect(event["text"] ?? event["arguments"] ?? event["refusal"]).toBe(sums.get(key));
				}
				const last = typed.at(-1)?.["response"] as { output: object[] } | undefined;
				const done = typed.filter(({ type }) => type === "response.output_item.done");
				const byIndex = done.toSorted(
					(a, b) => Number(a["output_index"]) - Number(b["output_index"]),
				);
				expect(byIndex.map((event) => event["item"])).toEqual(last?.output);
			}),
		);
	});

	it("opens and closes every item once, in order of their indexes", () => {
		fc.assert(
			fc.property(said, sizes, (events, cuts) => {
				const typed = stream([...events, ...ending], cuts);
				const indexes = (type: string) =>
					typed.filter((event) => event.type === type).map((event) => event["output_index"]);
				const added = indexes("response.output_item.added");
				expect(added).toEqual(added.map((_, index) => index));
				expect(indexes("response.output_item.done").toSorted()).toEqual(added.toSorted());
			}),
		);
	});

	it.each([
		["length", "incomplete", { reason: "max_output_tokens" }],
		["filtered", "incomplete", { reason: "content_filter" }],
		["tool-calls", "completed", null],
	] as const)("that ended by %s is %s", (reason, status, details) => {
		const typed = stream(
			[
				{ type: "text", choice: 0, text: "x" },
				{ type: "end", choice: 0, reason },
			],
			[1],
		);
		expect(typed.at(-1)).toMatchObject({
			type: `response.${status}`,
			response: { status, incomplete_details: details, output: [{ status }] },
		});
	});

	it("closes what is open when it is cut, and fails with the next number", () => {
		const encoder = createStreamEncoder(options);
		const begun = encoder.encode([{ events: [{ type: "text", choice: 0, text: "Hel" }] }]);
		const error = {
			status: 502,
			headers: {},
			code: "upstream_interrupted",
			type: "upstream_error",
			message: "It broke.",
			param: undefined,
			requestId: "req_1",
		} as const;
		const { sequence_number: number } = eventsIn(encoder.fail(error))[0] ?? {};
		expect(number).toBe(eventsIn(begun).length);
		const typed = eventsIn(begun + encoder.cut() + encoder.end());
		expect(typed.map(({ type }) => type).slice(-4)).toEqual([
			"response.output_text.done",
			"response.content_part.done",
			"response.output_item.done",
			"response.incomplete",
		]);
	});

	it("repeats the request's settings under the provider's name of the model", () => {
		expect(stream(ending, [1])[0]).toMatchObject({
			type: "response.created",
			response: {
				id: "resp_1",
				model: "m",
				status: "in_progress",
				metadata: { a: "b" },
				tools: [],
			},
		});
	});
});
