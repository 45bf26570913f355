/** What a name says about the value beside it. */
export type SecretKind = "password" | "token" | "key";

const passwordParts: ReadonlySet<string> = new Set([
	"pass",
	"pwd",
	"pw",
	"psk",
	"passphrase",
	"passwort",
	"contraseña",
	"senha",
]);
const tokenParts: ReadonlySet<string> = new Set([
	"token",
	"tokens",
	"secret",
	"secrets",
	"credential",
	"credentials",
	"creds",
	"apikey",
	"apikeys",
	"auth",
	"authorization",
	"authorisation",
	"bearer",
	"authtoken",
	"accesstoken",
	"accesskey",
	"secretkey",
	"pat",
	"webhook",
	"jwt",
	"dsn",
	"sas",
]);
/** Before `key`: says that it is one to keep. */
const keyQualifiers: ReadonlySet<string> = new Set([
	"api",
	"access",
	"secret",
	"private",
	"encryption",
	"signing",
	"account",
	"license",
	"master",
	"client",
	"auth",
	"service",
	"subscription",
	"storage",
	"app",
	"application",
	"shared",
	"admin",
	"server",
	"rest",
	"consumer",
	"write",
]);
/** As a name's last word: what follows is not the secret itself. */
const innocentEnds: ReadonlySet<string> = new Set([
	"id",
	"ids",
	"name",
	"names",
	"url",
	"uri",
	"endpoint",
	"path",
	"file",
	"filename",
	"dir",
	"length",
	"len",
	"size",
	"count",
	"type",
	"expiry",
	"expires",
	"expiration",
	"ttl",
	"version",
	"field",
	"label",
	"header",
	"prefix",
	"format",
	"alg",
	"algorithm",
	"arn",
	"ref",
	"index",
	"date",
	"at",
	"limit",
	"max",
	"min",
	"enabled",
	"variable",
	"policy",
	"hash",
	"class",
	"provider",
	"manager",
	"store",
	"vault",
	"host",
	"port",
	"region",
	"usage",
	"budget",
	"parser",
	"selector",
	"fingerprint",
	"image",
	"title",
	"description",
	"hint",
	"rotation",
	"created",
	"updated",
	"location",
	"schema",
]);
/** Anywhere in a name: what it names is public, or no secret at all. */
const innocentParts: ReadonlySet<string> = new Set([
	"public",
	"pub",
	"publishable",
	"csrf",
	"xsrf",
	"authenticity",
	"checksum",
	"chksum",
	"md5",
	"sha",
	"sha1",
	"sha256",
	"sha512",
	"digest",
	"commit",
	"etag",
	"integrity",
	"primary",
	"foreign",
	"sort",
	"partition",
	"cache",
	"keyword",
	"keyboard",
	"rev",
	"srcrev",
	"revision",
	"site",
	"sitekey",
	"idempotency",
	"next",
	"page",
	"continuation",
	"cursor",
	"usersecretsid",
	"measurement",
	"sequence",
	"vocab",
	"special",
	"pad",
	"eos",
	"bos",
	"tokenizer",
]);

/** `githubAPIToken`, `GITHUB_API_TOKEN` and `github.api-token` are all `github api token`. */
export function partsOf(name: string): readonly string[] {
	return name
		.replace(/([a-z0-9])([A-Z])/g, "$1 $2")
		.replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.map((part) => part.replace(/^(.*[a-z]{2})\d{1,2}$/, "$1"))
		.filter((part) => part !== "");
}

export function hasInnocentEnd(parts: readonly string[]): boolean {
	return innocentEnds.has(parts.at(-1) ?? "");
}

/** Undefined: a value of that name is nothing to look at. */
export function kindOfName(parts: readonly string[]): SecretKind | undefined {
	if (parts.some((part) => innocentParts.has(part)) || hasInnocentEnd(parts)) return undefined;
	if (parts.some((part) => passwordParts.has(part) || part.includes("passw"))) return "password";
	if (parts.some((part) => tokenParts.has(part))) return "token";
	const last = parts.at(-1) ?? "";
	if (/(?:token|secret|apikey|credentials?)s?$/.test(last)) return "token";
	if (last === "key" || last === "keys") {
		return keyQualifiers.has(parts.at(-2) ?? "") ? "token" : "key";
	}
	return last.endsWith("key") && last.length > 4 ? "key" : undefined;
}
