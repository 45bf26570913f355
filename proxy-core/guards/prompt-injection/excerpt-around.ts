export interface Excerpt {
	readonly text: string;
	/** Where it begins in the whole. */
	readonly start: number;
}

/** At most `charsMax` characters of a text, around a place in it. */
export function excerptAround(
	text: string,
	{ start, end }: { readonly start: number; readonly end: number },
	charsMax: number,
): Excerpt {
	if (text.length <= charsMax) return { text, start: 0 };
	const middle = Math.floor((start + Math.min(end, start + charsMax)) / 2);
	const from = Math.max(0, Math.min(middle - Math.floor(charsMax / 2), text.length - charsMax));
	return { text: text.slice(from, from + charsMax), start: from };
}
