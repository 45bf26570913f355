import type { ConfigFile, Path } from "./config-file.ts";
import { nearestLine } from "./config-file.ts";

/** What was not carried over as it stands. */
export interface Note {
	/** `changed`: carried over, with a difference. `left`: not carried over. */
	readonly kind: "changed" | "left";
	/** Where in the file, for people: `router_settings.num_retries`. */
	readonly place: string;
	/** Undefined: it stands in another file. */
	readonly line: number | undefined;
	readonly text: string;
}

export interface Notes {
	readonly changed: (path: Path, text: string) => void;
	readonly left: (path: Path, text: string) => void;
	readonly all: () => readonly Note[];
}

/** Collects notes; the same one twice counts once. */
export function createNotes(lineOf: ConfigFile["lineOf"] | undefined): Notes {
	const notes = new Map<string, Note>();
	const add = (kind: Note["kind"]) => (path: Path, text: string) => {
		const place = placeOf(path);
		const line = lineOf === undefined ? undefined : nearestLine(path, lineOf);
		notes.set(`${kind} ${place} ${text}`, { kind, place, line, text });
	};
	return { changed: add("changed"), left: add("left"), all: () => [...notes.values()] };
}

function placeOf(path: Path): string {
	return path
		.map((part, index) => {
			if (typeof part === "number") return `[${part}]`;
			return index === 0 ? part : `.${part}`;
		})
		.join("");
}
