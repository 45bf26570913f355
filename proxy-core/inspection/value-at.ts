/** What stands at a path of keys and indexes; undefined where it leads nowhere. */
export function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
	let value = root;
	for (const step of path) {
		if (typeof value !== "object" || value === null) return undefined;
		value = (value as Readonly<Record<string | number, unknown>>)[step];
	}
	return value;
}
