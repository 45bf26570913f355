import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyToken } from "../../../proxy-core/keys/key-token.ts";
import { createLog } from "./log.ts";

function record(level: "info" | "warn" | "error" = "info") {
	const lines: string[] = [];
	return { lines, log: createLog({ level, write: (line) => void lines.push(line) }) };
}

describe("createLog", () => {
	it("writes one JSON object per line, also for text with line feeds", () => {
		const { lines, log } = record();
		log.warn("a\nb", { count: 3, when: new Date(0), big: 10n });
		expect(lines).toHaveLength(1);
		expect(lines[0]?.trimEnd()).not.toContain("\n");
		expect(JSON.parse(lines[0] ?? "")).toMatchObject({
			level: "warn",
			message: "a\nb",
			count: 3,
			when: "1970-01-01T00:00:00.000Z",
			big: "10",
		});
	});

	it("leaves out what is milder than its level", () => {
		const { lines, log } = record("warn");
		log.info("nothing");
		log.error("something");
		expect(lines).toHaveLength(1);
	});

	it("redacts fields by name, however deep, and credentials in texts", () => {
		const { lines, log } = record();
		const { token } = createKeyToken();
		log.error(`key ${token} refused`, {
			request: { headers: { authorization: "Bearer marker-1", Cookie: "marker-2" } },
			apiKey: "marker-3",
			url: "https://user:marker-4@example.com/x?key=marker-5&b=1",
			error: new Error("inner", { cause: new Error(`sk-proj-${"a1B2".repeat(12)}`) }),
		});
		expect(lines.join("")).not.toMatch(/marker-\d/);
		expect(lines.join("")).not.toContain(token);
		expect(lines.join("")).not.toContain("a1B2a1B2a1B2");
		expect(lines.join("")).toContain("example.com");
	});

	it("survives any fields, circular ones too", () => {
		const { lines, log } = record();
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.anything()), (fields) => log.info("x", fields)),
		);
		const circular: Record<string, unknown> = {};
		circular["self"] = circular;
		log.info("x", circular);
		expect(lines.every((line) => typeof JSON.parse(line) === "object")).toBe(true);
	});
});
