const gapCharsMax = 96;
/** Words between a name and its value: types, schemes, verbs. */
export const glueSource =
	"(?:string|str|text|char|value|secret_value|is|was|equals|as|bearer|basic|digest|token|apikey|api-token|api-key|splunk|ssws)(?=[\\s\"'=:,>]|$)";
export const tagSource = "</?[A-Za-z][A-Za-z0-9:_.-]{0,60}>";
const begunTag = /^<\/?[A-Za-z0-9:_.-]{0,60}$/;

/** What stands between a name and its value. */
export interface Gap {
	readonly end: number;
	/** Something assigns: `=`, `:`, `=>`, a tag, a comma after a quoted name, a column. */
	readonly hasOperator: boolean;
	/** The quote that opens the value. */
	readonly quote: string | undefined;
	/** The last word in it, lower case. */
	readonly glue: string;
}

const glueWord = new RegExp(glueSource, "iy");
const tag = new RegExp(tagSource, "y");

/** Reads from the end of a name to the start of its value; undefined when no value can follow. */
export function readGap(text: string, from: number): Gap | undefined {
	const limit = Math.min(text.length, from + gapCharsMax);
	const gap = { hasOperator: false, quote: undefined as string | undefined, glue: "", lines: 0 };
	let at = from;
	while (at < limit) {
		const next = step(text, at, gap);
		if (next === undefined) return undefined;
		if (next === at) break;
		at = next;
	}
	// Nothing between them: the name merely goes on with a character that names do not have.
	if (at === from && at < text.length) return undefined;
	return { end: at, hasOperator: gap.hasOperator, quote: gap.quote, glue: gap.glue };
}

interface Progress {
	hasOperator: boolean;
	quote: string | undefined;
	glue: string;
	lines: number;
}

/** The place after the next part of the gap; `at` itself when the value begins there. */
function step(text: string, at: number, gap: Progress): number | undefined {
	const character = text.charAt(at);
	switch (character) {
		case " ":
		case "\t":
		case "\r":
			return at + 1;
		case "\n":
			gap.lines += 1;
			return gap.lines > 2 || (gap.lines > 1 && !gap.hasOperator) ? undefined : at + 1;
		case '"':
		case "'":
		case "`":
			gap.quote = character;
			return at + 1;
		case "=":
		case ":":
		case ">":
		case "|":
			gap.hasOperator = true;
			gap.quote = undefined;
			return at + 1;
		case ",":
			if (gap.quote === undefined) return undefined;
			gap.hasOperator = true;
			gap.quote = undefined;
			return at + 1;
		case "?":
		case "]":
		case "[":
		case "!":
			return at + 1;
		case "+":
		case ".":
			return text[at + 1] === "=" ? at + 1 : at;
		case "(":
			return at + 1 === text.length || /["'`]/.test(text.charAt(at + 1)) ? at + 1 : undefined;
		case "\\":
			return at + ("nrt".includes(text.charAt(at + 1)) && text.length > at + 1 ? 2 : 1);
		case "<":
			return afterTag(text, at, gap);
		default:
			return afterGlue(text, at, gap);
	}
}

function afterTag(text: string, at: number, gap: Progress): number {
	tag.lastIndex = at;
	if (tag.test(text)) {
		gap.hasOperator = true;
		return tag.lastIndex;
	}
	return begunTag.test(text.slice(at, at + 64)) ? text.length : at;
}

function afterGlue(text: string, at: number, gap: Progress): number {
	glueWord.lastIndex = at;
	if (!glueWord.test(text)) return at;
	gap.glue = text.slice(at, glueWord.lastIndex).toLowerCase();
	return glueWord.lastIndex;
}
