import * as z from "zod";

/** One environment variable: what the reference page prints, and how its text becomes a value. */
interface Variable<Value> {
	readonly description: string;
	/** What counts when it is not set, in words. */
	readonly defaultText: string;
	/** Finishes the sentence "expected …". */
	readonly expected: string;
	/** Never repeat the given text in a message. */
	readonly isSecret?: boolean;
	/** Undefined: the text is not acceptable. */
	readonly parse: (text: string) => Value | undefined;
}

/** An optional string field whose only issue is "expected …"; everything about it travels in its meta. */
export function variable<Value>(definition: Variable<Value>) {
	const { description, defaultText, expected, isSecret = false, parse } = definition;
	return z
		.string()
		.transform((text, context) => {
			const value = parse(text.trim());
			if (value !== undefined) return value;
			context.addIssue({ code: "custom", message: `expected ${expected}` });
			return z.NEVER;
		})
		.optional()
		.meta({ description, defaultText, isSecret });
}

/** An http(s) address without credentials, query or trailing slash. */
export function parseHttpUrl(text: string): string | undefined {
	const url = URL.parse(text);
	if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return undefined;
	if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
		return undefined;
	}
	return url.href.replace(/\/+$/, "");
}

export function parseList(text: string): string[] {
	return text
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
}
