/**
 * A text beside the one it was made from. `origins[i]` is the UTF-16 offset in the original at which
 * character `i` began, with one more entry for the end; undefined means that nothing moved.
 */
export interface TracedText {
	readonly text: string;
	readonly origins: Int32Array | undefined;
}

export interface TracedWriter {
	/** Puts `plain` where `start` to `end` of the source stood. Calls come in ascending order. */
	readonly replace: (start: number, end: number, plain: string) => void;
	/** The new text, or undefined when nothing was replaced. */
	readonly finish: () => TracedText | undefined;
}

/** Copies `source` with replacements, remembering where every character came from. */
export function createTracedWriter(source: string): TracedWriter {
	const edits: { readonly start: number; readonly end: number; readonly plain: string }[] = [];
	let length = source.length;
	return {
		replace: (start, end, plain) => {
			edits.push({ start, end, plain });
			length += plain.length - (end - start);
		},
		finish: () => {
			if (edits.length === 0) return undefined;
			const origins = new Int32Array(length + 1);
			let text = "";
			let from = 0;
			let to = 0;
			for (const { start, end, plain } of edits) {
				text += source.slice(from, start) + plain;
				while (from < start) origins[to++] = from++;
				origins.fill(start, to, to + plain.length);
				to += plain.length;
				from = end;
			}
			text += source.slice(from);
			while (to <= length) origins[to++] = from++;
			return { text, origins };
		},
	};
}
