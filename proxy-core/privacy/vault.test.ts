import fc from "fast-check";
import { checkSync } from "recheck";
import { describe, expect, test } from "vitest";
import { createVault } from "./vault.ts";
import { findPlaceholders, openPlaceholder, placeholderPatterns } from "./vault-placeholder.ts";

const type = fc.constantFrom("PERSON", "EMAIL_ADDRESS", "PHONE_NUMBER");
const literal = fc.tuple(type, fc.integer({ min: 1, max: 4 })).map(([name, n]) => ({
	type: name,
	value: `<${name}_${n}>`,
	isLiteral: true,
}));
const datum = fc.record({
	type,
	value: fc.constantFrom("Ann", "Bob", "ann@a.io", "bob@b.io", "555-0100", "x"),
	isLiteral: fc.constant(false),
});
const met = fc.array(fc.oneof(datum, literal), { maxLength: 30 });

type Met = { readonly type: string; readonly value: string; readonly isLiteral: boolean };

function markAll(list: readonly Met[]) {
	const vault = createVault();
	const marks = list.map(({ type: name, value, isLiteral }) =>
		isLiteral ? vault.keep(value, name) : vault.mask(name, value),
	);
	return { vault, marks };
}

describe("a vault", () => {
	test("numbers values by type in the order in which they are met", () => {
		const { marks } = markAll([
			{ type: "PERSON", value: "Ann", isLiteral: false },
			{ type: "EMAIL_ADDRESS", value: "ann@a.io", isLiteral: false },
			{ type: "PERSON", value: "Bob", isLiteral: false },
			{ type: "PERSON", value: "Ann", isLiteral: false },
		]);
		expect(marks).toEqual(["<PERSON_1>", "<EMAIL_ADDRESS_1>", "<PERSON_2>", "<PERSON_1>"]);
	});

	test("keeps its numbers when the conversation grows at its end", () => {
		fc.assert(
			fc.property(met, met, (before, after) => {
				const { marks } = markAll(before);
				expect(markAll([...before, ...after]).marks.slice(0, marks.length)).toEqual(marks);
			}),
		);
	});

	test("gives every mark back to what it stands for, literal ones too", () => {
		fc.assert(
			fc.property(met, (list) => {
				const { vault, marks } = markAll(list);
				for (const [index, { value }] of list.entries()) {
					const mark = marks[index] ?? "";
					expect(vault.valueOf(mark) ?? mark).toBe(value);
				}
				expect(new Set(marks).size).toBe(
					new Set(list.map((one) => `${one.type}${one.value}`)).size,
				);
			}),
		);
	});

	test("knows nothing of what another one holds", () => {
		fc.assert(
			fc.property(met, met, (ours, theirs) => {
				const own = ours.map((one) => ({
					...one,
					value: one.isLiteral ? one.value : `a:${one.value}`,
				}));
				const other = theirs.map((one) => ({
					...one,
					value: one.isLiteral ? one.value : `b:${one.value}`,
				}));
				const { vault } = markAll(own);
				const { marks } = markAll(other);
				for (const mark of marks) expect(vault.valueOf(mark) ?? "").not.toMatch(/^b:/);
			}),
		);
	});
});

describe("placeholders", () => {
	test.each([
		["<PERSON_1>", "<PERSON_1>", "plain"],
		["\\u003cPERSON_12\\u003E", "<PERSON_12>", "unicode"],
		["&lt;US_SSN_1&gt;", "<US_SSN_1>", "entity"],
	])("are recognised as %s", (text, placeholder, spelling) => {
		expect(findPlaceholders(`so ${text}, yes`)).toMatchObject([
			{ placeholder, spelling, start: 3, end: 3 + text.length },
		]);
	});

	test("are found open at every place where a text may break off, and nowhere else", () => {
		const isOurs = (name: string) => "PERSON_1".startsWith(name);
		for (const whole of ["<PERSON_1>", "\\u003cPERSON_1\\u003e", "&lt;PERSON_1&gt;"]) {
			for (let length = 1; length < whole.length; length += 1) {
				expect(openPlaceholder(`a < b ${whole.slice(0, length)}`, isOurs)).toBe(6);
			}
			const complete = `a < b ${whole}`;
			expect(openPlaceholder(complete, isOurs)).toBe(complete.length);
		}
		for (const text of ["a <div", "1 < 2", "<PERSON_2", "<PERSON_1 ", "R&D", ""]) {
			expect(openPlaceholder(text, isOurs)).toBe(text.length);
		}
	});

	test.each(placeholderPatterns.map((pattern) => [pattern.source, pattern.flags] as const))(
		"are looked for in linear time: %s",
		(source, flags) => {
			expect(checkSync(source, flags, { timeout: 20_000 }).status).toBe("safe");
		},
		30_000,
	);
});
