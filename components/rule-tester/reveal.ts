/** Finding `index` in the list of findings. */
export function findingId(index: number): string {
	return `finding-${index + 1}`;
}

/** Where finding `index` begins in a text. */
export function markId(index: number): string {
	return `finding-mark-${index + 1}`;
}

/** Brings an element into sight and hands it the keyboard. */
export function reveal(id: string): void {
	const element = document.getElementById(id);
	element?.scrollIntoView({ block: "center" });
	element?.focus({ preventScroll: true });
}
