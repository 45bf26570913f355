export type SseItem =
	/** The joined `data:` lines of one event. */
	| { readonly kind: "data"; readonly text: string }
	/** A line that begins with a colon, without it. */
	| { readonly kind: "comment"; readonly text: string };

export interface SseParser {
	/** Whatever became complete with this piece of text; pieces may be cut anywhere. */
	readonly push: (piece: string) => readonly SseItem[];
}

/**
 * Reads `text/event-stream` (WHATWG HTML, 9.2.6): lines end with LF, CR or CRLF, also when the two are
 * in different pieces; an event ends with an empty line. One that never ends is dropped. Of the
 * fields only `data` matters here.
 */
export function createSseParser(): SseParser {
	let rest = "";
	let data: string[] = [];
	let isFirst = true;
	let endedWithReturn = false;

	const read = (line: string): SseItem | undefined => {
		if (line === "") {
			if (data.length === 0) return undefined;
			const text = data.join("\n");
			data = [];
			return { kind: "data", text };
		}
		if (line.startsWith(":")) return { kind: "comment", text: withoutSpace(line.slice(1)) };
		const [field, value] = splitField(line);
		if (field === "data") data.push(value);
		return undefined;
	};

	return {
		push: (piece) => {
			if (piece === "") return [];
			let text = endedWithReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
			if (isFirst && text.startsWith("\uFEFF")) text = text.slice(1);
			isFirst = false;
			endedWithReturn = piece.endsWith("\r");
			const lines = (rest + text).split(/\r\n|\n|\r/);
			rest = lines.pop() ?? "";
			return lines.map(read).filter((item) => item !== undefined);
		},
	};
}

function splitField(line: string): readonly [field: string, value: string] {
	const colon = line.indexOf(":");
	if (colon === -1) return [line, ""];
	return [line.slice(0, colon), withoutSpace(line.slice(colon + 1))];
}

function withoutSpace(text: string): string {
	return text.startsWith(" ") ? text.slice(1) : text;
}
