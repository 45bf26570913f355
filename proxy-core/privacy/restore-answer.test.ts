import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChatEvent, Frame } from "../contract/chat.ts";
import { createRestorer } from "./restore-answer.ts";
import type { Vault } from "./vault.ts";
import { createVault } from "./vault.ts";

function vaultOf(...values: readonly (readonly [type: string, value: string])[]): Vault {
	const vault = createVault();
	for (const [type, value] of values) vault.mask(type, value);
	return vault;
}

const vault = vaultOf(
	["PERSON", 'Ann "Bo"\nLee'],
	["EMAIL_ADDRESS", "ann@a.io"],
	["PERSON", "<PERSON_1>"],
);

const end: ChatEvent = { type: "end", choice: 0, reason: "stop" };

function say(kind: "text" | "tool-arguments" | "reasoning", text: string): ChatEvent {
	return kind === "tool-arguments"
		? { type: kind, choice: 0, index: 0, text }
		: { type: kind, choice: 0, text };
}

/** What leaves when the pieces come one by one. */
function played(pieces: readonly ChatEvent[]): string {
	const restorer = createRestorer(vault);
	const frames: Frame[] = [];
	for (const event of [...pieces, end]) frames.push(...restorer.push([{ events: [event] }]));
	frames.push(...restorer.flush());
	return frames
		.flatMap(({ events }) => events)
		.map((event) => ("text" in event ? event.text : ""))
		.join("");
}

/** A text cut wherever the numbers say. */
function cut(text: string, places: readonly number[]): string[] {
	const at = [0, ...places.map((place) => place % (text.length + 1)), text.length].toSorted(
		(a, b) => a - b,
	);
	return at.slice(1).map((to, index) => text.slice(at[index], to));
}

const word = fc.constantFrom(
	"<PERSON_1>",
	"<PERSON_2>",
	"<EMAIL_ADDRESS_1>",
	"<PERSON_9>",
	"<PERSON_",
	"<div>",
	"&lt;PERSON_1&gt;",
	"\\u003cEMAIL_ADDRESS_1\\u003e",
	" said ",
	"<",
	"\\",
	"1>",
);

describe("restoring an answer", () => {
	test("puts values back as the place wants them", () => {
		expect(played([say("text", "Hi <PERSON_1>, <PERSON_3>!")])).toBe(
			'Hi Ann "Bo"\nLee, <PERSON_3>!',
		);
		expect(played([say("tool-arguments", '{"to":"<PERSON_1>"}')])).toBe(
			'{"to":"Ann \\"Bo\\"\\nLee"}',
		);
		expect(played([say("text", '{"to":"<PERSON_1>"}')])).toBe('{"to":"Ann \\"Bo\\"\\nLee"}');
		expect(played([say("text", "[see <PERSON_1>]")])).toBe('[see Ann "Bo"\nLee]');
		expect(played([say("text", "<b>&lt;PERSON_2&gt;</b>")])).toBe("<b>&lt;PERSON_1&gt;</b>");
		expect(played([say("tool-arguments", '{"a":"\\u003cEMAIL_ADDRESS_1\\u003e"}')])).toBe(
			'{"a":"ann@a.io"}',
		);
	});

	test("does not read what it put back, however the text comes", () => {
		expect(
			played(["<PER", "SON_2> and <", "PERSON_1", "> ", "<"].map((text) => say("text", text))),
		).toBe('<PERSON_1> and Ann "Bo"\nLee <');
	});

	test("gives the same for every chunking", () => {
		fc.assert(
			fc.property(
				fc.array(word, { maxLength: 12 }),
				fc.array(fc.nat(), { maxLength: 12 }),
				fc.constantFrom("text" as const, "tool-arguments" as const),
				(words, places, kind) => {
					const text = words.join("");
					const pieces = cut(text, places).map((piece) => say(kind, piece));
					expect(played(pieces)).toBe(played([say(kind, text)]));
				},
			),
			{ numRuns: 500 },
		);
	});

	test("lets everything leave at once that cannot become a placeholder", () => {
		const restorer = createRestorer(vault);
		expect(restorer.push([{ events: [say("text", "Hello <b")] }])).toHaveLength(1);
		expect(restorer.push([{ events: [say("text", "Hello <PERS")] }])).toHaveLength(0);
		expect(restorer.push([{ events: [say("text", "PECTIVE")] }])).toHaveLength(2);
	});

	test("leaves thinking alone whose provider signs it", () => {
		const restorer = createRestorer(vault);
		const wire = { dialect: "anthropic", data: "{}", rewrite: () => "{}" } as const;
		const frame = { events: [say("reasoning", "<PERSON_1> asks <")], wire };
		expect(restorer.push([frame])).toEqual([frame]);
		expect(played([say("reasoning", "<EMAIL_ADDRESS_1>")])).toBe("ann@a.io");
	});
});
