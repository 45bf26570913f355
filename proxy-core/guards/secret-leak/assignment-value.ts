import type { Credential } from "./credential.ts";
import { vendorRules } from "./named/vendors.ts";
import type { SecretKind } from "./secret-names.ts";
import { hasInnocentEnd, kindOfName, partsOf } from "./secret-names.ts";
import type { NamedRule } from "./token-rule.ts";
import { isPasswordLike, isRandom, isStandIn, isUuid } from "./value-shape.ts";

export interface NamedValue {
	readonly name: string;
	readonly value: string;
	readonly start: number;
	/** Where the name begins. */
	readonly nameStart: number;
	/** The character after the value. */
	readonly next: string;
	readonly hasOperator: boolean;
	readonly isQuoted: boolean;
	/** The word between name and value, such as `bearer` or `is`. */
	readonly glue: string;
}

const memberPath = /^[A-Za-z_$][A-Za-z0-9_]*(?:(?:\.|->|::)[A-Za-z_$][A-Za-z0-9_]*)+$/;
const plainWord = /^[A-Za-z_.-]{0,11}$/;
const secretWord = /passw|secret|token|key/i;
const vendors = vendorRules.map((rule: NamedRule) => ({
	...rule,
	whole: new RegExp(`^(?:${rule.value})$`, "i"),
}));

/** What a value is, to go by its name and its looks; undefined when it is nobody's secret. */
export function judgeValue(named: NamedValue): Credential | undefined {
	const { name, value, next, isQuoted } = named;
	if (value.length < 6 || plainWord.test(value) || isStandIn(value)) return undefined;
	if (isQuoted && next !== "" && next.charCodeAt(0) <= 32) return undefined;
	if (!isQuoted && (next === "(" || next === "[" || next === "{")) return undefined;
	const parts = partsOf(name);
	const kind = kindOfName(parts);
	const vendor = vendorOf(parts, named, kind);
	if (vendor !== undefined) return credential(vendor, 0.9, named);
	if (kind === undefined || /^(?:https?|file|s3|arn):|^\.{0,2}\//.test(value)) return undefined;
	if (!isQuoted && memberPath.test(value) && !/\d.*\d.*\d/.test(value)) return undefined;
	if (isToken(kind, named)) return credential("generic-secret", 0.8, named);
	return isPassword(kind, parts, named) ? credential("generic-password", 0.6, named) : undefined;
}

/** `user:password` behind `curl -u`; the user alone is a secret where the password is empty. */
export function judgeLogin(raw: string, start: number, knownFrom: number): Credential | undefined {
	if (/\$[A-Za-z{(0-9]*["']?:|:["']?\$|\$\{|\{\{/.test(raw)) return undefined;
	const login = raw.replace(/["'{}]/g, "");
	const colon = login.indexOf(":");
	if (colon < 0 || isStandIn(login)) return undefined;
	const password = login.slice(colon + 1);
	const secret = password === "" ? login.slice(0, colon) : password;
	if (!isPasswordLike(secret) && !isRandom(secret)) return undefined;
	const rule = "basic-authorization";
	return { rule, start, end: start + raw.length, knownFrom, score: 0.8, isEndless: false };
}

function vendorOf(
	parts: readonly string[],
	{ value, hasOperator }: NamedValue,
	kind: SecretKind | undefined,
): string | undefined {
	const rule = vendors.find(({ names, whole }) => isNamed(parts, names) && whole.test(value));
	if (rule === undefined) return undefined;
	if (rule.isNameEnough === true) return hasOperator || value.includes("|") ? rule.id : undefined;
	if (kind === undefined || kind === "password" || hasInnocentEnd(parts)) return undefined;
	return isUuid(value) || /\d/.test(value) || isRandom(value) ? rule.id : undefined;
}

/** Whether a maker's name begins at one of the words of a name: `okta` is in `OktaToken`, not in `rookTable`. */
function isNamed(parts: readonly string[], names: readonly string[]): boolean {
	return parts.some((part, index) =>
		names.some(
			(name) =>
				part.startsWith(name) ||
				(parts.slice(index).join("").startsWith(name) && endsWithPart(parts.slice(index), name)),
		),
	);
}

function endsWithPart(parts: readonly string[], name: string): boolean {
	let length = 0;
	for (const part of parts) {
		length += part.length;
		if (length >= name.length) return length === name.length;
	}
	return false;
}

function isToken(kind: SecretKind, { value, hasOperator, name, glue }: NamedValue): boolean {
	if (kind === "password") return hasOperator && value.length >= 20 && isRandom(value);
	if (kind === "key") return hasOperator && value.length >= 20 && !isUuid(value) && isRandom(value);
	if (glue === "basic") return isLogin(value);
	if (!isRandom(value)) return false;
	return (
		hasOperator ||
		(value.length >= 16 && (glue !== "" || name.startsWith("-") || value.length >= 24))
	);
}

/** Basic authorization: base64 of `user:password`. */
function isLogin(value: string): boolean {
	if (!/^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(value)) return false;
	return isRandom(value) || Buffer.from(value, "base64").toString("latin1").includes(":");
}

function isPassword(
	kind: SecretKind,
	parts: readonly string[],
	{ value, hasOperator, isQuoted, name, glue }: NamedValue,
): boolean {
	const isSecret = kind === "token" && parts.some((part) => part.startsWith("secret"));
	if (kind !== "password" && !(isSecret && /[!@#$%^&*]/.test(value) && /\d/.test(value)))
		return false;
	if (!isPasswordLike(value)) return false;
	// Another variable of the same kind, not its content.
	if (!isQuoted && secretWord.test(value) && !/[!@#$%^&*]/.test(value)) return false;
	if (hasOperator) return true;
	const isTold = glue !== "" || name.startsWith("-");
	return value.length >= 8 && /\d/.test(value) && (isTold || /[A-Z!@#$%^&*]/.test(value));
}

function credential(
	rule: string,
	score: number,
	{ start, nameStart, value }: NamedValue,
): Credential {
	return { rule, start, end: start + value.length, knownFrom: nameStart, score, isEndless: false };
}
