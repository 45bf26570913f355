import type { Signature } from "./signature.ts";

/** First three bytes of U+E0000–E0FFF in UTF-8. */
const tagPrefix = Buffer.from([0xf3, 0xa0]);
const blackFlag = Buffer.from("🏴");
/** The high surrogate that all tag characters share, as JSON escapes it. */
const escapedPrefixes = ["\\udb40", "\\uDB40", "\\uDb40", "\\udB40"].map((text) =>
	Buffer.from(text),
);
const escapedFlagEnd = /\\ud83c\\udff4$/i;

/**
 * Tag characters mirror ASCII and are drawn as nothing, so they carry instructions that no person
 * sees. Their one honest use is inside the flags of regions, which begin with a black flag.
 */
export const tagCharacterSignature: Signature = {
	id: "FW-001",
	title: "Invisible instructions in Unicode tag characters",
	category: "obfuscation",
	severity: "critical",
	mode: "enforce",
	literals: [],
	sources: [],
	endpoints: [],
};

/** Offset of the first tag character in bytes, or -1. Linear in the length of `body`. */
export function findTagCharacters(body: Buffer): number {
	const plain = findRun(body);
	return plain === -1 ? findEscapedRun(body) : plain;
}

function findRun(body: Buffer): number {
	let at = body.indexOf(tagPrefix);
	while (at !== -1) {
		const third = body[at + 2] ?? 0;
		if (third !== 0x80 && third !== 0x81) {
			at = body.indexOf(tagPrefix, at + 2);
			continue;
		}
		const end = runEnd(body, at);
		if (!body.subarray(Math.max(0, at - blackFlag.length), at).equals(blackFlag)) return at;
		at = body.indexOf(tagPrefix, end);
	}
	return -1;
}

function runEnd(body: Buffer, start: number): number {
	let at = start;
	while (body[at] === 0xf3 && body[at + 1] === 0xa0) at += 4;
	return at;
}

/** `\udb40\udcXX` is twelve bytes a character; a run counts from its first one. */
function findEscapedRun(body: Buffer): number {
	for (const prefix of escapedPrefixes) {
		let at = body.indexOf(prefix);
		while (at !== -1) {
			const before = body.subarray(Math.max(0, at - 12), at);
			const isFlag =
				escapedFlagEnd.test(before.toString("latin1")) || before.subarray(-4).equals(blackFlag);
			if (!isFlag) return at;
			let end = at;
			while (body.subarray(end, end + 6).equals(prefix)) end += 12;
			at = body.indexOf(prefix, end);
		}
	}
	return -1;
}
