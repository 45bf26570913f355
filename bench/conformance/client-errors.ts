import assert from "node:assert/strict";

/** What `work` was refused with. Throws when it was not refused, or with something else than the SDK's error. */
export async function failureOf<E extends Error>(
	work: Promise<unknown>,
	kind: abstract new (...args: never[]) => E,
): Promise<E> {
	const error = await work.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof kind, `expected ${kind.name}, got ${String(error)}`);
	return error;
}

/** Everything that a stream says, to its end. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
	const items: T[] = [];
	for await (const item of stream) items.push(item);
	return items;
}
