/** Work in steps, between any two of which others may get a turn. */
export type Steps<T> = Generator<void, T>;

export interface TurnOptions {
	/** Nobody waits for the result once it is aborted. */
	readonly signal?: AbortSignal;
	/** Milliseconds on any scale. */
	readonly now?: () => number;
}

/** For so long work holds the event loop; a step that has begun then is finished. */
export const turnMs = 3;

/**
 * Works step by step; others get a turn whenever it has taken long enough, however much text that is.
 * Synchronous when it is done within its first turn. Rejects with the signal's reason.
 */
export function takeTurns<T>(work: Steps<T>, options: TurnOptions = {}): T | Promise<T> {
	const first = oneTurn(work, options);
	return first.done === true ? first.value : inFurtherTurns(work, options);
}

/** The result of all steps, without a pause. */
export function finish<T>(work: Steps<T>): T {
	let step = work.next();
	while (step.done !== true) step = work.next();
	return step.value;
}

async function inFurtherTurns<T>(work: Steps<T>, options: TurnOptions): Promise<T> {
	for (;;) {
		await nextTurn();
		options.signal?.throwIfAborted();
		const step = oneTurn(work, options);
		if (step.done === true) return step.value;
	}
}

function oneTurn<T>(
	work: Steps<T>,
	{ now = () => performance.now() }: TurnOptions,
): IteratorResult<void, T> {
	const endsAt = now() + turnMs;
	let step = work.next();
	while (step.done !== true && now() < endsAt) step = work.next();
	return step;
}

/** Resolves when others have had a turn. */
function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
