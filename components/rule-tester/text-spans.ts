/** A stretch of a text that something is known about. Offsets are UTF-16 code units. */
export interface TextSpan {
	readonly id: string;
	readonly start: number;
	readonly end: number;
}

/** A part of a text over which the same spans lie. */
export interface TextPiece<Span extends TextSpan> {
	readonly start: number;
	readonly text: string;
	/** Those that cover the piece, outermost first; empty for plain text. */
	readonly spans: readonly Span[];
	/** Those that begin with this piece; spans without length begin with the piece behind them. */
	readonly begins: readonly Span[];
	/** Characters left out in the middle of a long plain piece, after `text` and before `rest`. */
	readonly hidden: number;
	readonly rest: string;
}

/** A text cut wherever a span begins or ends, so that spans may be nested or overlap in any way. */
export function cutText<Span extends TextSpan>(
	text: string,
	all: readonly Span[],
): readonly TextPiece<Span>[] {
	const spans = all
		.map((span) => ({ span, start: clamp(span.start, text), end: clamp(span.end, text) }))
		.toSorted((a, b) => a.start - b.start || b.end - a.end);
	const cuts = new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])]);
	const places = [...cuts].toSorted((a, b) => a - b);
	return places.flatMap((start, index) => {
		const end = places[index + 1] ?? text.length;
		const begins = spans.filter((one) => one.start === start).map(({ span }) => span);
		if (start === end && begins.length === 0) return [];
		const over = spans.filter((one) => one.start <= start && one.end >= end && one.end > start);
		const piece = { start, spans: over.map(({ span }) => span), begins };
		return [
			{
				...piece,
				...(over.length === 0 ? shortened(text.slice(start, end)) : whole(text.slice(start, end))),
			},
		];
	});
}

const plainCharsMax = 2000;
const keptChars = 400;

/** Nobody reads pages of text in which nothing was found; its ends say where one is. */
function shortened(text: string): Pick<TextPiece<TextSpan>, "text" | "hidden" | "rest"> {
	if (text.length <= plainCharsMax) return whole(text);
	return {
		text: text.slice(0, keptChars),
		hidden: text.length - 2 * keptChars,
		rest: text.slice(-keptChars),
	};
}

function whole(text: string): Pick<TextPiece<TextSpan>, "text" | "hidden" | "rest"> {
	return { text, hidden: 0, rest: "" };
}

function clamp(offset: number, { length }: string): number {
	return Math.max(0, Math.min(offset, length));
}
