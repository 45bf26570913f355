import { redactSecrets } from "../../../proxy-core/guards/secret-leak/redact-secrets.ts";
import type { Log } from "../../../proxy-core/ports.ts";

const levels = ["info", "warn", "error"] as const;
export type LogLevel = (typeof levels)[number];

export interface LogOptions {
	readonly level: LogLevel;
	/** Gets whole lines with their line feed. */
	readonly write: (line: string) => void;
	readonly now?: () => Date;
}

const secretName =
	/authorization|cookie|credential|passw(or)?d|passphrase|secret|api[-_]?key|master[-_]?key|token$|^key$|dsn|database[-_]?url/i;
const depthMax = 6;
const textMax = 8000;

/**
 * One JSON object per line. Nothing that looks like a credential gets through, whether it stands in a
 * field with a telling name or in the middle of a text: this is the last wall, not the only one.
 */
export function createLog({ level, write, now = () => new Date() }: LogOptions): Log {
	const at = (own: LogLevel) => {
		if (levels.indexOf(own) < levels.indexOf(level)) return () => {};
		return (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
			const entry = { time: now().toISOString(), level: own, message: cleanText(message) };
			write(`${JSON.stringify({ ...cleanObject(fields, 0), ...entry })}\n`);
		};
	};
	return { info: at("info"), warn: at("warn"), error: at("error") };
}

function clean(value: unknown, depth: number): unknown {
	if (typeof value === "string") return cleanText(value);
	if (typeof value === "bigint") return value.toString();
	if (typeof value !== "object" || value === null) return value;
	if (depth >= depthMax) return "…";
	if (value instanceof Error) return cleanError(value, depth);
	if (value instanceof Date) return value.toISOString();
	if (value instanceof Uint8Array) return `${value.length} bytes`;
	if (Array.isArray(value)) return value.slice(0, 100).map((item) => clean(item, depth + 1));
	return cleanObject(value as Record<string, unknown>, depth);
}

function cleanObject(fields: Readonly<Record<string, unknown>>, depth: number) {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			secretName.test(name) && value !== undefined && value !== null
				? "[REDACTED]"
				: clean(value, depth + 1),
		]),
	);
}

function cleanError(error: Error, depth: number) {
	const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
	return {
		name: error.name,
		message: cleanText(error.message),
		code,
		stack: error.stack === undefined ? undefined : cleanText(error.stack),
		cause: error.cause === undefined ? undefined : clean(error.cause, depth + 1),
	};
}

/**
 * Stricter than the guard for answers: in a log a false alarm costs nothing. Credentials in addresses
 * (`https://user:password@host`, `?key=…`) and behind `Bearer` have no shape of their own.
 */
function cleanText(text: string): string {
	const short = text.length > textMax ? `${text.slice(0, textMax)}…` : text;
	return redactSecrets(short)
		.replace(/\bsk-[\w-]{16,}/g, "[REDACTED]")
		.replace(/(\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi, "$1[REDACTED]")
		.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]{1,500}@/gi, "$1[REDACTED]@")
		.replace(/([?&](?:key|api_key|token|access_token)=)[^&\s"']+/gi, "$1[REDACTED]");
}
