import { checkSync } from "recheck";
import { describe, expect, it } from "vitest";
import {
	findUrls,
	hostSet,
	isHostIn,
	parseFoundUrl,
	urlMayBeginAt,
	urlPatterns,
} from "./find-urls.ts";

const seen = (text: string, before = "") =>
	findUrls(text, before).map(({ start, end, place }) => [place, text.slice(start, end)]);

describe("findUrls", () => {
	it.each([
		["see https://a.test/b(c)d. Then", [["bare", "https://a.test/b(c)d"]]],
		[
			"(https://a.test/b), (www.b.test)",
			[
				["bare", "https://a.test/b"],
				["bare", "www.b.test"],
			],
		],
		['[x](https://a.test/b_(c) "t")', [["link", "https://a.test/b_(c)"]]],
		["![x](<https://a.test/b c>)", [["image", "https://a.test/b c"]]],
		[
			"[![x](https://a.test)](https://b.test)",
			[
				["image", "https://a.test"],
				["link", "https://b.test"],
			],
		],
		["[1]: https://a.test\n[b](./local) [c](#d)", [["reference", "https://a.test"]]],
		[
			"<https://a.test> <a href='//b.test'>x</a>",
			[
				["bare", "https://a.test"],
				["link", "//b.test"],
			],
		],
		['<link rel="x" href="https://a.test">', [["image", "https://a.test"]]],
		["xhttps://a.test and postgres://b.test and 12:30", []],
	])("reads %s", (text, urls) => {
		expect(seen(text)).toEqual(urls);
	});

	it("looks back at what has left", () => {
		expect(seen("https://a.test) x", "so ![x](")).toEqual([["image", "https://a.test"]]);
		expect(urlMayBeginAt("https://a.te", "so ![x](")).toBe(0);
		expect(urlMayBeginAt("go to htt")).toBe(6);
		expect(urlMayBeginAt("go to the")).toBe(9);
	});

	it("takes no longer than the text is long", () => {
		for (const part of ["](", "](&", "src=&", "[", "http://a", "www.", 'href="', "]:"]) {
			expect(findUrls(part.repeat(20_000)).length).toBeLessThan(20_001);
		}
	});

	it("reads hosts as a browser does, and knows their parents", () => {
		expect(parseFoundUrl("//Example.org/x")?.hostname).toBe("example.org");
		expect(parseFoundUrl("http://[")).toBeUndefined();
		const hosts = hostSet(["*.Example.org", ".b.test"]);
		expect(
			["example.org", "a.example.org", "b.test.", "myexample.org"].map((host) =>
				isHostIn(host, hosts),
			),
		).toEqual([true, true, true, false]);
	});

	it.each(urlPatterns.map(({ source, flags }) => [source, flags]))(
		"%s is linear",
		(source, flags) => {
			const { status } = checkSync(source, flags.replace("g", ""), {
				checker: "automaton",
				timeout: 20_000,
			});
			expect(status).toBe("safe");
		},
		30_000,
	);
});
