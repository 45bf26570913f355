import { describe, expect, test } from "vitest";
import { safeNext } from "./safe-next.ts";

describe("the page after signing in", () => {
	test.each(["/requests", "/requests?range=1h&outcome=failed", "/requests/req_1#stages"])(
		"is %s when that was asked for",
		(next) => {
			expect(safeNext(next)).toBe(next);
		},
	);

	test.each([
		"//evil.example",
		"/\\evil.example",
		"https://evil.example",
		"javascript:alert(1)",
		"/\t/evil.example",
		"requests",
		"",
		"/sign-in?next=/sign-in",
		"/API/auth/signout",
		null,
		undefined,
	])("is the overview instead of %j", (next) => {
		expect(safeNext(next)).toBe("/overview");
	});
});
