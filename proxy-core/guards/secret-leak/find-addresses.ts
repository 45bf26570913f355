import type { Credential } from "./credential.ts";
import { isRandom, isStandIn } from "./value-shape.ts";

/** Longest `user:password@host` that is looked at. */
const authorityCharsMax = 512;
const mark = "://";
const samples: ReadonlySet<string> = new Set(
	"pass password passwd pwd secret token user username test example postgres mysql root admin guest redis xxx yyy key apikey api_key".split(
		" ",
	),
);

/** Passwords in addresses: `postgres://app:…@db`, `https://user:…@host`, and tokens that stand for the user. */
export function findAddresses(text: string, found: Credential[]): void {
	for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
		const from = at + mark.length;
		const end = authorityEnd(text, from);
		const authority = text.slice(from, end);
		const host = from + authority.lastIndexOf("@");
		if (host <= from || end - host < 2) continue;
		const colon = from + authority.indexOf(":");
		const hasPassword = colon >= from && colon < host;
		const user = text.slice(from, hasPassword ? colon : host);
		const password = hasPassword ? text.slice(colon + 1, host) : "";
		if (isPassword(password, user)) {
			found.push({
				rule: "connection-string",
				start: colon + 1,
				end: host,
				knownFrom: at,
				score: 0.9,
				isEndless: false,
			});
		} else if (user.length >= 20 && isRandom(user) && !isPublic(text.slice(host + 1, end))) {
			const rule = "connection-string";
			found.push({
				rule,
				start: from,
				end: from + user.length,
				knownFrom: at,
				score: 0.9,
				isEndless: false,
			});
		}
	}
}

/** Where an address begins whose password may not be complete; `text.length` when nowhere. */
export function openAddressAt(text: string): number {
	const at = text.lastIndexOf(mark);
	if (at < 0) return text.length;
	const end = authorityEnd(text, at + mark.length);
	return end === text.length && end - at < authorityCharsMax ? at : text.length;
}

/** A slash ends it, but for one inside a password: that one must be encoded. */
function authorityEnd(text: string, from: number): number {
	const limit = Math.min(text.length, from + authorityCharsMax);
	let end = from;
	while (end < limit && !isEnd(text.charCodeAt(end))) end += 1;
	return end;
}

/** Space and beyond ASCII, quotes, `#`, `/`, `<`, `>`, `?`, backslash, backquote. */
function isEnd(code: number): boolean {
	if (code <= 32 || code > 126) return true;
	return (
		code === 34 ||
		code === 35 ||
		code === 39 ||
		code === 47 ||
		code === 60 ||
		code === 62 ||
		code === 63 ||
		code === 92 ||
		code === 96
	);
}

function isPassword(password: string, user: string): boolean {
	if (password.length < 4 || password === user || isStandIn(password)) return false;
	const plain = password.toLowerCase();
	return (
		!samples.has(plain) && !/^(?:pass(?:word)?|my.?pass(?:word)?|db.?pass(?:word)?)$/.test(plain)
	);
}

/** Error trackers publish addresses with a key that only lets clients report. */
function isPublic(host: string): boolean {
	return host.includes("sentry") || host.includes("ingest");
}
