/**
 * What the `*` of `pattern` stands for in `name`; undefined when the name does not fit. The pattern
 * has exactly one `*`, which stands for at least one character.
 */
export function captureOf(pattern: string, name: string): string | undefined {
	const star = pattern.indexOf("*");
	if (star === -1) return undefined;
	const before = pattern.slice(0, star);
	const after = pattern.slice(star + 1);
	if (name.length <= before.length + after.length) return undefined;
	if (!name.startsWith(before) || !name.endsWith(after)) return undefined;
	return name.slice(before.length, name.length - after.length);
}

/** Most specific first: the more of the name a pattern fixes, the earlier it is asked. */
export function bySpecificity(a: { readonly name: string }, b: { readonly name: string }): number {
	return b.name.length - a.name.length || (a.name < b.name ? -1 : 1);
}
