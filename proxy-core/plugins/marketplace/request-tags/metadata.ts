/** Longer metadata is not looked at: it is for labels, and parsing it takes the gateway's time. */
const metadataLengthMax = 8192;

export type Metadata = Readonly<Record<string, unknown>>;

const none: Metadata = {};

/** The object in a header of JSON. Anything else counts as empty: labels must never fail a request. */
export function parseMetadata(text: string | undefined): Metadata {
	if (text === undefined || text.length > metadataLengthMax || !text.startsWith("{")) return none;
	try {
		return toMetadata(JSON.parse(text));
	} catch {
		return none;
	}
}

/** An object of a body; anything else counts as empty. */
export function toMetadata(value: unknown): Metadata {
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Metadata)
		: none;
}

/** `name:value` for texts, numbers and booleans; Portkey's own names lose their underscore. */
export function pairsOf(metadata: Metadata, countMax: number): readonly string[] {
	const pairs: string[] = [];
	for (const name in metadata) {
		if (pairs.length >= countMax) break;
		const value = metadata[name];
		const isLabel =
			typeof value === "string" || typeof value === "number" || typeof value === "boolean";
		if (isLabel && value !== "") pairs.push(`${name.replace(/^_/, "")}:${value}`);
	}
	return pairs;
}

/** Listed in one text, separated by commas, or in a list of texts. */
export function listOf(value: unknown): readonly string[] {
	if (typeof value === "string") return value.split(",");
	return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** A name of somebody or something; numbers are as good as texts. */
export function nameOf(value: unknown): string | undefined {
	return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
