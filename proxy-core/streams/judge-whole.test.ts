import { describe, expect, it } from "vitest";
import type { ChatEvent, Frame } from "../contract/chat.ts";
import type { FindingAction, Verdict } from "../contract/verdict.ts";
import { nothingFound } from "../contract/verdict.ts";
import type { Judgement, OpenGuard } from "../guards/run-guards.ts";
import { openedGuard, testView } from "../testing/guards.ts";
import { judgeWhole } from "./judge-whole.ts";

const secret = "KEY123";

function guard(action: FindingAction, isSlow = false): OpenGuard {
	const verdictOn = (text: string): Verdict => {
		const start = text.indexOf(secret);
		if (start < 0) return nothingFound;
		const end = start + secret.length;
		return {
			findings: [{ rule: "key", segment: 0, start, end, score: 1, action, replacement: "[key]" }],
		};
	};
	return openedGuard({
		inspect: (segments) => {
			expect(segments).toHaveLength(1);
			const verdict = verdictOn(segments[0]?.text ?? "");
			return isSlow ? Promise.resolve(verdict) : verdict;
		},
	});
}

async function judged(frames: readonly Frame[], ...guards: readonly OpenGuard[]) {
	const decisions: Judgement[] = [];
	const out = await judgeWhole(frames, {
		guards,
		request: testView(),
		decided: (judgement) => decisions.push(judgement),
	});
	return { out, decisions, findings: decisions.flatMap(({ findings }) => findings) };
}

const say = (text: string, choice = 0): ChatEvent => ({ type: "text", choice, text });
const textsOf = (frames: readonly Frame[] | undefined) =>
	frames?.flatMap(({ events }) => events.map((event) => ("text" in event ? event.text : "")));

describe("judgeWhole", () => {
	it("hands on the very frames of an answer in which nothing was found", async () => {
		const frames: Frame[] = [
			{ events: [say("hello"), { type: "end", choice: 0, reason: "stop" }] },
		];
		const { out, decisions } = await judged(frames, guard("block"));
		expect(out?.[0]).toBe(frames[0]);
		expect(decisions).toEqual([]);
	});

	it("finds and cuts out what lies over two frames of a channel", async () => {
		const frames = [{ events: [say("a KE")] }, { events: [say("Y123 b")] }];
		const { out, findings } = await judged(frames, guard("redact"));
		expect(textsOf(out)?.join("")).toBe("a [key] b");
		expect(findings).toMatchObject([{ rule: "key", source: "answer", start: 2, end: 8 }]);
	});

	it("judges choices, reasoning and tool arguments apart from each other", async () => {
		const events: ChatEvent[] = [
			say("KEY"),
			say("123", 1),
			{ type: "reasoning", choice: 0, text: secret },
			{ type: "tool-arguments", choice: 0, index: 0, text: `{"a":"${secret}"}` },
		];
		const { out, findings } = await judged([{ events }], guard("redact"));
		expect(textsOf(out)).toEqual(["KEY", "123", "[key]", '{"a":"[key]"}']);
		expect(findings.map(({ source }) => source)).toEqual(["answer-reasoning", "answer-tool-call"]);
	});

	it.each([false, true])("gives nothing when a guard blocks (slow guard: %s)", async (isSlow) => {
		const frames = [{ events: [say("fine"), say(secret, 1)] }];
		const { out, decisions } = await judged(frames, guard("flag"), guard("block", isSlow));
		expect(out).toBeUndefined();
		expect(decisions).toMatchObject([{ action: "block", blockedBy: "key" }]);
	});

	it("tells once about a place that two guards found by the same rule", async () => {
		const { out, findings } = await judged(
			[{ events: [say(`x ${secret}`)] }],
			guard("flag"),
			guard("flag"),
		);
		expect(textsOf(out)).toEqual([`x ${secret}`]);
		expect(findings).toHaveLength(1);
	});

	it("uses the provider's own way to write an edited frame", async () => {
		const wire = { dialect: "openai" as const, data: "old", rewrite: () => "new" };
		const { out } = await judged([{ events: [say(secret)], wire }], guard("redact"));
		expect(out?.[0]?.wire?.data).toBe("new");
	});
});
