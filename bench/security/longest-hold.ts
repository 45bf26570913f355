import type { Layer } from "./layers.ts";

const runs = 5;

/**
 * The longest time in milliseconds for which other requests wait while `layer` works on a body: between
 * two turns of the event loop. The least of several runs, since other processes hold it as well, each with
 * a body that nobody has seen: one that comes again is remembered.
 */
export async function longestHoldMs(
	layer: Layer,
	bodyOf: (run: number) => Uint8Array,
): Promise<number> {
	let least = Number.POSITIVE_INFINITY;
	for (let run = 0; run < runs; run += 1) least = Math.min(least, await holdOf(layer, bodyOf(run)));
	return least;
}

async function holdOf(layer: Layer, body: Uint8Array): Promise<number> {
	let longest = 0;
	let isOver = false;
	let turnedAt = performance.now();
	const turn = (): void => {
		const now = performance.now();
		longest = Math.max(longest, now - turnedAt);
		turnedAt = now;
		if (!isOver) setImmediate(turn);
	};
	await new Promise((resolve) => setImmediate(resolve));
	turnedAt = performance.now();
	setImmediate(turn);
	await layer.run(body);
	isOver = true;
	turn();
	return longest;
}
