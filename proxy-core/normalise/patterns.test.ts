import { readdirSync, readFileSync } from "node:fs";
import { checkSync } from "recheck";
import { describe, expect, it } from "vitest";

const folders = ["./", "../shield/", "../guards/prompt-injection/"];
/** A literal behind what such literals stand behind, up to its flags. */
const literal =
	/(?:[=(,:?]|\|\||&&)\s*\/((?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)/g;

const patterns = folders.flatMap((folder) => {
	const url = new URL(folder, import.meta.url);
	return readdirSync(url, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
		.flatMap((name) =>
			Array.from(
				readFileSync(new URL(name, url), "utf8").matchAll(literal),
				([, source = "", flags = ""]): [string, string, string] => [name, source, flags],
			),
		);
});

describe("the patterns that read what callers send", () => {
	it("are all found", () => {
		expect(patterns.length).toBeGreaterThan(25);
	});

	it.each(patterns)(
		"in %s are linear: /%s/%s",
		(_, source, flags) => {
			expect(checkSync(source, flags, { timeout: 20_000 }).status).toBe("safe");
		},
		30_000,
	);
});
