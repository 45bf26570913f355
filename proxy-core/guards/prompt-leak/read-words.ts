/** A text as words: hashes and places in parallel, because this runs over every answer. */
export interface Words {
	readonly count: number;
	readonly hashes: Int32Array;
	readonly starts: Int32Array;
	readonly ends: Int32Array;
}

/**
 * Letters and digits, without regard to case; characters of scripts without spaces are words of their
 * own. Linear. Offsets are UTF-16 code units.
 */
export function readWords(text: string): Words {
	const most = text.length + 1;
	const hashes = new Int32Array(most);
	const starts = new Int32Array(most);
	const ends = new Int32Array(most);
	let count = 0;
	let hash = 0;
	let start = -1;
	const close = (end: number): void => {
		if (start < 0) return;
		hashes[count] = hash;
		starts[count] = start;
		ends[count] = end;
		count += 1;
		start = -1;
	};
	for (let index = 0; index < text.length; index += 1) {
		const raw = text.charCodeAt(index);
		const code = raw < 0x80 ? (asciiFolds[raw] ?? separator) : folded(raw);
		if (code === separator || code < 0) close(index);
		if (code === separator) continue;
		if (start < 0) {
			start = index;
			hash = 0x811c9dc5 | 0;
		}
		hash = Math.imul(hash ^ Math.abs(code), 0x01000193);
		if (code < 0) close(index + 1);
	}
	close(text.length);
	return { count, hashes, starts, ends };
}

const separator = 0;

/** The character in lower case; negative when it is a word by itself; 0 when it is none. */
function folded(code: number): number {
	if (code < 0xc0) return code === 0xaa || code === 0xb5 || code === 0xba ? code : separator;
	if (code < 0x600) return String.fromCharCode(code).toLowerCase().charCodeAt(0);
	if (isAlone(code)) return -code;
	return isMark(code) ? separator : code;
}

const asciiFolds = Uint8Array.from({ length: 0x80 }, (_, code) => foldedAscii(code));

function foldedAscii(code: number): number {
	if (code >= 97 && code <= 122) return code;
	if (code >= 65 && code <= 90) return code | 32;
	return code >= 48 && code <= 57 ? code : separator;
}

/** Punctuation, symbols, and everything outside the basic plane. */
function isMark(code: number): boolean {
	return (
		(code >= 0x2000 && code <= 0x2bff) ||
		(code >= 0x3000 && code <= 0x303f) ||
		(code >= 0xd800 && code <= 0xf8ff) ||
		(code >= 0xfe00 && code <= 0xfe0f) ||
		(code >= 0xff00 && code <= 0xff0f)
	);
}

/** Thai, Lao, kana and Han. */
function isAlone(code: number): boolean {
	return (
		(code >= 0xe00 && code <= 0xeff) ||
		(code >= 0x3040 && code <= 0x30ff) ||
		(code >= 0x3400 && code <= 0x9fff) ||
		(code >= 0xf900 && code <= 0xfaff)
	);
}
