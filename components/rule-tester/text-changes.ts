/** A stretch of two texts: in both, only in the first, or only in the second. */
export interface TextChange {
	readonly kind: "same" | "gone" | "new";
	readonly text: string;
}

/** Words that may differ; what differs more than that is shown as replaced whole. */
const editsMax = 400;

/** What turns one text into the other, word by word. Work is bounded by the lengths, not their product. */
export function changesBetween(before: string, after: string): readonly TextChange[] {
	if (before === after) return before === "" ? [] : [{ kind: "same", text: before }];
	const [a, b] = [wordsOf(before), wordsOf(after)];
	let head = 0;
	while (head < a.length && head < b.length && a[head] === b[head]) head++;
	let tail = 0;
	while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
	return joined([
		...a.slice(0, head).map((text) => ({ kind: "same" as const, text })),
		...editsOf({ a: a.slice(head, a.length - tail), b: b.slice(head, b.length - tail) }),
		...a.slice(a.length - tail).map((text) => ({ kind: "same" as const, text })),
	]);
}

/** Offsets in the first text of what is not in the second. */
export function goneSpans(
	changes: readonly TextChange[],
): readonly { readonly start: number; readonly end: number }[] {
	let at = 0;
	return changes.flatMap(({ kind, text }) => {
		if (kind === "new") return [];
		const start = at;
		at += text.length;
		return kind === "gone" ? [{ start, end: at }] : [];
	});
}

function wordsOf(text: string): readonly string[] {
	return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

interface Pair {
	readonly a: readonly string[];
	readonly b: readonly string[];
}

/** The shortest edit script, by Myers' greedy search: how far each diagonal reaches with so many edits. */
function editsOf({ a, b }: Pair): readonly TextChange[] {
	const replaced: readonly TextChange[] = [
		{ kind: "gone", text: a.join("") },
		{ kind: "new", text: b.join("") },
	];
	if (a.length === 0 || b.length === 0) return replaced;
	const rounds: ReadonlyMap<number, number>[] = [];
	let reached: ReadonlyMap<number, number> = new Map([[1, 0]]);
	for (let edits = 0; edits <= Math.min(a.length + b.length, editsMax); edits++) {
		rounds.push(reached);
		const next = new Map<number, number>();
		for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
			let x = startOf(reached, diagonal);
			while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
			next.set(diagonal, x);
			if (x >= a.length && x - diagonal >= b.length) return retraced({ a, b }, rounds);
		}
		reached = next;
	}
	return replaced;
}

/** Where a diagonal is entered: by a word that is new, or by one that is gone, whichever gets further. */
function startOf(reached: ReadonlyMap<number, number>, diagonal: number): number {
	const byNew = reached.get(diagonal + 1) ?? -1;
	const byGone = reached.get(diagonal - 1);
	return byGone === undefined || byNew > byGone ? byNew : byGone + 1;
}

function retraced({ a, b }: Pair, rounds: readonly ReadonlyMap<number, number>[]): TextChange[] {
	const changes: TextChange[] = [];
	let [x, y] = [a.length, b.length];
	for (const [edits, reached] of [...rounds.entries()].reverse()) {
		const diagonal = x - y;
		const start = edits === 0 ? 0 : startOf(reached, diagonal);
		while (x > start) {
			changes.push({ kind: "same", text: a[--x] ?? "" });
			y--;
		}
		if (edits === 0) break;
		const isNew = start === reached.get(diagonal + 1);
		if (isNew) changes.push({ kind: "new", text: b[--y] ?? "" });
		else changes.push({ kind: "gone", text: a[--x] ?? "" });
	}
	return changes.reverse();
}

/** Neighbours of one kind as one, what is gone before what stands in its place. */
function joined(all: readonly TextChange[]): readonly TextChange[] {
	const runs: TextChange[] = [];
	let gone = "";
	let added = "";
	const flush = () => {
		if (gone !== "") runs.push({ kind: "gone", text: gone });
		if (added !== "") runs.push({ kind: "new", text: added });
		[gone, added] = ["", ""];
	};
	for (const { kind, text } of all) {
		if (kind === "gone") gone += text;
		else if (kind === "new") added += text;
		else {
			flush();
			const before = runs.at(-1);
			if (before?.kind === "same") runs[runs.length - 1] = { kind, text: before.text + text };
			else runs.push({ kind, text });
		}
	}
	flush();
	return runs;
}
