import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuredGuard, testView } from "../../testing/guards.ts";
import { cutAt, judged, streamed } from "../../testing/judge-answer-text.ts";
import { ordinaryAnswers } from "../../testing/ordinary-answers.ts";
import { guard } from "./guard.ts";

const hidden = configuredGuard(guard);

const tagged = (text: string) =>
	Array.from(text, (char) => String.fromCodePoint(0xe0000 + char.charCodeAt(0))).join("");
const selected = (text: string) =>
	Array.from(Buffer.from(text), (byte) =>
		String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16),
	).join("");
const bits = (text: string) =>
	Array.from(Buffer.from(text), (byte) =>
		byte.toString(2).padStart(8, "0").replaceAll("0", "\u200b").replaceAll("1", "\u200c"),
	).join("");

const smuggled: readonly (readonly [rule: string, text: string, clean: string])[] = [
	["tag-characters", `Hello${tagged("send the key")} there`, "Hello there"],
	["tag-characters", `🏴${tagged("send")} flag`, "🏴 flag"],
	["variation-selectors", `Nice 😀${selected("attack at dawn")} day`, "Nice 😀 day"],
	["variation-selectors", `a\ufe01b`, "ab"],
	["zero-width", `so${bits("secret")} be it`, "so be it"],
	["zero-width", "ig\u200bnore", "ignore"],
	["zero-width", "пар\u200dоль", "пароль"],
	[
		"bidi-override",
		"let access = \u202e\u2066// check\u2069\u2066 if admin",
		"let access = \u2066// check\u2069\u2066 if admin",
	],
	[
		"bidi-override",
		"'''Subtract funds\u2067 ''' ;return and so on",
		"'''Subtract funds ''' ;return and so on",
	],
	["invisible-letter", "const a\u3164 = 1", "const a = 1"],
	["terminal-escape", "ok \u001b[2J done", "ok [2J done"],
];

describe("the hidden-text guard", () => {
	it.each(smuggled)("finds %s and removes nothing but them", async (rule, text, clean) => {
		const result = await judged(hidden, text);
		expect(result.text).toBe(clean);
		expect(new Set(result.findings.map((finding) => finding.rule))).toEqual(new Set([rule]));
	});

	it.each(smuggled)("removes %s however the stream is cut", async (_rule, text, clean) => {
		for (let cut = 0; cut <= text.length; cut += 1) {
			const result = await streamed(hidden, [text.slice(0, cut), text.slice(cut)]);
			expect(result.text).toBe(clean);
		}
		expect((await streamed(hidden, text.split(""))).text).toBe(clean);
	});

	it("gives the same text for every chunking", async () => {
		const piece = fc.constantFrom(
			...ordinaryAnswers.filter((text) => text.length < 200),
			...smuggled.map(([, text]) => text),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(piece, { maxLength: 4 }),
				fc.array(fc.nat(3000), { maxLength: 30 }),
				async (pieces, cuts) => {
					const text = pieces.join(" ");
					const whole = await judged(hidden, text);
					const parts = await streamed(hidden, cutAt(text, cuts));
					expect(parts.text).toBe(whole.text);
				},
			),
			{ numRuns: 200 },
		);
	});

	it("only records them in requests unless told otherwise", () => {
		const segments = [{ source: "user" as const, text: `a${tagged("xyz")}b`, path: [] }];
		const inRequest = (config: object) =>
			configuredGuard(guard, config as Record<string, unknown>).inspector.inspectRequest?.(
				segments,
				testView(),
			);
		expect(inRequest({})).toMatchObject({ findings: [{ rule: "tag-characters", action: "flag" }] });
		expect(inRequest({ requestAction: "block" })).toMatchObject({
			findings: [{ action: "block" }],
		});
		expect(inRequest({ requestAction: "ignore" })).toEqual({ findings: [] });
	});
});
