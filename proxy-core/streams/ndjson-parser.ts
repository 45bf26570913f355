import { createLineReader } from "./line-reader.ts";

export interface NdjsonParser {
	/** The JSON texts that `bytes` completes, blank lines left out. Throws `upstream.malformed` when one is too large. */
	readonly push: (bytes: Uint8Array) => readonly string[];
	/** A last line without its line end. */
	readonly end: () => readonly string[];
}

/** Cuts newline-delimited JSON into its lines, without parsing them. `charactersMax` bounds one line. */
export function createNdjsonParser(charactersMax = 16_777_216): NdjsonParser {
	const reader = createLineReader(charactersMax);
	return {
		push: (bytes) => reader.push(bytes).filter(hasContent),
		end: () => [reader.end()].filter(hasContent),
	};
}

function hasContent(line: string): boolean {
	return line.trim() !== "";
}
