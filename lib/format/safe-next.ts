/**
 * Where to go after signing in. Only a path of this site is accepted: `//host`, `/\host` and anything
 * with a scheme would lead a person elsewhere.
 */
export function safeNext(next: string | null | undefined, fallback = "/overview"): string {
	if (next === null || next === undefined) return fallback;
	if (!next.startsWith("/") || next.startsWith("//") || hasUnsafeCharacter(next)) return fallback;
	const base = "http://console.invalid";
	const resolved = URL.parse(next, base);
	if (resolved === null || resolved.origin !== base) return fallback;
	if (/^\/(sign-in|setup|api)(\/|$)/i.test(resolved.pathname)) return fallback;
	return `${resolved.pathname}${resolved.search}${resolved.hash}`;
}

/** Browsers take a backslash for a slash, and leave tabs and line ends out of an address. */
function hasUnsafeCharacter(text: string): boolean {
	return Array.from(text).some((one) => one < " " || one === "\u007f" || one === "\\");
}
