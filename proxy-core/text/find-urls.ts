/**
 * How a reader meets a URL. `image`: loaded without a click, whatever the element. `reference`: the
 * target of `[id]: …`, which may serve an image as well as a link.
 */
export type UrlPlace = "image" | "link" | "reference" | "bare";

export interface FoundUrl {
	/** Of the URL alone, without what surrounds it. */
	readonly start: number;
	readonly end: number;
	/** As written, with entities and backslashes resolved. */
	readonly written: string;
	readonly place: UrlPlace;
	/** The text ends before it is certain that the URL does. */
	readonly isOpen: boolean;
}

/** A longer URL counts as one of this many characters. */
export const urlCharsMax = 2000;

/** How far before a URL its place is looked for. */
const lookBackMax = 480;

const anchors =
	/\]\(|\]:|:(?:\/|\\\/){2}|\bwww\.|\burl\(|\b(?:srcset|src|href|poster|background|data|formaction|action|content)\s{0,8}=/gi;
const schemes = /(?:^|[^a-z0-9+.-])((?:https?|ftp|wss?):(?:\\?\/){2})$/i;
/** For the proof that none of them is slow on any text. */
export const urlPatterns = [anchors, schemes];

const absolute = /^(?:https?:|ftp:|wss?:|\/\/|\\\\|www\.|data:|javascript:|vbscript:|file:)/i;
const passiveAttribute = /^(?:srcset|src|poster|background|data)/i;
const passiveTag = /^<(?:img|image|link|use|base|meta|iframe|frame|embed|object|input|script)\b/i;

/**
 * Every absolute URL of a text: in Markdown, in HTML, and plain. `before` is what stands before the
 * text; a URL that begins there is not reported. Linear in the length of both.
 */
export function findUrls(text: string, before = ""): readonly FoundUrl[] {
	if (!mayHold(text, before)) return [];
	const context = before + text;
	const found: FoundUrl[] = [];
	let taken = 0;
	for (const { index, 0: anchor } of context.matchAll(anchors)) {
		if (index < taken) continue;
		const spot = locate(context, index, anchor.toLowerCase());
		if (spot === undefined || spot.start < taken) continue;
		const written = resolved(context.slice(spot.start, spot.end));
		const isAbsolute = absolute.test(written);
		if (isAbsolute || anchor.endsWith("=")) taken = spot.end;
		if (!isAbsolute) continue;
		if (spot.start < before.length) continue;
		found.push({
			start: spot.start - before.length,
			end: spot.end - before.length,
			written,
			place: spot.place,
			isOpen: spot.isOpen,
		});
	}
	return found;
}

/** Where the last URL of a text that goes on begins, or what may become its beginning; else its length. */
export function urlMayBeginAt(text: string, before = ""): number {
	const context = before + text;
	const tail =
		/(?:^|[^a-z0-9])(?:h(?:t(?:tp?)?)?|f(?:tp?)?|w{1,3}s?|(?:https?|ftp|wss?)(?::[\\/]{0,3})?)$/i.exec(
			text.slice(-12),
		);
	let from = text.length;
	if (tail !== null) {
		const isWhole = tail.index === 0 && /^[a-z]/i.test(tail[0]);
		from = text.length - tail[0].length + (isWhole ? 0 : 1);
	}
	if (!mayHold(text, before)) return from;
	const floor = Math.max(0, context.length - urlCharsMax - 64);
	for (const { index, 0: anchor } of context.slice(floor).matchAll(anchors)) {
		const spot = locate(context, floor + index, anchor.toLowerCase());
		if (spot === undefined || !spot.isOpen) continue;
		if (!mayBeAbsolute(context.slice(spot.start, spot.end))) continue;
		return Math.min(from, Math.max(0, spot.start - before.length));
	}
	return from;
}

/** What an open target has to look like to be worth waiting for. */
function mayBeAbsolute(raw: string): boolean {
	return /[&\\]/.test(raw) || absolute.test(raw) || /^(?:[a-z]{0,10}:?|\/{0,2})$/i.test(raw);
}

/** Most texts have none of these; native searches tell at once. */
function mayHold(text: string, before: string): boolean {
	if (text.includes("//") || text.includes("/\\") || text.includes("](")) return true;
	if (text.includes("www.") || text.includes("WWW.") || text.includes("]:")) return true;
	if (text.includes('="') || text.includes("='") || text.includes("url(")) return true;
	// What announces a target may have left already, or be cut in two.
	return before !== "" && /\][(:]|=|url\(/i.test(before.slice(-80) + text.slice(0, 2));
}

interface Spot {
	readonly start: number;
	readonly end: number;
	readonly place: UrlPlace;
	readonly isOpen: boolean;
}

function locate(context: string, index: number, anchor: string): Spot | undefined {
	const after = index + anchor.length;
	switch (anchor.charAt(0)) {
		case "]":
			return anchor === "]("
				? target(context, after, isImage(context, index) ? "image" : "link")
				: definition(context, index);
		case "u":
			return target(context, after, "image");
		case ":":
			return plain(context, index);
		default:
			return anchor === "www." ? bare(context, index, index) : attribute(context, index, anchor);
	}
}

/** `(url "title")`, `(<url>)`, `url('…')`. */
function target(context: string, after: number, place: UrlPlace): Spot | undefined {
	let start = after;
	while (start - after < 64 && /\s/.test(context.charAt(start)) && start < context.length)
		start += 1;
	const mark = context.charAt(start);
	const closing = mark === "<" ? ">" : mark === '"' || mark === "'" ? mark : "";
	if (closing !== "") start += 1;
	// Most targets are relative, or no targets at all; those are not read to their end.
	if (!mayBeAbsolute(context.slice(start, start + 16))) return undefined;
	return { ...until(context, start, closing), place };
}

function definition(context: string, index: number): Spot | undefined {
	const line = context.slice(Math.max(0, index - lookBackMax), index);
	const begin = line.lastIndexOf("\n") + 1;
	if (!/^[ \t>]{0,12}\[[^\][]{1,200}$/.test(line.slice(begin))) return undefined;
	return target(context, index + 2, "reference");
}

/** Ends at the closing mark, or at a space or unbalanced parenthesis without one. */
function until(context: string, start: number, closing: string): Omit<Spot, "place"> {
	const last = Math.min(context.length, start + urlCharsMax);
	let depth = 0;
	for (let at = start; at < last; at += 1) {
		const char = context.charAt(at);
		if (closing !== "") {
			if (char === closing || char === "\n") return { start, end: at, isOpen: false };
			continue;
		}
		if (char === "(") depth += 1;
		if (char === ")") depth -= 1;
		if (depth < 0 || endsTarget(char, context, at)) return { start, end: at, isOpen: false };
	}
	return { start, end: last, isOpen: last === context.length && last - start < urlCharsMax };
}

function endsTarget(char: string, context: string, at: number): boolean {
	return char <= " " || char === ">" || (char === "]" && context.charAt(at + 1) === "(");
}

/** Whether `]` at `index` closes the text of an image. Undecided within reach: as strict as an image. */
function isImage(context: string, index: number): boolean {
	const from = Math.max(0, index - lookBackMax);
	const window = context.slice(from, index);
	let depth = 0;
	let at = window.length;
	for (let steps = 0; steps < 32; steps += 1) {
		const open = window.lastIndexOf("[", at - 1);
		const close = window.lastIndexOf("]", at - 1);
		if (at === 0 || open < 0) return from > 0;
		at = Math.max(open, close);
		if (close > open) depth += 1;
		else if (depth-- === 0) return window.charAt(open - 1) === "!";
	}
	return true;
}

function attribute(context: string, index: number, anchor: string): Spot | undefined {
	let start = index + anchor.length;
	while (start - index < 40 && context.charAt(start) === " ") start += 1;
	const quote = context.charAt(start);
	const isQuoted = quote === '"' || quote === "'";
	const { end, isOpen } = until(context, isQuoted ? start + 1 : start, isQuoted ? quote : "");
	let from = isQuoted ? start + 1 : start;
	// A refresh says `5; url=…`.
	const refresh = /^\s{0,4}\d{0,4}\s{0,4};\s{0,4}url\s{0,4}=\s{0,4}/i.exec(
		context.slice(from, from + 40),
	);
	if (anchor.startsWith("content") && refresh === null) return undefined;
	from += refresh?.[0].length ?? 0;
	while (from < end && context.charAt(from) <= " ") from += 1;
	const isPassive = passiveAttribute.test(anchor) || passiveTag.test(tagBefore(context, index));
	return { start: from, end, isOpen, place: isPassive ? "image" : "link" };
}

function tagBefore(context: string, index: number): string {
	const window = context.slice(Math.max(0, index - lookBackMax), index);
	return window.slice(window.lastIndexOf("<")).slice(0, 16);
}

function plain(context: string, index: number): Spot | undefined {
	const slashes = context.slice(index, index + 5).startsWith(":\\") ? 5 : 3;
	const head = context.slice(Math.max(0, index - 8), index + slashes);
	const scheme = schemes.exec(head)?.[1];
	if (scheme === undefined) return undefined;
	return bare(context, index + slashes - scheme.length, index + slashes);
}

const bareEnd = /[\s<>"`{}|^]|\\(?!\/|$)|\]\(/g;

function bare(context: string, start: number, from: number): Spot {
	const last = Math.min(context.length, start + urlCharsMax);
	bareEnd.lastIndex = from;
	const stop = bareEnd.exec(context)?.index ?? context.length;
	if (stop >= last) {
		const isOpen = last === context.length && last - start < urlCharsMax;
		return { start, end: trimmed(context, from, last), place: "bare", isOpen };
	}
	return { start, end: trimmed(context, from, stop), place: "bare", isOpen: false };
}

/** Without the punctuation of the sentence around it. */
function trimmed(context: string, from: number, stop: number): number {
	let end = stop;
	while (end > from) {
		const char = context.charAt(end - 1);
		if (!".,;:!?'*_~)]\\".includes(char)) break;
		if (char === ")" && isBalanced(context.slice(from, end))) break;
		end -= 1;
	}
	return end;
}

function isBalanced(text: string): boolean {
	return text.split("(").length >= text.split(")").length;
}

const entities: Readonly<Record<string, string>> = {
	amp: "&",
	colon: ":",
	sol: "/",
	period: ".",
	quest: "?",
	equals: "=",
	num: "#",
	percnt: "%",
	commat: "@",
	tab: "",
	newline: "",
};

/** Character references and backslash escapes, as Markdown and HTML read them in a target. */
function resolved(raw: string): string {
	if (!raw.includes("&") && !raw.includes("\\")) return raw;
	return raw
		.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));?/gi, (all, ...groups) => {
			const [hex, decimal, name] = groups as (string | undefined)[];
			if (name !== undefined) return entities[name.toLowerCase()] ?? all;
			const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
			return code <= 0x10ffff ? String.fromCodePoint(code) : all;
		})
		.replaceAll(/\\([!-/:-@[-`{-~])/g, "$1");
}

/** A found URL, read as a browser would; undefined when it could not. */
export function parseFoundUrl(written: string): URL | undefined {
	const text = written.replace(/^(?:\/\/|\\\\)/, "https://").replace(/^www\./i, "https://www.");
	return URL.canParse(text) ? new URL(text) : undefined;
}

/** `host` or one of its parents stands in the list (`example.org` covers `a.example.org`). */
export function isHostIn(host: string, list: ReadonlySet<string>): boolean {
	if (list.size === 0) return false;
	let name = host.endsWith(".") ? host.slice(0, -1) : host;
	for (let steps = 0; steps < 32; steps += 1) {
		if (list.has(name)) return true;
		const dot = name.indexOf(".");
		if (dot < 0) return false;
		name = name.slice(dot + 1);
	}
	return false;
}

/** Hosts as operators write them (`*.example.org`, `.example.org`, in any case), ready for `isHostIn`. */
export function hostSet(hosts: readonly string[]): ReadonlySet<string> {
	return new Set(
		hosts.map((host) =>
			host
				.trim()
				.toLowerCase()
				.replace(/^\*?\.?/, ""),
		),
	);
}

/** What stands where a URL was. */
export function urlReplacement(place: UrlPlace): string {
	return place === "bare" ? "[link removed]" : "#";
}
