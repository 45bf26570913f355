/** What the path and query of a call to Google's API say; the body says neither. */
export interface GeminiAddress {
	readonly model: string;
	readonly isStreaming: boolean;
	/** Without `alt=sse` Google streams one JSON array instead of events. */
	readonly isArray: boolean;
}

export type GeminiMethod = "generate" | "count";

const methods: Readonly<Record<string, GeminiMethod>> = {
	generateContent: "generate",
	streamGenerateContent: "generate",
	countTokens: "count",
};

/** Both versions of the API that its SDKs can be set to; older SDKs leave `models/` out of names with slashes. */
const collection = /^\/v1(?:beta)?\/(?:models\/)?/;

/**
 * The call that a path stands for: `/v1beta/models/{model}:generateContent`, or the same below `/v1`.
 * The name may hold slashes (`tunedModels/mine`), colons and percent encoding. Undefined: it is another
 * path.
 */
export function readCall(
	path: string,
	query: string | undefined,
): { readonly method: GeminiMethod; readonly address: GeminiAddress } | undefined {
	const colon = path.lastIndexOf(":");
	const verb = path.slice(colon + 1);
	const method = Object.hasOwn(methods, verb) ? methods[verb] : undefined;
	const model = method === undefined ? undefined : readModelName(path.slice(0, colon));
	if (method === undefined || model === undefined) return undefined;
	const isStreaming = verb === "streamGenerateContent";
	return {
		method,
		address: {
			model,
			isStreaming,
			isArray: isStreaming && new URLSearchParams(query).get("alt") !== "sse",
		},
	};
}

/** Undefined where there is no name, or none that can be read. */
function readModelName(path: string): string | undefined {
	const [head] = collection.exec(path) ?? [];
	if (head === undefined) return undefined;
	try {
		return decodeURIComponent(path.slice(head.length)) || undefined;
	} catch {
		return undefined;
	}
}

/** Google's clients may send their key in the query; nothing but its value is ever taken from there. */
export function keyInQuery(query: string | undefined): string | undefined {
	if (query === undefined) return undefined;
	return new URLSearchParams(query).get("key")?.trim() || undefined;
}
