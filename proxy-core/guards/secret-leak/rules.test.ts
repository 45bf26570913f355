import { checkSync } from "recheck";
import { describe, expect, it } from "vitest";
import { glueSource, tagSource } from "./assignment-gap.ts";
import { commonSource, rareSource } from "./find-assignments.ts";
import { azureBody } from "./find-tokens.ts";
import { vendorRules } from "./named/vendors.ts";
import { armourSource, headerLinesSource, materialSource } from "./private-key.ts";
import { credentialRules } from "./rules.ts";
import { tokenRules } from "./tokens/registry.ts";

describe("the rules", () => {
	it("know at least 150 kinds of provider credentials, each by one id", () => {
		const kinds = new Set([...tokenRules, ...vendorRules].map(({ id }) => id));
		expect(kinds.size).toBeGreaterThanOrEqual(150);
		const ids = credentialRules.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		for (const kind of kinds) expect(ids).toContain(kind);
	});

	it("keep the ids that settings and ledgers already hold", () => {
		const ids = credentialRules.map(({ id }) => id);
		expect(ids).toEqual(
			expect.arrayContaining(
				"llmproxy-key anthropic-key openrouter-key openai-key openai-session google-api-key google-oauth aws-access-key aws-secret-key aws-bedrock-key github-token gitlab-token slack-token slack-webhook stripe-key stripe-webhook-secret hugging-face-token groq-key xai-key perplexity-key npm-token pypi-token sendgrid-key twilio-key azure-key private-key".split(
					" ",
				),
			),
		);
	});

	it("begin with plain characters and are as long as the search for runs needs", () => {
		for (const { id, heads, body } of tokenRules) {
			for (const head of heads) {
				expect(head, id).toMatch(/^[!-~]{2,}$/);
				expect(head.length + charsMin(body), `${id} ${head}`).toBeGreaterThanOrEqual(16);
			}
		}
	});
});

/** The fewest characters that a body matches, from its counted classes. */
function charsMin(body: string): number {
	const counted = body.replace(/\(\?![^)]*\)/g, "").match(/\{\d+/g) ?? [];
	return counted.reduce((sum, count) => sum + Number(count.slice(1)), 0);
}

describe("the patterns", () => {
	const shapes = new Set(
		[
			// A literal start does not change how much work its body is.
			...tokenRules.map(({ body }) => body),
			...vendorRules.map(({ value }) => `${value}$`),
			azureBody,
			armourSource,
			headerLinesSource,
			materialSource,
			glueSource,
			tagSource,
			commonSource,
			rareSource,
			// How often a class must occur changes the automaton's size, not its ambiguity.
		].map((source) =>
			source
				.replace(/\{(\d+),(\d+)\}/g, (_, from) => (Number(from) === 0 ? "{0,3}" : "{2,4}"))
				.replace(/\{\d+,\}/g, "{2,}")
				.replace(/\{\d+\}/g, "{3}"),
		),
	);

	it.each([...shapes])(
		"%s takes time in proportion to the text",
		(source) => {
			const result = checkSync(`^a(?:${source})`, "", { checker: "automaton", timeout: 30_000 });
			expect(result).toMatchObject({
				status: "safe",
				complexity: { type: expect.stringMatching(/^(?:safe|linear)$/) },
			});
		},
		40_000,
	);
});
