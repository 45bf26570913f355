interface NumberSource {
	readonly source?: string;
}

/** In the language since V8 11.4, not yet in TypeScript's library. */
interface ExactJson {
	readonly parse: (
		text: string,
		revive: (key: string, value: unknown, context: NumberSource) => unknown,
	) => unknown;
	readonly rawJSON: (text: string) => unknown;
}

/**
 * Like `JSON.parse`, but a number that a double would change (a 64-bit id, 1e400) becomes an opaque
 * value that `JSON.stringify` writes with its own digits. Throws `SyntaxError`.
 */
export function parseExact(text: string): unknown {
	const json = JSON as unknown as ExactJson;
	return json.parse(text, (_key, value, { source }) =>
		typeof value === "number" && source !== undefined && String(value) !== source
			? json.rawJSON(source)
			: value,
	);
}
