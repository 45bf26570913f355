import { describe, expect, test } from "vitest";
import { toCsv } from "./csv.ts";

describe("CSV", () => {
	test("quotes what would break a line apart", () => {
		expect(
			toCsv(
				["a", "b"],
				[
					["x,y", 'say "no"'],
					["two\nlines", null],
				],
			),
		).toBe('a,b\r\n"x,y","say ""no"""\r\n"two\nlines",\r\n');
	});

	test.each(["=1+1", "+1", "-1", "@sum", "\tx"])("keeps a spreadsheet from running %j", (cell) => {
		expect(toCsv(["a"], [[cell]])).toContain(`'${cell}`);
	});

	test("leaves numbers as they are, negative ones too", () => {
		expect(toCsv(["a"], [[-5]])).toBe("a\r\n-5\r\n");
	});
});
