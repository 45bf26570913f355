export interface TextSlice {
	readonly text: string;
	/** Where it begins in the whole. */
	readonly start: number;
}

/** A text up to this length is judged whole. */
const wholeCharsMax = 34_000;
/** Slices are small enough that judging one does not keep other requests waiting. */
export const sliceCharsMax = 8192;
/** An attack that lies across a cut is whole in one of the two. */
const overlap = 768;

/** A text in overlapping slices; a short one is its only slice. Never cuts a surrogate pair. */
export function sliceText(text: string): readonly TextSlice[] {
	if (text.length <= wholeCharsMax) return [{ text, start: 0 }];
	const slices: TextSlice[] = [];
	let start = 0;
	for (;;) {
		const end = start + sliceCharsMax;
		if (end >= text.length) {
			slices.push({ text: text.slice(start), start });
			return slices;
		}
		slices.push({ text: text.slice(start, whole(text, end)), start });
		start = whole(text, end - overlap);
	}
}

function whole(text: string, at: number): number {
	const code = text.charCodeAt(at);
	return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}
