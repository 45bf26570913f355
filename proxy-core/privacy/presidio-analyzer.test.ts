import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { privacySettingsSchema } from "../contract/privacy-settings.ts";
import { createEgress } from "../egress/egress.ts";
import { analyzing } from "../testing/presidio-server.ts";
import { sendJson, startScriptedUpstream } from "../testing/upstream-script.ts";
import type { AnalyzedText, FoundDatum } from "./mask-analyzer.ts";
import { compilePrivacy } from "./mask-policy.ts";

const server = await startScriptedUpstream();
const egress = createEgress({ allowedHosts: ["127.0.0.1"], connectTimeoutMs: 2000 });
afterAll(async () => {
	await egress.close();
	await server.close();
});

const clock = { now: 0 };
const degraded: string[] = [];
beforeEach(() => {
	clock.now = 0;
	degraded.length = 0;
	server.answer(analyzing({ "Ann Lee": "PERSON", "E-1234": "EMPLOYEE_ID", Paris: "LOCATION" }));
});

function policyWith(settings: Readonly<Record<string, unknown>>) {
	const { presidio = {}, ...others } = settings;
	const parsed = privacySettingsSchema.parse({
		analyzer: "presidio",
		...others,
		presidio: { url: server.baseUrl, ...(presidio as object) },
	});
	return compilePrivacy(parsed, { fetch: egress.fetch, now: () => clock.now });
}

async function found(
	policy: ReturnType<typeof policyWith>,
	...texts: readonly string[]
): Promise<readonly (readonly FoundDatum[])[]> {
	const asked = texts.map((text): AnalyzedText => ({ text, source: "user", isFormOnly: false }));
	return policy.analyze(asked, {
		signal: new AbortController().signal,
		degraded: (note) => degraded.push(note),
	});
}

describe("a Presidio analyzer", () => {
	test("is asked once for each text, with what its API wants", async () => {
		const before = server.seen.length;
		const policy = policyWith({ presidio: { scoreThreshold: 0.4 } });
		const results = await found(policy, "Hi Ann Lee", " ", "nobody", "of Ann Lee");
		expect(results.map((list) => list.map(({ start, end }) => [start, end]))).toEqual([
			[[3, 10]],
			[],
			[],
			[[3, 10]],
		]);
		const asked = server.seen.slice(before).map(({ body }) => JSON.parse(body));
		expect(asked).toHaveLength(3);
		expect(asked[0]).toEqual({ text: "Hi Ann Lee", language: "en", score_threshold: 0.4 });
	});

	test("counts characters as Python does", async () => {
		const text = "😀😀 Ann Lee 🎉";
		const [list = []] = await found(policyWith({}), text);
		expect(list.map(({ start, end }) => text.slice(start, end))).toEqual(["Ann Lee"]);
	});

	test("may know types of its own", async () => {
		const text = "badge E-1234";
		expect(await found(policyWith({}), text)).toMatchObject([[{ type: "EMPLOYEE_ID" }]]);
		expect(policyWith({}).actionOf("EMPLOYEE_ID")).toBe("mask");
		const off = policyWith({ presidio: { otherTypes: "off" } });
		expect(await found(off, text)).toEqual([[]]);
	});

	test("works beside the built-in finder, whose findings stay", async () => {
		const text = "Ann Lee <ann@example.com>";
		const [list = []] = await found(policyWith({ analyzer: "both" }), text);
		expect(list.map(({ type }) => type)).toEqual(["PERSON", "EMAIL_ADDRESS"]);
	});

	test.each([
		["an error", sendJson({ error: "no" }, 500)],
		["something else", sendJson({ results: [] })],
		["half an answer", sendJson('[{"start":1')],
	])(
		"that answers with %s refuses the request, or is replaced as the policy says",
		async (_, script) => {
			server.answer(script);
			await expect(found(policyWith({}), "a@b.com")).rejects.toMatchObject({
				code: "guard.failed",
			});
			const builtin = policyWith({ presidio: { onFailure: "builtin" } });
			expect(await found(builtin, "mail ann@example.com")).toMatchObject([
				[{ type: "EMAIL_ADDRESS" }],
			]);
			const open = policyWith({ presidio: { onFailure: "open" } });
			expect(await found(open, "mail ann@example.com")).toEqual([[]]);
			const both = policyWith({ analyzer: "both", presidio: { onFailure: "open" } });
			expect(await found(both, "mail ann@example.com")).toMatchObject([
				[{ type: "EMAIL_ADDRESS" }],
			]);
			expect(degraded).toHaveLength(3);
		},
	);

	test("that does not answer in time fails", async () => {
		const { promise, resolve } = Promise.withResolvers<void>();
		server.answer(async (response) => {
			await promise;
			response.end("[]");
		});
		const late = policyWith({ presidio: { timeoutMs: 20 } });
		await expect(found(late, "Ann Lee", "Ann Lee")).rejects.toMatchObject({ code: "guard.failed" });
		resolve();
	});

	test("is left alone after three failures, and tried again later", async () => {
		const policy = policyWith({});
		server.answer(sendJson({}, 500));
		for (let count = 0; count < 3; count += 1) await found(policy, "x").catch(() => {});
		const before = server.seen.length;
		await expect(found(policy, "Ann Lee")).rejects.toMatchObject({ code: "guard.failed" });
		expect(server.seen.length).toBe(before);
		clock.now += 10_000;
		server.answer(analyzing({ "Ann Lee": "PERSON" }));
		expect(await found(policy, "Ann Lee", "by Ann Lee")).toMatchObject([
			[{ type: "PERSON" }],
			[{ type: "PERSON" }],
		]);
	});
});
