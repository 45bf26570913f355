import { isIP } from "node:net";
import * as z from "zod";
import { parseAllowedHost } from "../../../proxy-core/egress/allow-list.ts";
import { keyIdOf } from "../../../proxy-core/keys/key-token.ts";
import { providerFields } from "./read-providers.ts";
import { parseHttpUrl, parseList, variable } from "./variable.ts";

function oneOf<const Choice extends string>(choices: readonly Choice[]) {
	return (text: string): Choice | undefined => choices.find((choice) => choice === text);
}

function wholeNumber(minimum: number, maximum: number) {
	return (text: string): number | undefined => {
		if (!/^\d{1,15}$/.test(text)) return undefined;
		const value = Number(text);
		return value >= minimum && value <= maximum ? value : undefined;
	};
}

function parsePath(text: string): string | undefined {
	return text.includes("\0") ? undefined : text;
}

function parsePublicUrl(text: string): string | undefined {
	const url = parseHttpUrl(text);
	return url === undefined || new URL(url).pathname !== "/" ? undefined : url;
}

function parseDatabaseUrl(text: string): string | undefined {
	const url = URL.parse(text);
	return url !== null && /^postgres(ql)?:$/.test(url.protocol) ? text : undefined;
}

function isCidr(text: string): boolean {
	const [address = "", bits, ...rest] = text.split("/");
	const family = isIP(address);
	if (family === 0 || rest.length > 0) return false;
	return (
		bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
	);
}

function isHostName(text: string): boolean {
	return /^[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?$/i.test(text);
}

function listOf(accepts: (item: string) => boolean) {
	return (text: string): readonly string[] | undefined => {
		const items = parseList(text);
		return items.every(accepts) ? items : undefined;
	};
}

export interface EnvironmentKey {
	readonly name: string | undefined;
	readonly token: string;
}

/** `token` or `name=token`, comma separated. */
function parseKeys(text: string): readonly EnvironmentKey[] | undefined {
	const keys = parseList(text).map((item) => {
		// A token may end in "=" itself, so only what leaves a whole token behind is a name.
		const named = /^([\w .-]{1,80})=(.{24,})$/s.exec(item);
		return { name: named?.[1]?.trim(), token: named?.[2] ?? item };
	});
	const isSound = ({ token }: EnvironmentKey) =>
		/^[\x21-\x7e]{24,200}$/.test(token) && keyIdOf(token) !== undefined;
	const isUnique = new Set(keys.map((key) => key.token)).size === keys.length;
	return keys.every(isSound) && isUnique ? keys : undefined;
}

/** Ollama's own variable: `host`, `host:port` or an address; `off` means do not look for one. */
function parseOllamaHost(text: string): string | "off" | undefined {
	if (text === "off") return "off";
	const url = URL.parse(text.includes("://") ? text : `http://${text}`);
	if (url === null || parseHttpUrl(url.href) === undefined) return undefined;
	// Ollama's server listens on every address with this value; a client has to pick one.
	if (url.hostname === "0.0.0.0") url.hostname = "127.0.0.1";
	if (url.port === "" && !text.includes("://")) url.port = "11434";
	return url.href.replace(/\/+$/, "");
}

/** Every variable with a fixed name. `LLMPROXY_ENDPOINT_<NAME>_…` is in `endpoints.ts`. */
export const environmentSchema = z.object({
	PORT: variable({
		description: "The port of console and gateway.",
		defaultText: "8090",
		expected: "a whole number from 0 to 65535 (0: any free port)",
		parse: wholeNumber(0, 65_535),
	}),
	HOST: variable({
		description: "The address to listen on. Use 0.0.0.0 to be reached from other machines.",
		defaultText: "127.0.0.1",
		expected: "an IP address or a host name",
		parse: (text) => (isIP(text) !== 0 || isHostName(text) ? text : undefined),
	}),
	ROLE: variable({
		description: "Which halves this process serves.",
		defaultText: "all",
		expected: "all, gateway or console",
		parse: oneOf(["all", "gateway", "console"]),
	}),
	WORKERS: variable({
		description:
			"Gateway processes that share the port. More than one: they serve the gateway, and this process the console and the database. `auto`: one for each processor, at most 8. `ROLE=console` has none.",
		defaultText: "1 (no further process)",
		expected: "a whole number from 1 to 64, or auto",
		parse: (text) => (text === "auto" ? text : wholeNumber(1, 64)(text)),
	}),
	DATABASE_URL: variable({
		description: "A PostgreSQL server to use. Without it one is started in the data folder.",
		defaultText: "embedded PostgreSQL",
		expected: "an address that starts with postgresql://",
		isSecret: true,
		parse: parseDatabaseUrl,
	}),
	LLMPROXY_DATA_DIR: variable({
		description: "The folder for the database, the journal and the master key.",
		defaultText: "./data",
		expected: "a path",
		parse: parsePath,
	}),
	LLMPROXY_MASTER_KEY: variable({
		description:
			"Encrypts stored credentials and signs sessions. Without it a key is made in the data folder; several nodes need the same one.",
		defaultText: "made at the first start, in `master-key` in the data folder",
		expected: "32 bytes as base64 or hex, or a passphrase of at least 32 characters",
		isSecret: true,
		parse: (text) => (text.length >= 32 ? text : undefined),
	}),
	LLMPROXY_ADMIN_EMAIL: variable({
		description: "Makes this administrator at the first start, together with the password.",
		defaultText: "asked for in the browser",
		expected: "an e-mail address",
		parse: (text) => z.email().max(200).safeParse(text).data?.toLowerCase(),
	}),
	LLMPROXY_ADMIN_PASSWORD: variable({
		description: "The password of that administrator.",
		defaultText: "asked for in the browser",
		expected: "12 to 200 characters",
		isSecret: true,
		parse: (text) => (text.length >= 12 && text.length <= 200 ? text : undefined),
	}),
	LLMPROXY_API_KEYS: variable({
		description:
			"API keys that always work: comma separated tokens, each with an optional name (`name=token`). Taking one out revokes it.",
		defaultText: "none",
		expected: "different tokens of 24 to 200 visible ASCII characters, as `token` or `name=token`",
		isSecret: true,
		parse: parseKeys,
	}),
	LLMPROXY_PUBLIC_URL: variable({
		description: "How browsers and applications reach this server; https makes cookies secure.",
		defaultText: "http://localhost:PORT",
		expected: "an http(s) address without a path",
		parse: parsePublicUrl,
	}),
	LLMPROXY_TRUSTED_PROXIES: variable({
		description: "Addresses of reverse proxies whose X-Forwarded-For header is believed.",
		defaultText: "none",
		expected: "comma separated IP addresses or CIDR ranges",
		parse: listOf(isCidr),
	}),
	LLMPROXY_EGRESS_ALLOW: variable({
		description:
			"Hosts or ranges that configured addresses may reach although they are private or local.",
		defaultText: "none",
		expected: "comma separated entries such as host, host:port, 10.1.2.3 or 10.0.0.0/8",
		parse: listOf((item) => parseAllowedHost(item) !== undefined),
	}),
	LLMPROXY_LOG_LEVEL: variable({
		description: "The mildest messages that are logged.",
		defaultText: "info",
		expected: "info, warn or error",
		parse: oneOf(["info", "warn", "error"]),
	}),
	LLMPROXY_CLASSIFIER_MODEL: variable({
		description:
			"The folder of a heavy classifier for the prompt-injection guard: config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx.",
		defaultText: "none",
		expected: "a path",
		parse: parsePath,
	}),
	LLMPROXY_CLASSIFIER_PACKAGES: variable({
		description: "The folder whose node_modules has @huggingface/transformers, which runs it.",
		defaultText: "the model's folder or one above it, then LLMProxy's own",
		expected: "a path",
		parse: parsePath,
	}),
	LLMPROXY_CLASSIFIER_LABELS: variable({
		description: "The classifier's labels that mean an attack, comma separated.",
		defaultText: "recognised: INJECTION, JAILBREAK, MALICIOUS and the like, LABEL_1 of two",
		expected: "comma separated labels of the model's config.json",
		parse: (text) => (parseList(text).length > 0 ? parseList(text) : undefined),
	}),
	LLMPROXY_CLASSIFIER_THREADS: variable({
		description: "Processor cores that the classifier uses for one text.",
		defaultText: "1",
		expected: "a whole number from 1 to 64",
		parse: wholeNumber(1, 64),
	}),
	...providerFields,
	OLLAMA_HOST: variable({
		description:
			"Where an Ollama server is looked for at start; found models are registered. `off` does not look.",
		defaultText: "127.0.0.1:11434",
		expected: "a host, host:port, an http(s) address, or off",
		parse: parseOllamaHost,
	}),
});

export type FixedVariables = z.infer<typeof environmentSchema>;
