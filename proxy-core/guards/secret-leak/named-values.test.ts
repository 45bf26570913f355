import { describe, expect, it } from "vitest";
import type { TextSegment } from "../../contract/verdict.ts";
import { testView } from "../../testing/guards.ts";
import { armoured, hex, letters, made, redacted, segment, streamed } from "./answers-in-tests.ts";

describe("values that their names announce", () => {
	const random = made("", 32);
	const digits = made("", 40, hex);
	const password = ["Tr0ub4", "dor!7"].join("");

	it.each([
		["generic-secret", "ACME_API_TOKEN=%", random],
		["generic-secret", '"client_secret": "%",', random],
		["generic-secret", "export const apiKey = '%';", random],
		["generic-secret", "acme.secret-key: %", random],
		["generic-secret", "<acmeToken>\n  %\n</acmeToken>", random],
		["generic-secret", '- name: ACME_TOKEN\n  value: "%"', random],
		["generic-secret", '{"file": "ACME_TOKEN=%\\nNEXT=1"}', random],
		["generic-secret", 'setProperty("ACME_TOKEN", "%")', random],
		["generic-secret", "Authorization: Bearer %", random],
		["generic-secret", "//registry.acme.dev/:_authToken=%", random],
		["aws-secret-key", "aws_secret_access_key = %", made("", 40, `${letters}/+`)],
		["aws-secret-key", '"SecretAccessKey": "%"', made("", 40, `${letters}/+`)],
		["azure-key", "AZURE_OPENAI_API_KEY=%", made("", 84)],
		["azure-key", "AccountName=acme;AccountKey=%;", `${made("", 86, `${letters}+/`)}==`],
		["meraki-key", "meraki: %", digits],
		["generic-password", "password: %", password],
		["generic-password", 'DB_PASSWORD="%"', password],
		["generic-password", "my password is %", password],
		["generic-password", "machine acme.dev login bob password %", password],
		["generic-password", "Server=db;User Id=sa;Password=%;", password],
		["connection-string", "postgres://app:%@db.acme.dev/main", password],
		["connection-string", "mongodb+srv://app:%@cluster0.acme.dev/?w=1", password],
		["connection-string", "https://bob:%@git.acme.dev/repository.git", password],
		["basic-authorization", "curl -u %", `bob:${password}`],
	])("finds a %s in %s and keeps the name", async (rule, around, secret) => {
		const [before = "", after = ""] = around.split("%");
		const text = `See ${before}${secret}${after} there`;
		const clean = `See ${before}[REDACTED:${rule}]${after} there`;
		expect(redacted(text)).toBe(clean);
		for (let cut = 0; cut <= text.length; cut += 1) {
			const { whole } = await streamed([text.slice(0, cut), text.slice(cut)]);
			expect(whole).toBe(clean);
		}
		expect((await streamed([...text])).whole).toBe(clean);
	});

	it.each([
		"API_KEY=YOUR_API_KEY_GOES_HERE_1",
		"token: $" + "{ACME_TOKEN_2}",
		"token = os.environ['ACME_TOKEN_1']",
		'password: "<your-password-1>"',
		"password=changeme123",
		"SECRET_KEY=xxxxxxxxxxxxxxxxxxxxxxxx1",
		`commit_token_sha256: ${digits}`,
		"credentialsId: '29f63271-dc2f-4734-8221-5b31b5169bac'",
		`public_key = "${random}"`,
		"const password = getPassword2();",
		"token_count = 128000",
		"max_tokens: 4096, top_p: 0.95",
		"postgres://user:password@localhost:5432/app",
		"https://$" + "{USER}:$" + "{PASS}@acme.dev",
		'curl -u "$NAME:$PASSWORD1" https://acme.dev',
		"The password must have 8 characters, a digit and a symbol.",
		"The token is refreshed every 15 minutes; see https://acme.dev/docs/token-refresh-v2.",
		"git checkout 43fc912ef59a83054ea7f6706df4d53a7dea4d80",
	])("leaves %j alone", (text) => {
		expect(redacted(text)).toBe(text);
	});
});

describe("a credential of the same request", () => {
	const token = made("ghp_", 36);
	const asked = (source: TextSegment["source"]) =>
		testView({ segments: [{ source, text: `the value is ${token}`, path: [] }] });

	it.each(["user", "tool-result"] as const)(
		"may come back when it stood in a %s text",
		(source) => {
			const text = `token: ${token}`;
			expect(redacted(text, {}, asked(source))).toBe(text);
			expect(redacted(text, { answersFromPrompt: "treat" }, asked(source))).not.toContain(token);
		},
	);

	it("does not come back from the system prompt", () => {
		expect(redacted(`token: ${token}`, {}, asked("system"))).not.toContain(token);
	});

	it("is recognised with its line breaks escaped", () => {
		const key = armoured("RSA PRIVATE KEY", 4);
		const view = testView({ segments: [{ source: "user", text: key, path: [] }] });
		const escapedKey = key.replaceAll("\n", "\\n");
		expect(redacted(escapedKey, {}, view)).toBe(escapedKey);
	});

	it("is only recorded when it is a password that the model may have made up", () => {
		const text = `password: ${["Tr0ub4", "dor!7"].join("")}`;
		const instructions = testView({ segments: segment(text, "system") });
		expect(redacted(text, {})).toBe(text);
		expect(redacted(text, {}, instructions)).toBe("password: [REDACTED:generic-password]");
	});
});
