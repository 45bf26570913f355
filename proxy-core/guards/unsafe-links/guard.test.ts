import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { configuredGuard, testView } from "../../testing/guards.ts";
import { cutAt, judged, streamed } from "../../testing/judge-answer-text.ts";
import { ordinaryAnswers } from "../../testing/ordinary-answers.ts";
import { guard } from "./guard.ts";

const links = configuredGuard(guard, { blockedDomains: ["evil.test", "*.Bad.example"] });

const unsafe: readonly (readonly [rule: string, text: string, clean: string])[] = [
	["blocked-domain", "go to https://evil.test/x now", "go to [link removed] now"],
	["blocked-domain", "go to [x](https://a.b.evil.test) now", "go to [x](#) now"],
	["blocked-domain", "go to www.evil.test, now", "go to [link removed], now"],
	["blocked-domain", "mail me at evil.test.", "mail me at [link removed]."],
	["blocked-domain", "see login.BAD.example/path", "see login.[link removed]/path"],
	["blocked-domain", '{"url":"https:\\/\\/evil.test\\/a"}', '{"url":"[link removed]"}'],
	["dangerous-scheme", "[x](javascript:alert(1))", "[x](#)"],
	["dangerous-scheme", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](#)"],
	["dangerous-scheme", '<a href="java&#115;cript:alert(1)">x</a>', '<a href="#">x</a>'],
	["risky-url", "http://2130706433/admin", "[link removed]"],
	["risky-url", "http://0x7f000001/", "[link removed]"],
	["risky-url", "https://www.mybank.com@login.zip/a", "[link removed]"],
	["risky-url", "https://xn--pypal-4ve.com/", "[link removed]"],
	["risky-url", "https://аррӏе.com/", "[link removed]"],
	["risky-url", "https://secure-login-paypal.account-verify.top/", "[link removed]"],
];

describe("the unsafe-links guard", () => {
	it.each(unsafe)("finds %s in %s", async (rule, text, clean) => {
		const result = await judged(links, text);
		expect(result.text).toBe(clean);
		expect(result.findings).toMatchObject([{ rule, action: "redact" }]);
	});

	it.each(unsafe)("removes %s from any stream: %s", async (_rule, text, clean) => {
		for (let cut = 0; cut <= text.length; cut += 1) {
			const result = await streamed(links, [text.slice(0, cut), text.slice(cut)]);
			expect(result.text).toBe(clean);
		}
		expect((await streamed(links, text.split(""))).text).toBe(clean);
	});

	it("gives the same text for every chunking", async () => {
		const piece = fc.constantFrom(
			...ordinaryAnswers.filter((text) => text.length < 300),
			...unsafe.map(([, text]) => text),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(piece, { maxLength: 4 }),
				fc.array(fc.nat(3000), { maxLength: 30 }),
				async (pieces, cuts) => {
					const text = pieces.join("\n\n");
					const whole = await judged(links, text);
					expect((await streamed(links, cutAt(text, cuts))).text).toBe(whole.text);
				},
			),
			{ numRuns: 200 },
		);
	});

	it("takes no part of a longer name for a blocked one", async () => {
		const text = "notevil.test, evil.testing and my-evil.test are others";
		expect((await judged(links, text)).findings).toEqual([]);
		expect((await streamed(links, text.split(""))).text).toBe(text);
	});

	it("records them in requests, or blocks them where it is told to", () => {
		const segments = [{ source: "user" as const, text: "open https://evil.test/", path: [] }];
		const inRequest = (config: Readonly<Record<string, unknown>>) =>
			configuredGuard(guard, {
				blockedDomains: ["evil.test"],
				...config,
			}).inspector.inspectRequest?.(segments, testView());
		expect(inRequest({})).toMatchObject({ findings: [{ rule: "blocked-domain", action: "flag" }] });
		expect(inRequest({ requestAction: "block" })).toMatchObject({
			findings: [{ action: "block" }],
		});
		expect(inRequest({ requestAction: "ignore" })).toEqual({ findings: [] });
	});

	it("can leave unknown addresses alone, and always leaves allowed ones", async () => {
		const text = "http://2130706433/admin";
		const listed = configuredGuard(guard, { isScoring: false });
		expect((await judged(listed, text)).findings).toEqual([]);
		const allowing = configuredGuard(guard, { allowedDomains: ["account-verify.top"] });
		expect(
			(await judged(allowing, "https://secure-login-paypal.account-verify.top/")).findings,
		).toEqual([]);
	});
});
