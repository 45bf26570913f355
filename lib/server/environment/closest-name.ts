/** Levenshtein distance: single insertions, deletions and replacements from one text to the other. */
function distance(left: string, right: string): number {
	let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
	for (const [row, character] of [...left].entries()) {
		const current = [row + 1];
		for (let column = 0; column < right.length; column += 1) {
			const replace = (previous[column] ?? 0) + (character === right[column] ? 0 : 1);
			const remove = (previous[column + 1] ?? 0) + 1;
			const insert = (current[column] ?? 0) + 1;
			current.push(Math.min(replace, remove, insert));
		}
		previous = current;
	}
	return previous[right.length] ?? 0;
}

/** The known name that was most likely meant. */
export function closestName(name: string, known: readonly string[]): string | undefined {
	return known.reduce<string | undefined>((best, candidate) => {
		if (best === undefined) return candidate;
		return distance(name, candidate) < distance(name, best) ? candidate : best;
	}, undefined);
}
