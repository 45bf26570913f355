/** A text in lower case, as long as it was. */
export function lowerCase(text: string): string {
	const lower = text.toLowerCase();
	// Only this capital becomes longer.
	return lower.length === text.length ? lower : text.replaceAll("\u0130", "I").toLowerCase();
}
