/** A classifier as far as windows are concerned. */
export interface WindowScorer {
	/** Tokens in one window, marks included; a longer text is cut by the model. */
	readonly tokensMax: number;
	readonly countTokens: (text: string) => number | Promise<number>;
	readonly score: (text: string) => Promise<number>;
}

/** An attack that lies across a cut is whole in one of the two windows. */
const overlapShare = 0.125;
/** Texts are not equally dense; a window that turns out too long is cut again. */
const fillShare = 0.9;

/**
 * The highest score of all windows of a text: one attack in a long document is an attack. `proceed` is
 * awaited before each window; it may throw to end the work.
 */
export async function scoreWindows(
	text: string,
	scorer: WindowScorer,
	proceed: () => Promise<void>,
): Promise<number> {
	const waiting = [text];
	let highest = 0;
	for (let window = waiting.pop(); window !== undefined; window = waiting.pop()) {
		await proceed();
		const tokens = await scorer.countTokens(window);
		if (tokens <= scorer.tokensMax || window.length < 2) {
			highest = Math.max(highest, await scorer.score(window));
		} else {
			waiting.push(...cut(window, scorer.tokensMax / tokens).toReversed());
		}
	}
	return highest;
}

/** Overlapping parts, each about `share` of the text; every part is shorter than the text. */
function cut(text: string, share: number): readonly string[] {
	const length = Math.min(
		text.length - 1,
		Math.max(1, Math.floor(text.length * share * fillShare)),
	);
	const step = Math.max(1, Math.floor(length * (1 - overlapShare)));
	const parts: string[] = [];
	for (let start = 0; ; start += step) {
		parts.push(text.slice(start, start + length).toWellFormed());
		if (start + length >= text.length) return parts;
	}
}
