import { describe, expect, it } from "vitest";
import { spliceJson } from "../../../text/json-splice.ts";
import { foreignLeftovers } from "./encode-forwarded.ts";

function forwarded(body: string): string {
	return spliceJson(body, foreignLeftovers({ body, json: JSON.parse(body) }));
}

const turn = (content: string) => `{"messages":[{"role":"assistant","content":[${content}]}] }`;
const said = `{"type":"text", "text":"h\\u00e9"}`;
const signed = `{"type":"thinking","thinking":"x","signature":"c2ln"}`;
const call = `{"type":"tool_use","id":"t","name":"f","input":{"n":12345678901234567890}`;
const proof = `,"extra_content":{"google":{"thought_signature":"s"}}`;

describe("what other providers left in a conversation for Claude", () => {
	it("is nothing in a conversation that Claude had alone, which stays byte for byte", () => {
		const body = turn(`${signed}, {"type":"redacted_thinking","data":"e"},${said},${call}}`);
		expect(forwarded(body)).toBe(body);
		expect(forwarded('{"messages":[{"role":"assistant","content":"x"},7]}')).toContain('"x"');
	});

	it("is unsigned thinking, which goes, and its neighbours stay as written", () => {
		const unsigned = `{"type":"thinking","thinking":"y","signature":""}`;
		expect(forwarded(turn(`${unsigned},${signed},${said},${call}${proof}}`))).toBe(
			turn(`${signed},${said},${call}}`),
		);
	});

	it("is another provider's proof on a tool call", () => {
		expect(forwarded(turn(`${said},${call}${proof}}`))).toBe(turn(`${said},${call}}`));
	});
});
