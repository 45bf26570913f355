/** A kind of credential that gives itself away by how it starts. */
export interface CredentialPattern {
	/** Stable: shown to operators, stored in the ledger. */
	readonly rule: string;
	/** Literal starts, each at least three characters. Public knowledge, so they may be shown. */
	readonly heads: readonly [string, ...string[]];
	/** Characters of which one to eight stand between a field's name and its value, when the head is a name. */
	readonly between?: string;
	/** What follows in a whole credential. A linear regular expression source. */
	readonly body: string;
	/** Characters that the body may go on with; as long as only these follow, it may be incomplete. */
	readonly alphabet: string;
}

const alphanumeric = "A-Za-z0-9";
const urlSafe = "A-Za-z0-9_\\-";
const base64 = "A-Za-z0-9+/=";
/** Between a field's name and its value, in the usual notations: `=`, `: `, `": "`, escaped or not. */
const separators = "\\s\"'`=:>\\\\";

/**
 * Checked against the makers' own documentation or the shape of issued keys. Lengths are minimums a
 * little below what is issued; a longer run is taken whole, so that no rest of a key stays behind.
 */
export const patterns = [
	{
		rule: "llmproxy-key",
		heads: ["sk-llmproxy-"],
		body: `[${alphanumeric}]{10}-[${alphanumeric}]{49}`,
		alphabet: urlSafe,
	},
	{ rule: "anthropic-key", heads: ["sk-ant-"], body: `[${urlSafe}]{24,}`, alphabet: urlSafe },
	{ rule: "openrouter-key", heads: ["sk-or-"], body: `[${urlSafe}]{24,}`, alphabet: urlSafe },
	{
		rule: "openai-key",
		heads: ["sk-proj-", "sk-svcacct-", "sk-service-", "sk-admin-", "sk-None-"],
		body: `[${urlSafe}]{20,}`,
		alphabet: urlSafe,
	},
	{ rule: "openai-key", heads: ["sk-"], body: `[${alphanumeric}]{20,}`, alphabet: alphanumeric },
	{
		rule: "openai-session",
		heads: ["sess-"],
		body: `[${alphanumeric}]{40,}`,
		alphabet: alphanumeric,
	},
	{ rule: "google-api-key", heads: ["AIza"], body: `[${urlSafe}]{35,}`, alphabet: urlSafe },
	{ rule: "google-api-key", heads: ["AQ.Ab"], body: `[${urlSafe}]{40,}`, alphabet: urlSafe },
	{ rule: "google-oauth", heads: ["GOCSPX-"], body: `[${urlSafe}]{28,}`, alphabet: urlSafe },
	{ rule: "google-oauth", heads: ["ya29."], body: `[${urlSafe}.]{30,}`, alphabet: `${urlSafe}.` },
	{
		rule: "aws-access-key",
		heads: ["AKIA", "ASIA", "ABIA", "ACCA"],
		body: "[A-Z0-9]{16}(?![A-Za-z0-9])",
		alphabet: "A-Z0-9",
	},
	{
		rule: "aws-secret-key",
		heads: ["aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "SecretAccessKey", "secretAccessKey"],
		between: separators,
		body: "[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])",
		alphabet: base64,
	},
	{ rule: "aws-bedrock-key", heads: ["ABSK"], body: `[${base64}]{60,}`, alphabet: base64 },
	{
		rule: "github-token",
		heads: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
		body: `[${alphanumeric}]{36,}`,
		alphabet: alphanumeric,
	},
	{
		rule: "github-token",
		heads: ["github_pat_"],
		body: `[${alphanumeric}_]{22,}`,
		alphabet: `${alphanumeric}_`,
	},
	{
		rule: "gitlab-token",
		heads: [
			"glpat-",
			"gldt-",
			"glrt-",
			"glcbt-",
			"glptt-",
			"glft-",
			"glimt-",
			"glagent-",
			"gloas-",
			"glsoat-",
		],
		body: `[${urlSafe}.]{20,}`,
		alphabet: `${urlSafe}.`,
	},
	{
		rule: "slack-token",
		heads: [
			"xoxa-",
			"xoxb-",
			"xoxc-",
			"xoxd-",
			"xoxe-",
			"xoxe.",
			"xoxo-",
			"xoxp-",
			"xoxr-",
			"xoxs-",
			"xapp-",
		],
		body: "[A-Za-z0-9.%-]{16,}",
		alphabet: "A-Za-z0-9.%-",
	},
	{
		rule: "slack-webhook",
		heads: ["hooks.slack.com/services/"],
		body: "[A-Za-z0-9/]{30,}",
		alphabet: "A-Za-z0-9/",
	},
	{
		rule: "stripe-key",
		heads: ["sk_live_", "rk_live_", "sk_test_", "rk_test_", "sk_prod_", "rk_prod_"],
		body: `[${alphanumeric}]{16,}`,
		alphabet: alphanumeric,
	},
	{ rule: "stripe-webhook-secret", heads: ["whsec_"], body: `[${base64}]{32,}`, alphabet: base64 },
	{
		rule: "hugging-face-token",
		heads: ["hf_", "api_org_"],
		body: `[${alphanumeric}]{30,}`,
		alphabet: alphanumeric,
	},
	{ rule: "groq-key", heads: ["gsk_"], body: `[${alphanumeric}]{40,}`, alphabet: alphanumeric },
	{ rule: "xai-key", heads: ["xai-"], body: `[${alphanumeric}]{60,}`, alphabet: alphanumeric },
	{
		rule: "perplexity-key",
		heads: ["pplx-"],
		body: `[${alphanumeric}]{40,}`,
		alphabet: alphanumeric,
	},
	{ rule: "npm-token", heads: ["npm_"], body: `[${alphanumeric}]{36,}`, alphabet: alphanumeric },
	{ rule: "pypi-token", heads: ["pypi-AgE"], body: `[${urlSafe}]{50,}`, alphabet: urlSafe },
	{
		rule: "sendgrid-key",
		heads: ["SG."],
		body: `[${urlSafe}]{16,32}\\.[${urlSafe}]{30,}`,
		alphabet: `${urlSafe}.`,
	},
	// 32 hexadecimal digits after two capitals; the boundary on both sides keeps hashes out.
	{
		rule: "twilio-key",
		heads: [
			"SK0",
			"SK1",
			"SK2",
			"SK3",
			"SK4",
			"SK5",
			"SK6",
			"SK7",
			"SK8",
			"SK9",
			"SKa",
			"SKb",
			"SKc",
			"SKd",
			"SKe",
			"SKf",
		],
		body: "[0-9a-f]{31}(?![A-Za-z0-9])",
		alphabet: "0-9a-f",
	},
	{
		rule: "azure-key",
		heads: [
			"AZURE_OPENAI_API_KEY",
			"AZURE_OPENAI_KEY",
			"AZURE_API_KEY",
			"AccountKey",
			"SharedAccessKey",
			"Ocp-Apim-Subscription-Key",
			"api-key",
		],
		between: separators,
		body: "(?:[A-Za-z0-9+/]{80,86}={0,2}|[A-Za-z0-9+/]{42,43}=|[0-9a-f]{32})(?![A-Za-z0-9+/=])",
		alphabet: base64,
	},
] as const satisfies readonly CredentialPattern[];

/**
 * Azure's keys of 84 characters have no start of their own; this mark stands inside, after 52 random
 * characters. Found in texts that are judged whole. In a stream the random part has left by the time
 * the mark comes, unless a field name announced the key (`azure-key` above).
 */
export const azureMark = {
	rule: "azure-key",
	mark: "JQQJ9",
	before: 32,
	body: "JQQJ9[9DH][A-Za-z0-9]{20,}={0,2}",
} as const;
