import { GatewayError } from "../errors/gateway-error.ts";

/** Cuts a byte stream into lines at LF, CR or CRLF, whatever the chunking. */
export interface LineReader {
	/** The lines that `bytes` completes, without their ends. Throws `upstream.malformed` above the limit. */
	readonly push: (bytes: Uint8Array) => readonly string[];
	/** What follows the last line end; empty when nothing does. */
	readonly end: () => string;
}

/**
 * UTF-8 may be split anywhere and a leading byte order mark is dropped. Each character is looked at
 * once: an unfinished line is kept as a rope and searched only in its new part, so a long line that
 * comes in small pieces costs no more than one that comes whole.
 */
export function createLineReader(charactersMax: number): LineReader {
	const decoder = new TextDecoder();
	let rest = "";
	let endedWithCr = false;

	const read = (piece: string): string[] => {
		const lines: string[] = [];
		// The second half of a CRLF whose CR ended the last piece.
		let from = endedWithCr && piece.startsWith("\n") ? 1 : 0;
		let lf = piece.indexOf("\n", from);
		let cr = piece.indexOf("\r", from);
		while (lf !== -1 || cr !== -1) {
			const end = first(lf, cr);
			lines.push(rest + piece.slice(from, end));
			rest = "";
			from = end === cr && lf === cr + 1 ? end + 2 : end + 1;
			lf = next(piece, { character: "\n", known: lf, from });
			cr = next(piece, { character: "\r", known: cr, from });
		}
		if (piece !== "") endedWithCr = piece.endsWith("\r");
		rest += piece.slice(from);
		if (rest.length > charactersMax)
			throw new GatewayError("upstream.malformed", {
				message: "The model's provider sent an event that is too large.",
			});
		return lines;
	};

	return {
		push: (bytes) => read(decoder.decode(bytes, { stream: true })),
		end: () => {
			const last = rest + decoder.decode();
			rest = "";
			return last;
		},
	};
}

function first(one: number, other: number): number {
	if (one === -1 || other === -1) return Math.max(one, other);
	return Math.min(one, other);
}

interface Search {
	readonly character: string;
	/** Where it stands, or -1; still good while it lies ahead. */
	readonly known: number;
	readonly from: number;
}

function next(piece: string, { character, known, from }: Search): number {
	return known === -1 || known >= from ? known : piece.indexOf(character, from);
}
