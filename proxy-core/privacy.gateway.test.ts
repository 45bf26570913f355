import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { provider as anthropic } from "./providers/anthropic/provider.ts";
import { echoMarks } from "./testing/echo-upstream.ts";
import { errorOf, startGatewayFixture } from "./testing/gateway-fixture.ts";
import { analyzing } from "./testing/presidio-server.ts";
import { testTarget } from "./testing/test-gateway.ts";
import { completion, sendJson, startScriptedUpstream } from "./testing/upstream-script.ts";

const { upstream, gateway, post, last } = await startGatewayFixture();
const presidio = await startScriptedUpstream();
afterAll(() => presidio.close());
beforeEach(() => {
	enforce();
	upstream.answer(echoMarks);
});

function enforce(privacy: object = {}, others: object = {}): void {
	gateway.change({ settings: { ...others, privacy: { mode: "enforce", ...privacy } } });
}

interface Message {
	readonly role: string;
	readonly content: string;
}

function ask(...messages: readonly Message[]): Promise<Response> {
	return post({ model: "test/test-model", messages });
}

function user(content: string): Message {
	return { role: "user", content };
}

function sentMessages(): readonly Message[] {
	return JSON.parse(upstream.seen.at(-1)?.body ?? "{}").messages;
}

async function answerOf(response: Response): Promise<string> {
	return JSON.parse(await response.text()).choices[0].message.content;
}

/** An answer that says the last message back. */
function sayBack(): void {
	upstream.answer((response, seen) => {
		const { messages } = JSON.parse(seen.body) as { messages: readonly Message[] };
		const answer = structuredClone(completion);
		const [choice] = answer.choices;
		if (choice !== undefined) choice.message.content = messages.at(-1)?.content ?? "";
		return sendJson(answer)(response, seen);
	});
}

describe("what is done about personal data", () => {
	test("follows its type's action", async () => {
		enforce({
			actions: {
				EMAIL_ADDRESS: "redact",
				IBAN_CODE: "hash",
				CREDIT_CARD: "flag",
				IP_ADDRESS: "off",
			},
		});
		const text = "a@b.com, DE89370400440532013000, 4111 1111 1111 1111, 84.16.252.201";
		await ask(user(text));
		const [sent] = sentMessages();
		expect(sent?.content).toMatch(
			/^\[REDACTED:EMAIL_ADDRESS\], <IBAN_CODE#[0-9a-f]{12}>, 4111 1111 1111 1111, 84\.16\.252\.201$/,
		);
		await ask(user(text));
		expect(sentMessages()).toEqual([sent]);
		expect(last().findings.map(({ rule, action }) => [rule, action])).toEqual([
			["EMAIL_ADDRESS", "redact"],
			["IBAN_CODE", "redact"],
			["CREDIT_CARD", "flag"],
		]);
		gateway.change({ settings: gatewaySettings({ IBAN_CODE: "hash" }), key: { teamId: "other" } });
		await ask(user("DE89370400440532013000"));
		expect(sent?.content).not.toContain(sentMessages()[0]?.content ?? "");
	});

	test("can be to refuse the request, naming the type", async () => {
		enforce({ actions: { CREDIT_CARD: "block" } });
		const before = upstream.seen.length;
		const response = await ask(user("card 4111 1111 1111 1111"));
		expect(response.status).toBe(403);
		expect(await errorOf(response)).toMatchObject({
			code: "guardrail_blocked",
			message: expect.stringMatching(/^Blocked by rule CREDIT_CARD \(incident req_/),
		});
		expect(upstream.seen.length).toBe(before);
		expect(last()).toMatchObject({
			action: "block",
			findings: [
				{ guard: "privacy", rule: "CREDIT_CARD", category: "personal-data", action: "block" },
			],
		});
	});

	test("is only written down while it is monitored", async () => {
		enforce({ mode: "monitor", actions: { CREDIT_CARD: "block" } });
		await ask(user("a@b.com pays with 4111 1111 1111 1111"));
		expect(sentMessages()[0]?.content).toBe("a@b.com pays with 4111 1111 1111 1111");
		expect(last()).toMatchObject({
			action: "allow",
			outcome: "answered",
			findings: [
				{ rule: "EMAIL_ADDRESS", action: "flag", wouldBe: "redact", start: 0, end: 7 },
				{ rule: "CREDIT_CARD", action: "flag", wouldBe: "block" },
			],
		});
		expect(JSON.stringify(last())).not.toMatch(/a@b\.com|4111/);
	});

	test("is nothing when it is off, outside the scope, or allowed", async () => {
		const text = "a@b.com";
		for (const privacy of [
			{ mode: "off" },
			{ scope: { endpoints: ["embeddings"] } },
			{ scope: { sources: ["system"] } },
			{ scope: { teamIds: ["legal"] } },
			{ allowed: ["A@B.com"] },
		]) {
			enforce(privacy);
			await ask(user(text));
			expect(sentMessages()[0]?.content).toBe(text);
			expect(last().findings).toEqual([]);
		}
	});
});

function gatewaySettings(actions: object): object {
	return { privacy: { mode: "enforce", actions } };
}

describe("placeholders", () => {
	test("stay the same while a conversation grows", async () => {
		const turns = [
			user("I am at a@b.com"),
			{ role: "assistant", content: "Noted a@b.com, and c@d.com" },
			user("and e@f.com, not <EMAIL_ADDRESS_2>"),
			{ role: "assistant", content: "So a@b.com and e@f.com" },
			user("yes, g@h.com"),
		];
		await ask(...turns);
		const whole = sentMessages();
		expect(whole.map(({ content }) => content)).toEqual([
			"I am at <EMAIL_ADDRESS_1>",
			"Noted <EMAIL_ADDRESS_1>, and <EMAIL_ADDRESS_2>",
			"and <EMAIL_ADDRESS_3>, not <EMAIL_ADDRESS_4>",
			"So <EMAIL_ADDRESS_1> and <EMAIL_ADDRESS_3>",
			"yes, <EMAIL_ADDRESS_5>",
		]);
		for (let length = 1; length < turns.length; length += 1) {
			await ask(...turns.slice(0, length));
			expect(sentMessages()).toEqual(whole.slice(0, length));
		}
	});

	test("that a caller wrote come back as written, and never as somebody's value", async () => {
		sayBack();
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.constantFrom(
						"a@b.com",
						"<EMAIL_ADDRESS_1>",
						"<EMAIL_ADDRESS_2>",
						"c@d.com",
						"&lt;EMAIL_ADDRESS_1&gt;",
						"<PERSON_1>",
					),
					{ minLength: 1, maxLength: 6 },
				),
				async (words) => {
					const text = words.join(" , ");
					expect(await answerOf(await ask(user(text)))).toBe(text);
					expect(sentMessages()[0]?.content).not.toMatch(/a@b|c@d/);
				},
			),
			{ numRuns: 30 },
		);
	});

	test("of one caller never give another one's value, at the same time or later", async () => {
		const mail = (team: string, n: number) => `${team}${n}@example.org`;
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 }),
				fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 4 }),
				async (ours, theirs) => {
					// Each upstream answer names more placeholders than its request had.
					upstream.answer((response, seen) => {
						const answer = structuredClone(completion);
						const [choice] = answer.choices;
						const names = [1, 2, 3, 4, 5, 6].map((n) => `<EMAIL_ADDRESS_${n}>`).join(" ");
						if (choice !== undefined) choice.message.content = names;
						return sendJson(answer)(response, seen);
					});
					gateway.change({ settings: gatewaySettings({}), key: { teamId: "blue" } });
					const first = ask(user(ours.map((n) => mail("blue", n)).join(" , ")));
					gateway.change({ settings: gatewaySettings({}), key: { teamId: "red" } });
					const second = ask(user(theirs.map((n) => mail("red", n)).join(" , ")));
					const [blue, red] = await Promise.all([first.then(answerOf), second.then(answerOf)]);
					const numbers = new Set(ours).size;
					expect(blue).not.toContain("red");
					expect(blue.match(/<EMAIL_ADDRESS_\d>/g) ?? []).toHaveLength(6 - numbers);
					expect(red).not.toContain("blue");
				},
			),
			{ numRuns: 25 },
		);
	});

	test("let callers share an answer from memory, each with its own values", async () => {
		enforce({}, { cache: { mode: "on", sharedBy: "organisation" } });
		const before = upstream.seen.length;
		expect(await answerOf(await ask(user("Say a@b.com")))).toBe("So: a@b.com.");
		const second = await ask(user("Say c@d.com"));
		expect(await answerOf(second)).toBe("So: c@d.com.");
		expect(last().cache).toBe("hit");
		expect(upstream.seen.length).toBe(before + 1);
	});
});

test("thinking that its provider signed is neither masked nor restored", async () => {
	const credential = {
		baseUrl: upstream.baseUrl.replace(/\/v1$/, ""),
		apiKey: "upstream-credential",
	};
	const claude = testTarget(upstream.baseUrl, {
		id: "claude/x",
		providerId: "claude",
		model: "x",
		connector: anthropic.connect(anthropic.settings.parse(credential)),
	});
	gateway.change({ settings: gatewaySettings({}), targets: [claude] });
	const thought = {
		type: "thinking",
		thinking: "They wrote <EMAIL_ADDRESS_1>, or z@y.com.",
		signature: "c2ln",
	};
	upstream.answer(
		sendJson({
			id: "m",
			type: "message",
			role: "assistant",
			model: "x",
			content: [thought, { type: "text", text: "Hello <EMAIL_ADDRESS_1>" }],
			stop_reason: "end_turn",
			stop_sequence: null,
			usage: { input_tokens: 1, output_tokens: 1 },
		}),
	);
	const response = await fetch(`${gateway.url}/v1/messages`, {
		method: "POST",
		headers: { authorization: `Bearer ${gateway.token}`, "content-type": "application/json" },
		body: JSON.stringify({
			model: "claude/x",
			max_tokens: 100,
			messages: [
				user("I am a@b.com"),
				{ role: "assistant", content: [thought, { type: "text", text: "Hi a@b.com" }] },
				user("Again"),
			],
		}),
	});
	const { content } = JSON.parse(await response.text());
	expect(content).toEqual([thought, { type: "text", text: "Hello a@b.com" }]);
	const sent = sentMessages();
	expect(sent[0]?.content).toBe("I am <EMAIL_ADDRESS_1>");
	expect(sent[1]?.content).toEqual([thought, { type: "text", text: "Hi <EMAIL_ADDRESS_1>" }]);
	const reported = last().findings.filter(({ source }) => source === "assistant");
	expect(reported.map(({ action }) => action).sort()).toEqual(["flag", "redact"]);

	gateway.change({
		settings: { privacy: { mode: "enforce", actions: { EMAIL_ADDRESS: "block" } } },
		targets: [claude],
	});
	const refused = await fetch(`${gateway.url}/v1/messages`, {
		method: "POST",
		headers: { authorization: `Bearer ${gateway.token}`, "content-type": "application/json" },
		body: JSON.stringify({
			model: "claude/x",
			max_tokens: 100,
			messages: [user("Hello"), { role: "assistant", content: [thought] }, user("Again")],
		}),
	});
	expect(refused.status).toBe(403);
});

describe("with a Presidio analyzer", () => {
	const analyzer = { url: presidio.baseUrl, timeoutMs: 2000 };
	test("masks what it finds, and restores it", async () => {
		presidio.answer(analyzing({ "Zoë 🎈 Ó Sé": "PERSON", "E-1234": "EMPLOYEE_ID" }));
		enforce({ analyzer: "both", presidio: analyzer });
		sayBack();
		const text = "🎈 Zoë 🎈 Ó Sé has badge E-1234 and z@y.com";
		expect(await answerOf(await ask(user(text)))).toBe(text);
		expect(sentMessages()[0]?.content).toBe(
			"🎈 <PERSON_1> has badge <EMPLOYEE_ID_1> and <EMAIL_ADDRESS_1>",
		);
	});

	test("refuses while it fails, unless told otherwise, and says so", async () => {
		presidio.answer(sendJson({}, 500));
		enforce({ analyzer: "presidio", presidio: analyzer });
		const before = upstream.seen.length;
		const response = await ask(user("a@b.com"));
		expect([response.status, upstream.seen.length]).toEqual([503, before]);
		enforce({ analyzer: "presidio", presidio: { ...analyzer, onFailure: "builtin" } });
		await ask(user("Hello a@b.com"));
		expect(sentMessages()[0]?.content).toBe("Hello <EMAIL_ADDRESS_1>");
		const stage = last().stages.find(([name]) => name === "privacy");
		expect(stage?.[4]).toMatch(/^The Presidio analyzer failed; .* 1 EMAIL_ADDRESS$/);
	});
});
