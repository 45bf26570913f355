/** Every armoured private key starts with this; what follows decides. */
export const armourHead = "-----BEGIN ";

/** `RSA`, `EC`, `OPENSSH`, `ENCRYPTED`, `PGP …`, or nothing. */
export const armourSource = "-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----";

/** Header lines of old PEM and of PGP, then base64. Line breaks may be JSON escapes. */
export const headerLinesSource =
	"(?:\\s|\\\\[nrt])*(?:(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset): [^\\n\\r\\\\]*(?:[\\r\\n]|\\\\[nrt])+)*";
export const materialSource = "(?:[A-Za-z0-9+/]{16,}={0,2}|=[A-Za-z0-9+/]{4}|\\s|\\\\[nrt])*";

/** Longest armoured key that is held whole: RSA with 16,384 bits takes 12,800 characters. */
export const armouredCharsMax = 16_384;

const materialLine = /[A-Za-z0-9+/]{32}/;
const end = "-----END ";
const endLineMax = 60;

/** What may stand after whole lines of material: a short last line, the closing line, a header line; all cut anywhere. */
const openTail =
	/^(?:(?:[A-Za-z0-9+/]{0,15}={0,2}(?:[\s]|\\[nrt])*)(?:-{0,5}|-----(?:E|EN|END)|=[A-Za-z0-9+/]{0,4})|[A-Z][A-Za-z-]{0,12}(?::[^\n\r\\]*)?)\\?$/;
const openTailMax = 400;

export interface PrivateKeyMatch {
	readonly end: number;
	/** The closing line is there, so nothing of the key comes after `end`. */
	readonly isClosed: boolean;
}

export interface PrivateKeyReader {
	/** The key at `start`, or `undefined` when a header stands there without any key material after it. */
	readonly read: (text: string, start: number) => PrivateKeyMatch | undefined;
	/** Whether the text from `start` to its end may be the beginning of a key. */
	readonly mayGoOn: (text: string, start: number) => boolean;
}

export function createPrivateKeyReader(): PrivateKeyReader {
	const armour = new RegExp(armourSource, "y");
	const headerLines = new RegExp(headerLinesSource, "y");
	const material = new RegExp(materialSource, "y");

	const skip = (pattern: RegExp, text: string, at: number): number => {
		pattern.lastIndex = at;
		return pattern.test(text) ? pattern.lastIndex : -1;
	};
	const bodyEnd = (text: string, bodyStart: number): number =>
		skip(material, text, skip(headerLines, text, bodyStart));

	return {
		read: (text, start) => {
			const bodyStart = skip(armour, text, start);
			if (bodyStart < 0) return undefined;
			const closing = text.indexOf(end, bodyStart);
			// A text about keys may name both lines; only material between them makes a key.
			const isKey = closing >= 0 && materialLine.test(text.slice(bodyStart, closing));
			if (isKey && closing - start <= armouredCharsMax) {
				const dashes = text.indexOf("-----", closing + end.length);
				const isWhole = dashes >= 0 && dashes - closing <= endLineMax;
				return { end: isWhole ? dashes + 5 : closing + end.length, isClosed: isWhole };
			}
			const materialEnd = lastLine(text, bodyEnd(text, bodyStart));
			// A header that a person writes about, without a key, is no secret.
			return materialEnd - bodyStart < 16 ? undefined : { end: materialEnd, isClosed: false };
		},
		mayGoOn: (text, start) => {
			const bodyStart = skip(armour, text, start);
			if (bodyStart < 0)
				return /^-----BEGIN [A-Z0-9 ]{0,60}-{0,4}$/.test(text.slice(start, start + 90));
			const closing = text.indexOf(end, bodyStart);
			if (closing >= 0)
				return !text.slice(closing + end.length, closing + endLineMax).includes("-----");
			const materialEnd = bodyEnd(text, bodyStart);
			return openTail.test(text.slice(materialEnd, materialEnd + openTailMax));
		},
	};
}

/** The last line of a key may be short; it belongs to the key when nothing but a line's end follows it. */
function lastLine(text: string, at: number): number {
	const short = /^[A-Za-z0-9+/]{1,15}={0,2}(?=$|[\r\n\\"`])/.exec(text.slice(at, at + 20));
	return short === null ? at : at + short[0].length;
}
