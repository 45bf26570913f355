/** Why a URL is taken to carry data away, strongest first. */
export type Evidence = "encoded" | "from-request" | "free-text" | "long";

export interface Carrying {
	/** Words of the request, normalised by `normalised`; asked for only when a URL has words at all. */
	readonly requestWords: () => string;
	/** Loaded without a click, so that less is needed. */
	readonly isImage: boolean;
}

const longQuery = 300;

/** What the parts of a URL tell besides an address. Linear in its length. */
export function evidenceIn(url: URL, carrying: Carrying): Evidence | undefined {
	const parts = partsOf(url);
	if (parts.some(({ text }) => hidesText(text)) || hidesInHost(url.hostname)) return "encoded";
	if (parts.some((part) => comesFromRequest(part, carrying))) return "from-request";
	if (!carrying.isImage) return undefined;
	if (parts.some(({ text, isPath }) => wordCount(text, isPath) >= 5)) return "free-text";
	return url.search.length + url.hash.length >= longQuery ? "long" : undefined;
}

interface Part {
	/** Without percent encoding. */
	readonly text: string;
	readonly isPath: boolean;
}

function partsOf({ pathname, search, hash, username, password }: URL): readonly Part[] {
	const path = pathname.split("/", 64).map((text) => ({ text: decoded(text), isPath: true }));
	const rest = [...search.slice(1).split("&", 64), hash.slice(1), username, password];
	const values = rest.map((text) => {
		const value = text.slice(text.indexOf("=") + 1 === text.length ? 0 : text.indexOf("=") + 1);
		return { text: decoded(value.replaceAll("+", " ")), isPath: false };
	});
	return [...path, ...values].filter(({ text }) => text.length >= 8);
}

/** Encoded twice is encoded once to a reader. */
function decoded(text: string): string {
	let result = text;
	for (let round = 0; round < 2 && result.includes("%"); round += 1) {
		try {
			result = decodeURIComponent(result);
		} catch {
			return result;
		}
	}
	return result;
}

/** Base64 or hexadecimal that decodes to readable text, which random identifiers never do. */
function hidesText(text: string): boolean {
	for (const [run] of text.matchAll(/[\w+/-]{16,}/g)) {
		if (isReadable(Buffer.from(run, "base64"), 12)) return true;
	}
	for (const [run] of text.matchAll(/[\da-f]{20,}/gi)) {
		if (isReadable(Buffer.from(run, "hex"), 10)) return true;
	}
	return false;
}

/** A label is a place for data too: the name is looked up before anything is loaded. */
function hidesInHost(hostname: string): boolean {
	const labels = hostname.split(".").slice(0, -2);
	return (
		hidesText(labels.join("")) ||
		labels.some((label) => label.length >= 40 || isReadable(fromBase32(label), 10))
	);
}

function isReadable(bytes: Uint8Array, lengthMin: number): boolean {
	if (bytes.length < lengthMin) return false;
	let letters = 0;
	for (const byte of bytes) {
		if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) return false;
		if (byte === 0x7f) return false;
		const folded = byte | 0x20;
		if ((folded >= 0x61 && folded <= 0x7a) || byte === 0x20 || byte >= 0x80) letters += 1;
	}
	return letters * 2 >= bytes.length && isUtf8(bytes);
}

function isUtf8(bytes: Uint8Array): boolean {
	// The last character may be cut off.
	const text = new TextDecoder("utf-8").decode(bytes.subarray(0, Math.max(0, bytes.length - 3)));
	return !text.includes("\ufffd");
}

function fromBase32(label: string): Uint8Array {
	if (label.length < 16 || !/^[a-z2-7]+$/.test(label)) return new Uint8Array();
	const bytes: number[] = [];
	let bits = 0;
	let value = 0;
	for (const char of label) {
		value = ((value << 5) | "abcdefghijklmnopqrstuvwxyz234567".indexOf(char)) & 0xfff;
		bits += 5;
		if (bits < 8) continue;
		bits -= 8;
		bytes.push((value >> bits) & 0xff);
	}
	return Uint8Array.from(bytes);
}

/** Letters and digits in lower case, single spaces between: the form in which texts are compared. */
export function normalised(text: string): string {
	return text
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, " ")
		.trim();
}

/**
 * Several words in the order in which the request has them, or one token of it with letters and
 * digits. A path usually repeats the topic (`/how-to-cook-rice`), so it takes more words there.
 */
function comesFromRequest({ text, isPath }: Part, { requestWords, isImage }: Carrying): boolean {
	if (isPath && !isImage) return false;
	const words = normalised(text);
	const count = words === "" ? 0 : words.split(" ").length;
	const isToken = /\d/.test(words) && /\p{L}/u.test(words) && words.length >= 10;
	const needed = isPath ? 5 : isImage ? 3 : 6;
	const isEnough = (count >= needed && words.length >= 12) || (!isPath && isToken);
	return isEnough && ` ${requestWords()} `.includes(` ${words} `);
}

function wordCount(text: string, isPath: boolean): number {
	if (isPath && !text.includes(" ")) return 0;
	return text.split(/[\s_,.-]+/).filter((word) => /^\p{L}{2,}$/u.test(word)).length;
}
