import { codesOf } from "../../normalise/text-codes.ts";

/**
 * Writes a text in lower case to the beginning of `to`, as long as it was. Returns all code units that
 * it was given, or-ed together. `written`: the text's code units.
 */
export type LowerCaser = (text: string, written: Uint16Array, to: Uint16Array) => number;

/** Marks code units whose lower case depends on what stands beside them. */
const beside = 0;
const finalSigma = 0x3a3;

export function createLowerCaser(): LowerCaser {
	const table = createTable();
	return (text, written, to) => {
		let all = 0;
		let odd = 0;
		for (let at = 0; at < written.length; at++) {
			const code = written[at] ?? 0;
			const lower = table[code] ?? 0;
			to[at] = lower;
			all |= code;
			odd |= lower - 1;
		}
		// Negative when one of them was marked.
		if (odd < 0) to.set(codesOf(lowerCase(text)));
		return all;
	};
}

/** One code unit each. */
function createTable(): Uint16Array {
	const table = new Uint16Array(65_536);
	for (let code = 0; code < 65_536; code++) {
		const lower = String.fromCharCode(code).toLowerCase();
		table[code] = lower.length === 1 && code !== finalSigma ? lower.charCodeAt(0) : beside;
	}
	// Letters outside the first plane have capitals too; emoji have none.
	table.fill(beside, 0xd800, 0xd83c);
	table.fill(beside, 0xd83f, 0xdc00);
	return table;
}

function lowerCase(text: string): string {
	const lower = text.toLowerCase();
	return lower.length === text.length ? lower : text.replaceAll("\u0130", "I").toLowerCase();
}
