import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { viewOf } from "./mask-view.ts";

/** Every string and number of a JSON value, keys included, in the order of its text. */
const jsonValue = fc
	.jsonValue({ maxDepth: 4 })
	.filter((value) => typeof value === "object" && value !== null);
const nested = fc.oneof(
	jsonValue.map((value) => JSON.stringify(value)),
	jsonValue.map((value) => JSON.stringify({ text: JSON.stringify(value) })),
	jsonValue.map((value) =>
		JSON.stringify([{ text: JSON.stringify({ deep: JSON.stringify(value) }) }]),
	),
);

describe("the view of a text", () => {
	test("is prose as it is", () => {
		const view = viewOf("Ann said {\\n}");
		expect(view.text).toBe("Ann said {\\n}");
		expect(view.write([{ start: 0, end: 3, replacement: "<PERSON_1>" }])).toBe(
			"<PERSON_1> said {\\n}",
		);
	});

	test("resolves the escapes of JSON, so that words are words", () => {
		const view = viewOf('{"note":"\\nJos\\u00e9 called"}');
		expect(view.text).toBe('{"note":"\nJosé called"}');
		const start = view.text.indexOf("José");
		expect(view.write([{ start, end: start + 4, replacement: "<PERSON_1>" }])).toBe(
			'{"note":"\\n<PERSON_1> called"}',
		);
	});

	test("reads JSON inside JSON", () => {
		const text = JSON.stringify({ text: JSON.stringify({ name: 'a "b"\nAnn' }) });
		const view = viewOf(text);
		const start = view.text.indexOf("Ann");
		expect(view.partsOf({ start, end: start + 3 })).toEqual([{ start, end: start + 3 }]);
		const written = view.write([{ start, end: start + 3, replacement: "<PERSON_1>" }]);
		expect(JSON.parse(JSON.parse(written).text)).toEqual({ name: 'a "b"\n<PERSON_1>' });
	});

	test("makes a number that is replaced a string", () => {
		const view = viewOf('{"phone": 4155550123, "n": 1.50}');
		const start = view.text.indexOf("4155550123");
		expect(view.write([{ start, end: start + 10, replacement: "<PHONE_NUMBER_1>" }])).toBe(
			'{"phone": "<PHONE_NUMBER_1>", "n": 1.50}',
		);
	});

	test("offers only what lies inside values, both of a key named twice and keys too", () => {
		const text = '{"a@b.co":"x","k":"one","k":"two"}';
		const view = viewOf(text);
		expect(
			view.partsOf({ start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end)),
		).toEqual(["a@b.co", "x", "k", "one", "k", "two"]);
	});

	test("says where a part stands in the original", () => {
		const text = '{"a":"plain Ann","b":"\\u0041nn"}';
		const view = viewOf(text);
		const first = view.text.indexOf("Ann");
		const second = view.text.lastIndexOf("Ann");
		expect(view.place({ start: first, end: first + 3 })).toEqual({ start: 12, end: 15 });
		const { start, end } = view.place({ start: second, end: second + 3 });
		expect(text.slice(start, end)).toBe('"\\u0041nn"');
	});

	test("stays valid JSON and leaves other values alone, whatever is replaced", () => {
		fc.assert(
			fc.property(nested, fc.nat(), fc.nat(), (text, a, b) => {
				const view = viewOf(text);
				const start = a % (view.text.length + 1);
				const parts = view.partsOf({ start, end: start + (b % 40) });
				expect(view.write([])).toBe(text);
				const written = view.write(parts.map((part) => ({ ...part, replacement: "<X_1>" })));
				expect(() => JSON.parse(written)).not.toThrow();
				for (const part of parts) expect(part.start).toBeLessThan(part.end);
				if (parts.length > 0) expect(written).toContain("<X_1>");
			}),
		);
	});
});
