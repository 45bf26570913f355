import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textWire } from "./text-wire.ts";

const wire = textWire({ path: "/completions", headers: {} });

function part(text: string, finish: string | null = null): string {
	const logprobs = { tokens: [text] };
	const choice = { text, index: 0, logprobs, finish_reason: finish };
	return `data: ${JSON.stringify({ id: "cmpl-1", model: "m", choices: [choice] })}\n\n`;
}

const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
const usageEvent = `data: ${JSON.stringify({ id: "cmpl-1", choices: [], usage })}\n\n`;
const whole = Buffer.from(
	`${part("Hé")}${part("llo 🌍")}${part("", "length")}${usageEvent}data: [DONE]\n\n`,
);

describe("a stream of the older Completions", () => {
	it("gives the same events whatever the chunking", () => {
		fc.assert(
			fc.property(fc.array(fc.nat(whole.length), { maxLength: 8 }), (places) => {
				const at = [...new Set(places)].toSorted((a, b) => a - b);
				const decoder = wire.decodeStream();
				const frames = [0, ...at].flatMap((start, index) =>
					decoder.push(whole.subarray(start, at[index])),
				);
				const { frames: last, complete } = decoder.end();
				expect(complete).toBe(true);
				expect([...frames, ...last].flatMap(({ events }) => events)).toEqual([
					{ type: "start", id: "cmpl-1", model: "m" },
					{ type: "text", choice: 0, text: "Hé" },
					{ type: "text", choice: 0, text: "llo 🌍" },
					{ type: "end", choice: 0, reason: "length" },
					{ type: "usage", usage: { inputTokens: 3, outputTokens: 2, estimated: false } },
				]);
			}),
		);
	});

	it("that ends without its mark is complete only when every choice has ended", () => {
		const decoder = wire.decodeStream();
		decoder.push(Buffer.from(part("x")));
		expect(decoder.end().complete).toBe(false);
	});

	it("loses the log probabilities of a text that was edited", () => {
		const [frame] = wire.decodeStream().push(Buffer.from(part("secret")));
		const edited = frame?.events.map((event) =>
			"text" in event ? { ...event, text: "#" } : event,
		);
		const data = frame?.wire?.rewrite(edited ?? [], true);
		expect(data).toContain('"text":"#"');
		expect(data).not.toContain("secret");
	});
});

describe("an answer of the older Completions", () => {
	it("that has no choices is malformed, and one with an error says so", () => {
		expect(() => wire.decode('{"object":"list"}')).toThrow();
		expect(wire.decode('{"error":{"message":"It broke."}}').events[0]).toMatchObject({
			type: "error",
			message: "It broke.",
		});
	});
});
