import { describe, expect, it } from "vitest";
import { configuredGuard } from "../../testing/guards.ts";
import { askedOf, judged, streamed } from "../../testing/judge-answer-text.ts";
import { guard } from "./guard.ts";

const personal = configuredGuard(guard);
const view = askedOf({
	user: "Write to ann@corp.example about it. Her card is 4111 1111 1111 1111.",
});

describe("the answer-personal-data guard", () => {
	it("finds personal data that the request did not hold", async () => {
		const result = await judged(personal, "You can also ask bob.stone@corp.example.", view);
		expect(result.text).toBe("You can also ask [EMAIL_ADDRESS].");
		expect(result.findings).toMatchObject([
			{ rule: "EMAIL_ADDRESS", category: "personal-data", action: "redact" },
		]);
	});

	it("lets pass what the request held, in another form too", async () => {
		const text = "I wrote to Ann@corp.example and charged 4111-1111-1111-1111.";
		expect((await judged(personal, text, view)).findings).toEqual([]);
	});

	it("finds it in a stream, once", async () => {
		for (const text of ["call bob77@corp.example now", "card 5555 5555 5555 4444, ok"]) {
			const whole = await judged(personal, text, view);
			const parts = await streamed(personal, text.match(/\s*\S+/g) ?? [], view);
			expect(whole.findings).toHaveLength(1);
			expect(parts.text).toBe(whole.text);
			expect(parts.findings).toHaveLength(1);
		}
	});

	it.each([
		"katharina.vogelsang@corp.example",
		"kvogelsang@corp.example",
		"bob_stone+news@corp.example",
		"J.Müller-Lüdenscheidt@corp.example",
	])("lets nothing of %s out, wherever the stream is cut", async (address) => {
		const whole = `Please ask ${address} about it.`;
		const expected = "Please ask [EMAIL_ADDRESS] about it.";
		const ways = Array.from({ length: whole.length }, (_, at) => [
			whole.slice(0, at),
			whole.slice(at),
		]);
		for (const chunks of [...ways, [...whole], whole.split(/(?=[@.])/), whole.split(/(?<=[@.])/)]) {
			const { text } = await streamed(personal, chunks, view);
			expect(text).toBe(expected);
		}
	});

	it("sends ordinary words on at once, and any other with the character after it", async () => {
		const prose = "This is how you can find it; everyone should be able to do that again.";
		const words = prose.match(/\s?\S+/g) ?? [];
		expect((await streamed(personal, words, view)).left).toEqual([...words, ""]);
		const { left } = await streamed(personal, ["Please", " Katharina", " about", " it"], view);
		expect(left).toEqual(["Please", "", " Katharina about", " it", ""]);
	});

	it("lets every word go at once while nothing would be cut out", async () => {
		const words = ["Ask", " Katharina", " about", " it"];
		const monitored = { ...personal, policy: { ...personal.policy, mode: "monitor" as const } };
		expect((await streamed(monitored, words, view)).left).toEqual([...words, ""]);
	});

	it("does not wait for spaces in writing that has none", async () => {
		const words = ["請問", "您需要", "什麼幫助", "?"];
		expect((await streamed(personal, words, view)).left).toEqual([...words, ""]);
	});

	it("looks only for the kinds that are asked for", async () => {
		const cards = configuredGuard(guard, { types: ["CREDIT_CARD"] });
		expect((await judged(cards, "bob.stone@corp.example", view)).findings).toEqual([]);
	});

	it("is only monitored on a fresh installation", () => {
		expect(guard.defaultMode).toBe("monitor");
	});
});
