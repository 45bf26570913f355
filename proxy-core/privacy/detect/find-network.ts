import { isIPv6 } from "node:net";
import type { PersonalDatum } from "./personal-datum.ts";
import type { Tokens } from "./read-tokens.ts";

const addressLengthMax = 45;
const mac = /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}$/i;

/** Adds IP and MAC addresses. */
export function findNetworkAddresses(tokens: Tokens, found: PersonalDatum[]): void {
	let covered = 0;
	for (const token of tokens.numbers) {
		const start = tokens.starts[token] ?? 0;
		if (start < covered) continue;
		const after = tokens.text.charCodeAt(tokens.ends[token] ?? 0);
		const before = tokens.text.charCodeAt(start - 1);
		const end =
			after === 46
				? findDotted(tokens, token, found)
				: after === 58 || before === 58 || after === 45
					? findColons(tokens.text, start, found)
					: 0;
		covered = Math.max(covered, end);
	}
}

/** Four numbers up to 255; not a version, a mask, this machine or every machine. */
function findDotted(tokens: Tokens, token: number, found: PersonalDatum[]): number {
	const { text } = tokens;
	const start = tokens.starts[token] ?? 0;
	for (let at = token; at < token + 4; at += 1) {
		const from = tokens.starts[at] ?? 0;
		const to = tokens.ends[at] ?? 0;
		if (at >= tokens.count || to - from > 3 || !/^\d+$/.test(text.slice(from, to))) return 0;
		if (Number(text.slice(from, to)) > 255) return 0;
		if (at < token + 3 && (text.charCodeAt(to) !== 46 || tokens.starts[at + 1] !== to + 1))
			return 0;
	}
	const end = tokens.ends[token + 3] ?? 0;
	if (text.charCodeAt(end) === 46 && isDigit(text.charCodeAt(end + 1))) return end;
	if (
		isVersion(text, start) ||
		/^(?:0\.0\.0\.0|127\.0\.0\.1|255\.255\.)/.test(text.slice(start, end))
	) {
		return end;
	}
	found.push({ type: "IP_ADDRESS", start, end, score: 0.95 });
	return end;
}

/** "Agent/12.3.44.5", "v1.2.3.4", "version 1.2.3.4", "1.2.3.4.5". */
function isVersion(text: string, start: number): boolean {
	const before = text.slice(Math.max(0, start - 9), start);
	return /(?:[A-Za-z]\/|[vV]|[vV]ersion:? |\d\.)$/.test(before);
}

function findColons(text: string, inside: number, found: PersonalDatum[]): number {
	let start = inside;
	let end = inside;
	while (
		start > 0 &&
		inside - start < addressLengthMax &&
		isAddressCharacter(text.charCodeAt(start - 1))
	) {
		start -= 1;
	}
	while (
		end < text.length &&
		end - inside < addressLengthMax &&
		isAddressCharacter(text.charCodeAt(end))
	) {
		end += 1;
	}
	if (isWordCharacter(text.charCodeAt(end))) return end;
	while (end > start && /[.:-]/.test(text.charAt(end - 1)) && text.charAt(end - 2) !== ":")
		end -= 1;
	// What stands before the first groups may be a label: "ipv6:2001:db8::1".
	let isCut = isWordCharacter(text.charCodeAt(start - 1));
	for (let tries = 0; tries < 4 && end - start >= 6; tries += 1) {
		const type = isCut ? undefined : typeOf(text.slice(start, end));
		if (type !== undefined) {
			found.push({ type, start, end, score: 0.95 });
			break;
		}
		const colon = text.indexOf(":", start);
		if (colon < 0 || colon >= end) break;
		start = colon + 1;
		isCut = false;
	}
	return end;
}

function typeOf(value: string): "MAC_ADDRESS" | "IP_ADDRESS" | undefined {
	if (value.length === 17 && mac.test(value)) return "MAC_ADDRESS";
	return /[0-9a-f]{3}/i.test(value) && isIPv6(value) ? "IP_ADDRESS" : undefined;
}

function isAddressCharacter(code: number): boolean {
	return (
		isDigit(code) ||
		code === 58 ||
		code === 45 ||
		code === 46 ||
		(code >= 97 && code <= 102) ||
		(code >= 65 && code <= 70)
	);
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

function isWordCharacter(code: number): boolean {
	return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
