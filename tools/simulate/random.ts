/** Numbers from 0 up to 1 that are the same in every run with the same seed (Mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** One of the items, each as likely as its weight says. */
export function pick<Item extends { readonly weight: number }>(
	items: readonly [Item, ...Item[]],
	random: () => number,
): Item {
	let left = random() * items.reduce((sum, { weight }) => sum + weight, 0);
	for (const item of items) {
		left -= item.weight;
		if (left < 0) return item;
	}
	return items[0];
}
