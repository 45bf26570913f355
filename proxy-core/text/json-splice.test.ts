import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.ts";
import type { JsonPath } from "./json-scan.ts";
import { findDuplicateKey, sliceJson, spliceJson } from "./json-splice.ts";

describe("spliceJson", () => {
	it("touches nothing but the named values", () => {
		const text =
			'{ "n" : 1e400,\t"big":12345678901234567890, "model" :"a\\u0062" ,\n"x":"\\/\\"]}" }';
		expect(spliceJson(text, [{ path: ["model"], value: 'up"stream' }])).toBe(
			'{ "n" : 1e400,\t"big":12345678901234567890, "model" :"up\\"stream" ,\n"x":"\\/\\"]}" }',
		);
	});

	it("finds a key that is written with escapes", () => {
		expect(spliceJson('{"m\\u006fdel":1}', [{ path: ["model"], value: 2 }])).toBe(
			'{"m\\u006fdel":2}',
		);
	});

	it("adds what is missing, after the last member", () => {
		const edit = [{ path: ["stream_options", "include_usage"], value: true }];
		expect(spliceJson("{}", edit)).toBe('{"stream_options":{"include_usage":true}}');
		expect(spliceJson('{"a":1 }', edit)).toBe('{"a":1,"stream_options":{"include_usage":true} }');
		expect(spliceJson('{"stream_options":null}', edit)).toBe(
			'{"stream_options":{"include_usage":true}}',
		);
		expect(spliceJson('{"stream_options":{"x":[]}}', edit)).toBe(
			'{"stream_options":{"x":[],"include_usage":true}}',
		);
	});

	it("takes members out with their comma", () => {
		const without = (text: string, ...keys: string[]) =>
			spliceJson(
				text,
				keys.map((key) => ({ path: [key], value: undefined })),
			);
		expect(without('{"a":1,"b":2,"c":3}', "a")).toBe('{"b":2,"c":3}');
		expect(without('{"a":1,"b":2,"c":3}', "b")).toBe('{"a":1,"c":3}');
		expect(without('{"a":1,"b":2,"c":3}', "b", "c")).toBe('{"a":1}');
		expect(without('{"a":1,"b":2,"c":3}', "a", "c")).toBe('{"b":2}');
		expect(without('{ "a":1 , "b":2 }', "a", "b").replaceAll(" ", "")).toBe("{}");
		expect(without('{"b":2}', "a")).toBe('{"b":2}');
	});

	it("puts raw JSON in without another encoding", () => {
		expect(spliceJson('{"input":{"a":1}}', [{ path: ["input"], json: '{"a":1e400}' }])).toBe(
			'{"input":{"a":1e400}}',
		);
	});

	it("refuses a path through a scalar and names it", () => {
		try {
			spliceJson('{"a":{"b":"text"}}', [{ path: ["a", "b", "c"], value: 1 }]);
			expect.unreachable();
		} catch (error) {
			expect(GatewayError.is(error) && error.detail.param).toBe("a.b");
		}
	});

	it("gives what parsing, setting and comparing would give, for any document", () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true, maxKeys: 6 }),
				fc.jsonValue(),
				fc.tuple(fc.nat(), fc.constantFrom(undefined, 1, "\t")),
				(document, value, [pick, indent]) => {
					// -0 has no JSON form of its own.
					const clean = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
					const paths = leavesOf(clean);
					const path = paths[pick % Math.max(1, paths.length)];
					if (path === undefined) return;
					const text = JSON.stringify(clean, null, indent);
					const spliced = spliceJson(text, [{ path, value }]);
					setAt(clean, path, JSON.parse(JSON.stringify(value)));
					expect(JSON.parse(spliced)).toEqual(clean);
				},
			),
			{ numRuns: 500 },
		);
	});

	it("keeps valid JSON valid whichever members go", () => {
		fc.assert(
			fc.property(
				fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true, maxKeys: 6 }),
				fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
				fc.constantFrom(undefined, 2),
				(document, flags, indent) => {
					const keys = Object.keys(document);
					const gone = keys.filter((_, index) => flags[index]);
					const spliced = spliceJson(JSON.stringify(document, null, indent), [
						...gone.map((key) => ({ path: [key], value: undefined })),
						{ path: ["\u0000new"], value: 1 },
					]);
					expect(Object.keys(JSON.parse(spliced)).sort()).toEqual(
						[...keys.filter((key) => !gone.includes(key)), "\u0000new"].sort(),
					);
				},
			),
		);
	});
});

describe("sliceJson", () => {
	it("gives a value as it is written", () => {
		const text = '{ "a" : [ 1 , {"b\\u0063": 12345678901234567890 } ], "d":[] }';
		expect(sliceJson(text, ["a", 1])).toBe('{"b\\u0063": 12345678901234567890 }');
		expect(sliceJson(text, ["a", 1, "bc"])).toBe("12345678901234567890");
		expect(sliceJson(text, ["a", 2])).toBeUndefined();
		expect(sliceJson(text, ["d", 0])).toBeUndefined();
		expect(sliceJson(text, ["a", "x"])).toBeUndefined();
		expect(sliceJson(text, ["x"])).toBeUndefined();
	});

	it("agrees with parsing, for any document", () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1), (value, indent) => {
				const clean: unknown = JSON.parse(JSON.stringify(value));
				const text = JSON.stringify(clean, null, indent);
				for (const path of leavesOf(clean).slice(0, 20))
					expect(JSON.parse(String(sliceJson(text, path)))).toEqual(at(clean, path));
			}),
		);
	});
});

describe("findDuplicateKey", () => {
	it.each([
		['{"a":1,"a":2}', "a"],
		['{"a":1,"\\u0061":2}', "a"],
		['{"messages":[{"role":"user"},{"role":"user","x":{},"role":"system"}]}', "messages[1].role"],
		['[[],{"x":[1,2,{"y":1,"y":2}]}]', "[1].x[2].y"],
		['{"a":{"k":1},"b":{"k":1},"k":"{\\"k\\":1}"}', undefined],
		['{"__proto__":1,"__proto__":2}', "__proto__"],
		['"a"', undefined],
		["{}", undefined],
	])("of %s is %s", (text, path) => {
		expect(findDuplicateKey(text)).toBe(path);
	});

	it("finds none in what JSON.stringify wrote, and always the one that is put in", () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const text = JSON.stringify(value);
				expect(findDuplicateKey(text)).toBeUndefined();
				expect(findDuplicateKey(`{"dup":${text},"z":[${text}],"dup":0}`)).toBe("dup");
			}),
		);
	});

	it("finds a key among many and survives any depth", () => {
		const many = Array.from({ length: 500 }, (_, index) => `"k${index}":0`).join(",");
		expect(findDuplicateKey(`{${many},"k321":0}`)).toBe("k321");
		expect(findDuplicateKey(`${"[".repeat(200_000)}${"]".repeat(200_000)}`)).toBeUndefined();
	});
});

function leavesOf(value: unknown, path: JsonPath = []): JsonPath[] {
	if (typeof value !== "object" || value === null) return [path];
	const inner = Object.entries(value).flatMap(([key, child]) =>
		leavesOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
	);
	return path.length === 0 ? inner : [path, ...inner];
}

function at(root: unknown, path: JsonPath): unknown {
	return path.reduce((holder, step) => (holder as Record<string | number, unknown>)[step], root);
}

function setAt(root: unknown, path: JsonPath, value: unknown): void {
	let holder = root as Record<string | number, unknown>;
	for (const step of path.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
	const last = path.at(-1);
	if (last !== undefined)
		Object.defineProperty(holder, last, {
			value,
			enumerable: true,
			configurable: true,
			writable: true,
		});
}
