/** What stands in a text for a value: `<PERSON_1>`. Types are capitals, digits and underscores. */
export function placeholderOf(type: string, number: number): string {
	return `<${type}_${number}>`;
}

/** How the model, or the caller, wrote its brackets. JSON writers of some models escape `<`, and HTML has to. */
export type Spelling = "plain" | "unicode" | "entity";

export function spelt(placeholder: string, spelling: Spelling): string {
	const name = placeholder.slice(1, -1);
	switch (spelling) {
		case "plain":
			return placeholder;
		case "unicode":
			return `\\u003c${name}\\u003e`;
		case "entity":
			return `&lt;${name}&gt;`;
	}
}

export interface PlaceholderMatch {
	readonly placeholder: string;
	readonly type: string;
	readonly start: number;
	readonly end: number;
	readonly spelling: Spelling;
}

// Bounded, so that a tail of the text says whether a placeholder may begin in it.
const body = "[A-Z][A-Z0-9_]{2,47}";
const pattern = new RegExp(`<(${body})>|\\\\u003[cC](${body})\\\\u003[eE]|&lt;(${body})&gt;`, "g");
/** Longest match: the widest spelling around the longest body. */
export const placeholderCharsMax = 48 + 12;

const spellings = ["plain", "unicode", "entity"] as const;

/** Everything in `text` that has the form of a placeholder, in order. */
export function findPlaceholders(text: string, from = 0): readonly PlaceholderMatch[] {
	// Most texts have none, and looking for the bracket is the cheapest way to know.
	if (!mayHold(text)) return [];
	const found: PlaceholderMatch[] = [];
	const search = new RegExp(pattern);
	search.lastIndex = from;
	for (let match = search.exec(text); match !== null; match = search.exec(text)) {
		const [whole, ...bodies] = match;
		const at = bodies.findIndex((part) => part !== undefined);
		const name = bodies[at] ?? "";
		const type = typeIn(name);
		if (type === undefined) continue;
		found.push({
			placeholder: `<${name}>`,
			type,
			start: match.index,
			end: match.index + whole.length,
			spelling: spellings[at] ?? "plain",
		});
	}
	return found;
}

const digits = /^[1-9][0-9]{0,6}$/;

/** What stands before the number; undefined when there is none, or nothing before it. */
function typeIn(name: string): string | undefined {
	const at = name.lastIndexOf("_");
	return at > 0 && digits.test(name.slice(at + 1)) ? name.slice(0, at) : undefined;
}

function mayHold(text: string): boolean {
	return text.includes("<") || text.includes("\\u003") || text.includes("&lt;");
}

const openTail =
	/(?:<|\\u003[cC]|&lt;)([A-Z0-9_]{0,48})(?:\\(?:u(?:0(?:0(?:3)?)?)?)?|&(?:g(?:t)?)?)?$/;
const openingTail = /(?:\\(?:u(?:0(?:0(?:3)?)?)?)?|&(?:l(?:t)?)?)$/;

/**
 * Where a placeholder that is not complete yet may begin at the end of `text`; `text.length` when
 * nowhere. `mayBegin` says whether any placeholder that counts begins with such a name.
 */
export function openPlaceholder(text: string, mayBegin: (name: string) => boolean): number {
	const from = Math.max(0, text.length - placeholderCharsMax);
	const tail = text.slice(from);
	const open = openTail.exec(tail);
	if (open !== null && mayBegin(open[1] ?? "")) return from + open.index;
	const opening = openingTail.exec(tail);
	return opening === null ? text.length : from + opening.index;
}

export const placeholderPatterns: readonly RegExp[] = [pattern, openTail, openingTail];
