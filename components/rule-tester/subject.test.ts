import { describe, expect, it } from "vitest";
import { inspectionInput } from "../../lib/contracts/inspections.ts";
import { inspectionOf, missing, readSubject, subjectParams } from "./subject.ts";

const nothing = { text: "", body: "", answer: "" };
const read = (query: string) => readSubject(new URLSearchParams(query));

describe("the subject in the address", () => {
	it("is a user's text by default", () => {
		expect(read("")).toMatchObject({ kind: "text", place: "user", endpoint: "chat.completions" });
	});

	it("survives the way into the address and back", () => {
		for (const query of [
			"",
			"place=tool-result",
			"input=body&endpoint=messages&key=k1",
			"request=req_1",
			"input=request",
		]) {
			const subject = read(query);
			const params = Object.entries(subjectParams(subject)).flatMap(([name, value]) =>
				value === null ? [] : [[name, value]],
			);
			expect(readSubject(new URLSearchParams(params)), query).toEqual(subject);
		}
	});

	it("ignores values that it does not know, and endpoints without JSON", () => {
		expect(read("input=voice&place=nowhere&endpoint=metrics")).toEqual(read(""));
	});
});

describe("what is asked of the server", () => {
	it("is exactly one subject, whatever else was typed before", () => {
		const said = { text: "a", body: "{}", answer: "" };
		for (const [query, field] of [
			["", "text"],
			["input=body", "body"],
			["request=req_1", "requestId"],
		] as const) {
			const asked = inspectionInput.parse(inspectionOf(read(query), said, {}));
			const given = [asked.text, asked.body, asked.requestId].filter((one) => one !== undefined);
			expect(given).toHaveLength(1);
			expect(asked[field]).toBeDefined();
		}
	});

	it("names a key, an answer and a change only where there is one", () => {
		expect(inspectionOf(read(""), { ...nothing, text: "a" }, {})).toEqual({
			text: "a",
			source: "user",
		});
		const change = { privacy: { mode: "off" } };
		const said = { ...nothing, text: "a", answer: "b" };
		expect(inspectionOf(read("key=k1"), said, change)).toMatchObject({
			...{ keyId: "k1", answer: "b", change },
		});
	});

	it("is complete only when something can be judged", () => {
		expect(missing(read(""), nothing)).toBeDefined();
		expect(missing(read("input=request"), nothing)).toBeDefined();
		expect(missing(read("input=body"), { ...nothing, body: "[1]" })).toContain("object");
		expect(missing(read("input=body"), { ...nothing, body: "{" })).toContain("JSON");
		expect(missing(read("input=body"), { ...nothing, body: "{}" })).toBeUndefined();
	});
});
