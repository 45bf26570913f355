import { describe, expect, it } from "vitest";
import type { ChatMessage } from "../../contract/chat.ts";
import { attachmentsAfterResults } from "./tool-attachments.ts";

const image = { type: "image", source: { kind: "url", url: "https://example.com/a.png" } } as const;
const text = (said: string) => ({ type: "text", text: said }) as const;
const result = (callId: string, ...parts: ChatMessage["parts"]): ChatMessage => ({
	role: "tool",
	callId,
	parts,
});

describe("attachments of tool results", () => {
	it("follow the whole round of results, each with the id of its call", () => {
		const messages = [result("a", text("x"), image), result("b", image), result("c", text("y"))];
		expect(attachmentsAfterResults(messages)).toEqual([
			result("a", text("x")),
			result("b", text("The result is attached below.")),
			result("c", text("y")),
			{
				role: "user",
				parts: [
					text("Attached to the result of a:"),
					image,
					text("Attached to the result of b:"),
					image,
				],
			},
		]);
	});

	it("join the turn of the user's that follows, or stand before the model's", () => {
		const user: ChatMessage = { role: "user", parts: [text("so?")] };
		const model: ChatMessage = { role: "assistant", parts: [text("ok")], toolCalls: [] };
		expect(attachmentsAfterResults([result("a", image), user]).slice(1)).toEqual([
			{ role: "user", parts: [text("Attached to the result of a:"), image, text("so?")] },
		]);
		expect(attachmentsAfterResults([result("a", image), model]).map(({ role }) => role)).toEqual([
			"tool",
			"user",
			"assistant",
		]);
	});

	it("are none in a conversation without any, which stays the same object", () => {
		const messages = [result("a", text("x"))];
		expect(attachmentsAfterResults(messages)).toBe(messages);
	});
});
