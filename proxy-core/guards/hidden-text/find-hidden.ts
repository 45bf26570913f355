/** Characters that nobody sees and that here have no work to do. Offsets are UTF-16 code units. */
export interface HiddenRun {
	readonly rule: HiddenRule;
	readonly start: number;
	readonly end: number;
}

export type HiddenRule =
	| "tag-characters"
	| "variation-selectors"
	| "zero-width"
	| "bidi-override"
	| "invisible-letter"
	| "terminal-escape";

/** How far a mark of direction is followed to the first letter that has one. */
const directionReach = 24;
/** As many invisible characters in a row are no accident. */
const crowd = 3;
/** What a decision can need after its first character. */
export const hiddenWindow = 64;

/** Invisible, of no width, and with work in some scripts. */
const joiners = "\\u00ad\\u034f\\u180e\\u200b-\\u200d\\u2060-\\u2065\\u206a-\\u206f\\ufeff";
const letters = "\\u115f\\u1160\\u3164\\uffa0";
const selectors = "\\ufe00-\\ufe0f";
const directions = "\\u202a-\\u202e\\u2066-\\u2069";
const controls = "\\u0008\\u001b\\u009b";
/** Tags and the selectors of ideographs. */
const supplement = "\\udb40[\\udc00-\\uddef]";
const anyHidden = new RegExp(
	`[${controls}${joiners}${letters}${selectors}${directions}]|${supplement}`,
	"g",
);
const zeroWidth = new RegExp(`[${joiners}]`);
/** The first character before a sequence decides too; half a surrogate pair is none yet. */
const openTail = new RegExp(
	`(?:(?:\\ud83c\\udff4)?(?:${supplement})+\\udb40?|[${joiners}${letters}${selectors}]+|\\ud83c\\udff4|[\\ud800-\\udbff])$`,
);
/** Scripts in which joiners and invisible breaks do nothing. */
const plainLetter = /[A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]/;
const hangul = /[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa1-\uffdc]/;
const rightToLeft =
	/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802\ud803\ud83a\ud83b][\udc00-\udfff]/;
const strong = /[\p{L}]/u;
const flag = /^\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/u;
const region = /\p{Script=Han}/u;
const pictograph = /[\p{Extended_Pictographic}\p{Emoji}]/u;

/** All hidden characters of a text; `before` is what stands before it. Linear. */
export function findHidden(text: string, before = ""): readonly HiddenRun[] {
	if (text.search(anyHidden) < 0) return [];
	const context = before.slice(-hiddenWindow) + text;
	const shift = context.length - text.length;
	const runs: HiddenRun[] = [];
	let at = 0;
	for (const { index } of context.matchAll(anyHidden)) {
		if (index < at) continue;
		const found = judge(context, index);
		at = found.end;
		if (found.rule === undefined || found.end <= shift) continue;
		runs.push({ rule: found.rule, start: Math.max(0, index - shift), end: found.end - shift });
	}
	return runs;
}

/** Where characters begin that what follows decides about; else the text's length. */
export function hiddenMayBeginAt(text: string): number {
	const tail = text.slice(-hiddenWindow);
	const open = openTail.exec(tail);
	let from = open === null ? tail.length : open.index;
	for (const { index } of tail.matchAll(/[\u202a\u202b\u2067\u2068]/g)) {
		if (tail.length - index <= directionReach && directionAfter(tail, index + 1) === undefined) {
			from = Math.min(from, index);
			break;
		}
	}
	return text.length - tail.length + from;
}

interface Judged {
	readonly rule: HiddenRule | undefined;
	readonly end: number;
}

function judge(context: string, index: number): Judged {
	const char = context.charAt(index);
	if (char === "\udb40") return judgeSupplement(context, index);
	if (char >= "\ufe00" && char <= "\ufe0f") return judgeSelectors(context, index);
	if (char === "\u001b" || char === "\u009b" || char === "\u0008") {
		return { rule: "terminal-escape", end: index + 1 };
	}
	if (char >= "\u202a" && char <= "\u202e") return judgeDirection(context, index);
	if (char >= "\u2066" && char <= "\u2069") return judgeDirection(context, index);
	if (zeroWidth.test(char)) return judgeZeroWidth(context, index);
	const isAtHome = hangul.test(context.charAt(index - 1)) || hangul.test(context.charAt(index + 1));
	return { rule: isAtHome ? undefined : "invisible-letter", end: index + 1 };
}

function judgeZeroWidth(context: string, index: number): Judged {
	let end = index + 1;
	while (end < context.length && zeroWidth.test(context.charAt(end))) end += 1;
	if (end - index >= crowd) return { rule: "zero-width", end };
	// A soft hyphen between two letters is what it is for.
	const isHyphen = end - index === 1 && context.charAt(index) === "\u00ad";
	const isBetween =
		plainLetter.test(context.charAt(index - 1)) && plainLetter.test(context.charAt(end));
	return { rule: isBetween && !isHyphen ? "zero-width" : undefined, end };
}

/** Overrides turn letters round that have a direction of their own; a mark without right-to-left text hides order. */
function judgeDirection(context: string, index: number): Judged {
	const char = context.charAt(index);
	let end = index + 1;
	while (context.charAt(end) === char) end += 1;
	if (char === "\u202d" || char === "\u202e") return { rule: "bidi-override", end };
	const opensRight = char === "\u202b" || char === "\u2067";
	const isWrong =
		opensRight &&
		leadsLeft(context, end) &&
		!rightToLeft.test(context.slice(Math.max(0, index - hiddenWindow), index));
	return { rule: isWrong ? "bidi-override" : undefined, end };
}

/** A text that ends before it is certain leads where its letters do. */
function leadsLeft(context: string, from: number): boolean {
	const direction = directionAfter(context, from);
	if (direction !== undefined) return direction === "left";
	return strong.test(context.slice(from, from + directionReach));
}

/** `right` where right-to-left text follows within reach, `undefined` while it still may. */
function directionAfter(context: string, from: number): "left" | "right" | undefined {
	const [ahead = ""] = context.slice(from, from + directionReach).split("\n", 1);
	if (rightToLeft.test(ahead)) return "right";
	const isAll = ahead.length === directionReach || context.charAt(from + ahead.length) === "\n";
	if (!isAll) return undefined;
	return strong.test(ahead) ? "left" : "right";
}

/** One selector after what it can select is ordinary; several, or one elsewhere, carry something. */
function judgeSelectors(context: string, index: number): Judged {
	let end = index + 1;
	while (end < context.length && isSelector(context, end))
		end += context.charAt(end) === "\udb40" ? 2 : 1;
	if (end - index > 1) return { rule: "variation-selectors", end };
	const char = context.charAt(index);
	if (char === "\ufe0e" || char === "\ufe0f") return { rule: undefined, end };
	const base = characterBefore(context, index);
	const isOdd =
		/[A-Za-z1-9\s]/.test(base) || base === "" || (pictograph.test(base) && base !== "0");
	return { rule: isOdd ? "variation-selectors" : undefined, end };
}

function isSelector(context: string, index: number): boolean {
	const char = context.charAt(index);
	if (char >= "\ufe00" && char <= "\ufe0f") return true;
	const low = context.charAt(index + 1);
	return char === "\udb40" && low >= "\udd00" && low <= "\uddef";
}

/** Tags and the selectors of ideographs, which are pairs of code units. */
function judgeSupplement(context: string, index: number): Judged {
	if (isSelector(context, index)) {
		const next = index + 2;
		if (!isSelector(context, next)) {
			const isHome = region.test(characterBefore(context, index));
			return { rule: isHome ? undefined : "variation-selectors", end: next };
		}
		let end = next;
		while (isSelector(context, end)) end += context.charAt(end) === "\udb40" ? 2 : 1;
		return { rule: "variation-selectors", end };
	}
	let end = index;
	while (context.charAt(end) === "\udb40" && !isSelector(context, end) && end + 1 < context.length)
		end += 2;
	const known = flag.exec(context.slice(Math.max(0, index - 2), index + 16))?.[0].length ?? 0;
	if (known === 0) return { rule: "tag-characters", end };
	const flagEnd = index - 2 + known;
	return flagEnd >= end ? { rule: undefined, end } : { rule: "tag-characters", end };
}

function characterBefore(context: string, index: number): string {
	const last = context.charAt(index - 1);
	return last >= "\udc00" && last <= "\udfff" ? context.slice(index - 2, index) : last;
}
