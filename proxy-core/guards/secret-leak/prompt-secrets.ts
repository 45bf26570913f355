import type { SegmentSource, TextSegment } from "../../contract/verdict.ts";

/** Where in the request a value of the answer stood before. */
export type Origin = "conversation" | "instructions" | "nowhere";

const conversation: ReadonlySet<SegmentSource> = new Set([
	"user",
	"assistant",
	"tool-call",
	"tool-result",
]);
/** Line breaks and escapes differ between a text and the arguments of a tool call. */
const layout = /\\[nrt"/\\]|\s/g;

/**
 * Tells where values of an answer come from. What stands in the conversation came from the caller and
 * may go back; what only stands in the system prompt or in tool descriptions may not be the caller's
 * to see. Looks only when asked, and once per value.
 */
export function createPromptMemory(segments: readonly TextSegment[]): (value: string) => Origin {
	const known = new Map<string, Origin>();
	let flat: readonly TextSegment[] | undefined;

	const search = (value: string): Origin => {
		const within = segments.filter(({ text }) => text.includes(value));
		if (within.length > 0) return originOf(within);
		const bare = value.replace(layout, "");
		if (bare === value) return "nowhere";
		flat ??= segments.map((segment) => ({ ...segment, text: segment.text.replace(layout, "") }));
		return originOf(flat.filter(({ text }) => text.includes(bare)));
	};

	return (value) => {
		const origin = known.get(value) ?? search(value);
		// A value that is still growing in a stream is another one each time.
		if (known.size < knownMax) known.set(value, origin);
		return origin;
	};
}

const knownMax = 200;

function originOf(within: readonly TextSegment[]): Origin {
	if (within.length === 0) return "nowhere";
	return within.some(({ source }) => conversation.has(source)) ? "conversation" : "instructions";
}
