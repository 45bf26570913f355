export interface Neighbours {
	readonly newer: string | undefined;
	readonly older: string | undefined;
}

/** Ids beside the given one in a list that is newest first; none when it is not in the list. */
export function neighboursOf(rows: readonly { readonly id: string }[], id: string): Neighbours {
	const index = rows.findIndex((row) => row.id === id);
	if (index === -1) return { newer: undefined, older: undefined };
	return { newer: rows[index - 1]?.id, older: rows[index + 1]?.id };
}
