import { describe, expect, test } from "vitest";
import { privacySettingsSchema } from "../contract/privacy-settings.ts";
import type { FoundDatum } from "./mask-analyzer.ts";
import { withoutOverlap } from "./mask-analyzer.ts";
import { compilePrivacy } from "./mask-policy.ts";

const services = { fetch: () => Promise.reject(new Error("No network.")), now: () => 0 };
const context = { signal: new AbortController().signal, degraded: () => {} };

function find(
	text: string,
	settings: object = {},
): ReturnType<ReturnType<typeof compilePrivacy>["analyze"]> {
	const policy = compilePrivacy(privacySettingsSchema.parse(settings), services);
	return policy.analyze([{ text, source: "user", isFormOnly: false }], context);
}

describe("the built-in analyzer", () => {
	test("finds the same in a long text as in a short one, and lets others work meanwhile", async () => {
		const filler = "Nothing of interest stands in this line of the report.\n";
		const text = `${filler.repeat(900)}Write to k.vogelsang@example.org.\n${filler.repeat(900)}`;
		const found = find(text);
		expect(found).toBeInstanceOf(Promise);
		const [list = []] = await found;
		expect(list.map(({ start, end }) => text.slice(start, end))).toEqual([
			"k.vogelsang@example.org",
		]);
		expect(find("k.vogelsang@example.org")).not.toBeInstanceOf(Promise);
	});

	test("finds what has to be hidden inside what is only noted", async () => {
		const text = "see https://example.org/?mail=k.vogelsang@example.org now";
		const [list = []] = await find(text);
		const mail = list.find(({ type }) => type === "EMAIL_ADDRESS");
		expect(text.slice(mail?.start, mail?.end)).toBe("k.vogelsang@example.org");
	});
});

test("what overlaps is joined, and what is only noted gives way", () => {
	const at = (type: string, start: number, end: number): FoundDatum => ({
		type,
		start,
		end,
		score: 1,
	});
	const data = [at("NOTE", 0, 9), at("A", 5, 12), at("B", 10, 30), at("NOTE", 40, 50)];
	expect(withoutOverlap(data, (type) => type === "NOTE")).toEqual([
		at("B", 5, 30),
		at("NOTE", 40, 50),
	]);
});
