import type { UpstreamFault } from "../define-provider.ts";
import { readList, readObject, readText } from "./read-json.ts";

interface FaultInput {
	readonly status: number;
	readonly body: string;
	/** Taken out of the message, should the upstream repeat them. */
	readonly secrets: readonly (string | undefined)[];
}

type FaultFields =
	| "message"
	| "Message"
	| "type"
	| "__type"
	| "code"
	| "param"
	| "status"
	| "error"
	| "errors"
	| "detail";

/**
 * What an error body says, in any of the shapes in use: OpenAI's and Anthropic's `error` object,
 * Google's (also in a list), Cloudflare's list of `errors`, AWS's `message` in either case, a bare
 * `error` or `message` text, FastAPI's `detail`, or plain text.
 * Markup and nothing at all become a sentence with the status.
 */
export function readFault(input: FaultInput): UpstreamFault {
	const json = parsed(input.body);
	const outer = readObject<FaultFields>(firstOf(json));
	const inner =
		readObject<FaultFields>(outer?.error) ??
		readObject<FaultFields>(readList(outer?.errors)[0]) ??
		outer;
	const message =
		readText(inner?.message) ??
		readText(inner?.Message) ??
		readText(outer?.error) ??
		readText(outer?.detail) ??
		(json === undefined ? plain(input.body) : undefined);
	const type = readText(inner?.type) ?? readText(inner?.status) ?? readText(inner?.__type);
	const code = codeOf(inner?.code);
	const param = readText(inner?.param);
	const clean = (text: string) => withoutSecrets(text, input.secrets);
	return {
		message: clean(message ?? `The provider answered with status ${input.status}.`),
		...(type !== undefined && { type: clean(type) }),
		...(code !== undefined && { code: clean(code) }),
		...(param !== undefined && { param: clean(param) }),
	};
}

/** A code may be a number; it is sent on as text. */
export function codeOf(value: unknown): string | undefined {
	return typeof value === "number" ? String(value) : readText(value);
}

export function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
	let clean = text;
	for (const secret of secrets) if (secret) clean = clean.replaceAll(secret, "[redacted]");
	return clean.slice(0, 2000);
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

function firstOf(value: unknown): unknown {
	return Array.isArray(value) ? value[0] : value;
}

function plain(body: string): string | undefined {
	const text = body.trim();
	return text === "" || /^[<[{]/.test(text) ? undefined : text.slice(0, 500);
}
