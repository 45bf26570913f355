/**
 * Cuts in the middle, where ids and paths differ least: `req_0193…9f2c`.
 * The result has at most `max` characters.
 */
export function truncateMiddle(text: string, max: number): string {
	if (text.length <= max) return text;
	const kept = Math.max(2, max - 1);
	const head = Math.ceil(kept / 2);
	return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
}
