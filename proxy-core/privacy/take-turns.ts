/** Work that can be left at each `yield`; what it yields is how many characters it has worked on since the last. */
export type Steps<T> = Generator<number, T>;

/** Others wait for so long at most, and for what is done between two steps. */
const turnMs = 3;
/** As much as a short request has: such a one is done in one go. */
const turnCharsMax = 32_768;

/** Does the work, and lets others have their turn when there is much of it. */
export function takeTurns<T>(work: Steps<T>): T | Promise<T> {
	const step = takeTurn(work);
	return step.done === true ? step.value : takeFurtherTurns(work);
}

async function takeFurtherTurns<T>(work: Steps<T>): Promise<T> {
	for (;;) {
		await new Promise((resolve) => setImmediate(resolve));
		const step = takeTurn(work);
		if (step.done === true) return step.value;
	}
}

function takeTurn<T>(work: Steps<T>): IteratorResult<number, T> {
	const endsAt = performance.now() + turnMs;
	let chars = 0;
	for (;;) {
		const step = work.next();
		if (step.done === true) return step;
		chars += step.value;
		if (chars > turnCharsMax || performance.now() > endsAt) return step;
	}
}
