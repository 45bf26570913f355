import type { TracedText } from "./traced-writer.ts";
import { createTracedWriter } from "./traced-writer.ts";

const named: ReadonlyMap<string, string> = new Map([
	["amp", "&"],
	["lt", "<"],
	["gt", ">"],
	["quot", '"'],
	["apos", "'"],
	["nbsp", " "],
	["sol", "/"],
	["colon", ":"],
	["comma", ","],
	["period", "."],
	["excl", "!"],
	["newline", "\n"],
	["tab", "\t"],
]);

// The alternatives begin with different characters, and nothing repeats without a bound but `%41`.
const escapes =
	/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));?|(?:%[0-9a-f]{2})+|\\u\{?([0-9a-f]{4,6})\}?|\\x([0-9a-f]{2})/gi;

/**
 * Percent signs, character references and backslash escapes (`%41`, `&#65;`, `\u0041`, `\x41`) written
 * out, once. Undefined when there are none, so that callers can stop.
 */
export function unescapeText(text: string): TracedText | undefined {
	if (!text.includes("%") && !text.includes("&") && !text.includes("\\")) return undefined;
	const writer = createTracedWriter(text);
	for (const match of text.matchAll(escapes)) {
		const plain = decodeEscape(match);
		if (plain !== undefined) writer.replace(match.index, match.index + match[0].length, plain);
	}
	return writer.finish();
}

function decodeEscape(match: RegExpExecArray): string | undefined {
	const [all, hex, decimal, name, unicode, byte] = match;
	if (all.startsWith("%")) return decodePercent(all);
	if (name !== undefined) return named.get(name.toLowerCase());
	if (decimal !== undefined) return fromCode(Number.parseInt(decimal, 10));
	return fromCode(Number.parseInt(hex ?? unicode ?? byte ?? "", 16));
}

function decodePercent(run: string): string {
	const bytes = Buffer.from(run.replaceAll("%", ""), "hex");
	return bytes.toString("utf8").replaceAll("\ufffd", " ");
}

function fromCode(code: number): string | undefined {
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
