/** What all lists have in common that come in pages: each page names the cursor of the next. */
export const inPages = {
	initialPageParam: null as string | null,
	getNextPageParam: ({ nextCursor }: { readonly nextCursor: string | null }) => nextCursor,
};

/** The part of a query that says where a page begins; nothing for the first. */
export function fromCursor(cursor: string | null): { readonly cursor?: string } {
	return cursor === null ? {} : { cursor };
}
