import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyToken } from "../../keys/key-token.ts";
import type { Config } from "./answers-in-tests.ts";
import { armoured, hex, made, redacted, requestVerdict, streamed } from "./answers-in-tests.ts";
import { createCredentialScanner } from "./credential-scanner.ts";
import { armouredCharsMax } from "./private-key.ts";
import { redactSecrets } from "./redact-secrets.ts";

const scanner = createCredentialScanner();

/** One whole credential per shape; `body` is what must never be seen. */
const credentials: readonly (readonly [rule: string, secret: string])[] = [
	["llmproxy-key", createKeyToken("abcdeFGH12").token],
	["anthropic-key", `${made("sk-ant-api03-", 93)}AA`],
	["openai-key", made("sk-proj-", 156)],
	["openai-key", made("sk-svcacct-", 120)],
	["openai-key", made("sk-admin-", 80)],
	["openai-key", made("sk-", 48)],
	["openrouter-key", made("sk-or-v1-", 64, hex)],
	["google-api-key", made("AIza", 35)],
	["google-api-key", made("AQ.Ab", 50)],
	["google-oauth", made("GOCSPX-", 28)],
	["google-oauth", made("ya29.", 120)],
	["aws-access-key", made("AKIA", 16, "ABCDEFGHIJ234567")],
	["aws-access-key", made("ASIA", 16, "ABCDEFGHIJ234567")],
	["aws-bedrock-key", made("ABSK", 128)],
	["github-token", made("ghp_", 36)],
	["github-token", made("gho_", 36)],
	["github-token", made("ghs_", 36)],
	["github-token", made("github_pat_11ABCDEFG0_", 59)],
	["gitlab-token", made("glpat-", 20)],
	["slack-token", made("xoxb-123456789012-1234567890123-", 24)],
	["slack-token", made("xapp-1-A0123456789-1234567890123-", 64, hex)],
	["slack-webhook", made("hooks.slack.com/services/T01234567/B01234567/", 24)],
	["stripe-key", made("sk_live_", 24)],
	["stripe-key", made("rk_live_", 99)],
	["stripe-webhook-secret", made("whsec_", 32)],
	["hugging-face-token", made("hf_", 34)],
	["groq-key", made("gsk_", 52)],
	["xai-key", made("xai-", 80)],
	["perplexity-key", made("pplx-", 48)],
	["npm-token", made("npm_", 36)],
	["pypi-token", made("pypi-AgEIcHlwaS5vcmc", 140)],
	["sendgrid-key", `${made("SG.", 22)}.${made("", 43)}`],
	["twilio-key", made("SK", 32, hex)],
	["private-key", armoured("RSA PRIVATE KEY", 24)],
	["private-key", armoured("PRIVATE KEY", 3)],
	["private-key", armoured("OPENSSH PRIVATE KEY", 24)],
	["private-key", armoured("PGP PRIVATE KEY BLOCK", 40)],
	["private-key", armoured("EC PRIVATE KEY", 2, "\\n")],
	[
		"private-key",
		armoured("RSA PRIVATE KEY", 4, "\r\n").replace(
			"\r\n",
			"\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,0A1B\r\n\r\n",
		),
	],
];

function chunksOf(text: string, cuts: readonly number[]): readonly string[] {
	const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
	return [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
}

const arbitrarySecret = fc.constantFrom(...credentials.map(([, secret]) => secret));
const arbitraryCuts = fc.array(fc.nat({ max: 4000 }), { maxLength: 40 });
const word = fc.constantFrom(
	"the",
	"key",
	"is",
	"sk",
	"task-force",
	"SKILL",
	"AIDA",
	"---",
	"npm",
	"x",
	"ghost",
	"süß",
	"日本語",
	"50%",
	"a\\nb",
	"-----BEGIN",
	"hf",
	"api-key",
	"\n",
	"```",
	"👍",
);
const prose = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));

describe("the secret-leak guard", () => {
	it.each(credentials)("replaces a whole %s by a mark", (rule, secret) => {
		expect(redacted(`before ${secret} after`)).toBe(`before [REDACTED:${rule}] after`);
	});

	it.each([
		'key="%"',
		"(%)",
		"k=%&x=1",
		"`%`",
		"a,%,b",
		"\\n%\\n",
		"%20%",
		"\\u0022%\\u0022",
		"日本%日本",
	])("finds it within %s", (around) => {
		const secret = `${made("sk-ant-api03-", 93)}AA`;
		const at = around.lastIndexOf("%", around.startsWith("%20") ? undefined : around.length);
		const text = around.slice(0, at) + secret + around.slice(at + 1);
		expect(redacted(text)).not.toContain(secret.slice(-30));
	});

	it.each([
		"Ordinary prose about a task-oriented, risk-averse desk-job.",
		"Set OPENAI_API_KEY=sk-... and use your sk-ant- key.",
		"sk-ant-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx is a placeholder",
		"sk-llmproxy-abcdeFGH12-0000000000000000000000000000000000000000000000000",
		"The header -----BEGIN PRIVATE KEY----- starts a key in PEM form, and -----END closes it.",
		"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----",
		"d41d8cd98f00b204e9800998ecf8427e and 550e8400-e29b-41d4-a716-446655440000",
		"The api-key header is used for authentication and nothing else, says the manual.",
		"xSK0123456789abcdef0123456789abcdef",
		"AKIA is a prefix; MAKIADOSFODNN7EXAMPLE is not a key.",
	])("leaves %j alone", (text) => {
		expect(redacted(text)).toBe(text);
	});

	it("finds Azure's keys by the mark inside them when the text is whole", () => {
		const key = `${made("", 52)}JQQJ99${made("", 26)}`;
		expect(redacted(`use ${key} now`)).toBe("use [REDACTED:azure-key] now");
	});

	it("finds several in one text and names each place", () => {
		const first = made("ghp_", 36);
		const second = made("hf_", 34);
		expect(requestVerdict(`${first} ${second}`)).toMatchObject({
			findings: [
				{ rule: "github-token", start: 0, end: first.length },
				{
					rule: "hugging-face-token",
					start: first.length + 1,
					end: first.length + 1 + second.length,
				},
			],
		});
	});

	it("only records credentials in requests unless told otherwise", () => {
		const text = made("ghp_", 36);
		const actionOf = (config?: Config) => requestVerdict(text, config).findings[0]?.action;
		expect(actionOf()).toBe("flag");
		expect(actionOf({ requestAction: "ignore" })).toBeUndefined();
		expect(actionOf({ requestAction: "redact" })).toBe("redact");
		expect(actionOf({ requestAction: "block" })).toBe("block");
	});

	it("withholds an answer when it is told to", async () => {
		const { whole, isBlocked } = await streamed([made("ghp_", 36)], { action: "block" });
		expect([whole, isBlocked]).toEqual(["", true]);
	});

	it("cleans messages that are passed on", () => {
		expect(redactSecrets(`Incorrect API key provided: ${made("sk-", 48)}.`)).toBe(
			"Incorrect API key provided: [REDACTED:openai-key].",
		);
		expect(redactSecrets("Nothing here.")).toBe("Nothing here.");
	});
});

describe("the secret-leak guard over a stream", () => {
	it.each(credentials)("lets nothing of a %s leave, cut anywhere in two", async (rule, secret) => {
		const text = `before ${secret} after`;
		const step = secret.length > 300 ? 37 : 1;
		for (let cut = 0; cut <= text.length; cut += step) {
			const { whole } = await streamed([text.slice(0, cut), text.slice(cut)]);
			expect(whole).toBe(`before [REDACTED:${rule}] after`);
		}
	});

	it("lets nothing leave when it comes character by character", async () => {
		for (const [rule, secret] of credentials) {
			const { whole } = await streamed([...`it is ${secret}, ok`]);
			expect(whole).toBe(`it is [REDACTED:${rule}], ok`);
		}
	});

	it("gives the same text for every chunking of secrets among prose", async () => {
		await fc.assert(
			fc.asyncProperty(
				prose,
				arbitrarySecret,
				prose,
				arbitraryCuts,
				async (...[before, secret, after, cuts]) => {
					const text = `${before} ${secret} ${after}`;
					const { whole } = await streamed(chunksOf(text, cuts));
					expect(whole).not.toContain(secret.slice(-12));
					expect(whole).toContain("[REDACTED:");
					expect(whole).toBe(redacted(text));
				},
			),
			{ numRuns: 300 },
		);
	});

	it("passes text without secrets unchanged", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(prose, fc.string({ unit: "binary" })),
				arbitraryCuts,
				async (text, cuts) => {
					const { whole, isBlocked } = await streamed(chunksOf(text, cuts));
					expect([whole, isBlocked]).toEqual([text, false]);
				},
			),
			{ numRuns: 300 },
		);
	});

	it("never holds ordinary words back", async () => {
		const words = [
			"The",
			" gateway",
			" lets",
			" every",
			" word",
			" of",
			" an",
			" answer",
			" leave",
			" at",
			" once",
			".",
		];
		const { left } = await streamed(words);
		expect(left).toEqual([...words, ""]);
	});

	it("holds an open beginning until the next characters decide", async () => {
		const { left } = await streamed(["use sk", "y blue", " -----BEGIN", " again"]);
		expect(left).toEqual(["", "use sky blue", "", " -----BEGIN again", ""]);
	});

	it("stays within its window and in range for any text", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), arbitrarySecret, (text, secret) => {
				for (const sample of [text, text + secret.slice(0, secret.length / 2)]) {
					const from = scanner.mayBeginAt(sample);
					expect(from).toBeGreaterThanOrEqual(0);
					expect(from).toBeLessThanOrEqual(sample.length);
				}
			}),
		);
	});

	it("ends the answer when a private key is longer than can be held", async () => {
		const line = `${made("", 64)}\n`;
		const chunks = [
			"-----BEGIN PRIVATE KEY-----\n",
			...Array.from({ length: armouredCharsMax / 32 }, () => line),
		];
		const { whole, isBlocked } = await streamed(chunks);
		expect([whole, isBlocked]).toEqual(["", true]);
	});
});
