import type { SegmentSource, TextSegment } from "../contract/verdict.ts";
import type { TextView } from "./mask-view.ts";
import { viewOf } from "./mask-view.ts";

type Json = Readonly<Record<string, unknown>>;
type Path = TextSegment["path"];

/** A text of the request in which personal data is looked for. */
export interface Place {
	/** Its number among the request's segments; -1 for texts that are none. */
	readonly segment: number;
	readonly source: SegmentSource;
	readonly path: Path;
	readonly view: TextView;
	/** One changed letter would make its provider refuse it. The provider wrote it, from what had been masked. */
	readonly isSealed: boolean;
	/** Names somebody to the provider and is no text for the model; it must stay the same between requests. */
	readonly isIdentifier: boolean;
	/** Only what is known by its form is looked for: most of these texts are names of settings. */
	readonly isFormOnly: boolean;
}

/**
 * Every text of a request in the order in which its values are numbered: what stands before the
 * conversation, the conversation itself, and last what may change with each request. A conversation
 * that grows adds to the end of the second, so its numbers stay.
 */
export function placesOf(
	segments: readonly TextSegment[],
	json: Json,
	isLookedAt: (source: SegmentSource) => boolean,
): readonly Place[] {
	const before: Place[] = [];
	const history: Place[] = [];
	const after: Place[] = [];
	const seen = new Set<unknown>();
	for (const [segment, { source, path, text, isSealed = false }] of segments.entries()) {
		seen.add(path[0]);
		if (!isLookedAt(source)) continue;
		const place = {
			segment,
			source,
			path,
			view: viewOf(text),
			isSealed,
			isIdentifier: isIdentifier(path),
			isFormOnly: isChoice(path),
		};
		if (source === "metadata") after.push(place);
		else if (isHistory(path)) history.push(place);
		else before.push(place);
	}
	const others = isLookedAt("metadata") ? otherPlaces(json, seen) : [];
	return [...before, ...history, ...after, ...others];
}

const historyRoots: ReadonlySet<unknown> = new Set(["messages", "input", "contents"]);

function isHistory([root, index]: Path): boolean {
	return historyRoots.has(root) && typeof index === "number";
}

const identifiers: ReadonlySet<unknown> = new Set([
	"user",
	"safety_identifier",
	"prompt_cache_key",
]);

function isIdentifier([root, member]: Path): boolean {
	if (member === undefined) return identifiers.has(root);
	return root === "metadata" && member === "user_id";
}

/** Values that a tool may be called with, and where its searches are made: names of places belong there. */
function isChoice(path: Path): boolean {
	const last = path.at(-1);
	if (historyRoots.has(path[0])) return false;
	return (
		last === "const" ||
		last === "default" ||
		path.at(-2) === "enum" ||
		path.includes("user_location")
	);
}

/** Members that choose among things or name them; no person is meant. */
const choices: ReadonlySet<string> = new Set([
	"model",
	"tool_choice",
	"service_tier",
	"conversation",
]);
const depthMax = 32;
/** Longer ones are encoded files. */
const charsMax = 65_536;

/** Members of the body that hold no segment: a field of tomorrow must not carry what nobody looks at. */
function otherPlaces(json: Json, seen: ReadonlySet<unknown>): readonly Place[] {
	const places: Place[] = [];
	const collect = (value: unknown, path: Path): void => {
		if (typeof value === "string" && value.length > 4 && value.length <= charsMax) {
			places.push({
				segment: -1,
				source: "metadata",
				path,
				view: viewOf(value),
				isSealed: false,
				isIdentifier: isIdentifier(path),
				isFormOnly: true,
			});
		}
		if (typeof value !== "object" || value === null || path.length > depthMax) return;
		for (const [name, inner] of Object.entries(value)) {
			collect(inner, [...path, Array.isArray(value) ? Number(name) : name]);
		}
	};
	for (const [name, value] of Object.entries(json)) {
		if (!seen.has(name) && !choices.has(name) && !name.endsWith("_id")) collect(value, [name]);
	}
	return places;
}
