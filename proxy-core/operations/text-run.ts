import type { TextEdit } from "../contract/verdict.ts";

/** One piece of a text, and where it stands in the answer. */
export interface TextLeaf {
	readonly path: readonly (string | number)[];
	readonly text: string;
}

/**
 * Pieces that are one text to a reader: what was said, cut into segments or words. They are judged
 * joined, so that a secret is found however it was cut.
 */
export interface TextRun {
	readonly leaves: readonly TextLeaf[];
	readonly separator: string;
}

export function runOf(leaf: TextLeaf): TextRun {
	return { leaves: [leaf], separator: "" };
}

export function joined({ leaves, separator }: TextRun): string {
	return leaves.map((leaf) => leaf.text).join(separator);
}

/**
 * The leaves that `edits` of the joined text change, as they are afterwards. The replacement stands in
 * the first leaf that an edit touches. `edits` are sorted and do not overlap.
 */
export function editedLeaves(
	{ leaves, separator }: TextRun,
	edits: readonly Pick<TextEdit, "start" | "end" | "replacement">[],
): readonly TextLeaf[] {
	const changed: TextLeaf[] = [];
	const placed = new Set<number>();
	let from = 0;
	for (const leaf of leaves) {
		const to = from + leaf.text.length;
		let text = "";
		let at = from;
		for (const [index, edit] of edits.entries()) {
			const start = Math.max(edit.start, from);
			const end = Math.min(edit.end, to);
			if (start >= end) continue;
			text += leaf.text.slice(at - from, start - from);
			if (!placed.has(index)) text += edit.replacement;
			placed.add(index);
			at = end;
		}
		if (at !== from) changed.push({ path: leaf.path, text: text + leaf.text.slice(at - from) });
		from = to + separator.length;
	}
	return changed;
}
