/** Finds out, while a text grows, that it has been saying the same over and over. */
export interface LoopDetector {
	/** Takes what came since the last call. True once the text has been in a loop for long enough. */
	readonly add: (fresh: string) => boolean;
	/** Where the loop that was found began, in characters from the start; -1 without one. */
	readonly loopFrom: () => number;
	/** Where what was found ends so far. */
	readonly loopTo: () => number;
}

export interface LoopLimits {
	/** Nothing but repetition for this many characters. */
	readonly charactersMin: number;
	/** The same again at least this often. */
	readonly repeatsMin: number;
}

/** Looked at in blocks, so that a stream of single characters costs as little as a whole text. */
const block = 256;
/** The longest stretch that is recognised when it comes again. */
const periodMax = 2048;
/** A few characters over and over are rulers, bitmaps and zeros more often than loops. */
const shortPeriod = 12;

/** Memory is bounded; time is linear in the text. The blocks, and so the result, do not depend on how it is cut. */
export function createLoopDetector(limits: LoopLimits): LoopDetector {
	const lines = createLineLoop(limits);
	let history = "";
	let pending: string[] = [];
	let pendingLength = 0;
	let length = 0;
	let period = 0;
	let from = -1;
	let to = -1;

	const isLong = (): boolean => {
		const characters = to - from;
		const needed = limits.charactersMin * (period < shortPeriod ? 2 : 1);
		return characters >= needed && characters >= period * limits.repeatsMin;
	};

	const takeBlock = (next: string): boolean => {
		const all = history + next;
		const known = history.length;
		if (period > 0 && all.slice(known) === all.slice(known - period, all.length - period)) {
			to = length + next.length;
		} else {
			period = periodAtEnd(all);
			to = length + next.length;
			from = to - repeatedAtEnd(all, period);
		}
		length += next.length;
		history = all.slice(-periodMax);
		return period > 0 && isLong();
	};

	const take = (next: string): boolean => {
		const isPeriodic = takeBlock(next);
		const isCircling = lines.add(next, length);
		if (!isPeriodic && isCircling) {
			from = lines.from();
			to = length;
		}
		return isPeriodic || isCircling;
	};

	return {
		loopFrom: () => from,
		loopTo: () => to,
		add: (fresh) => {
			pending.push(fresh);
			pendingLength += fresh.length;
			if (pendingLength < block) return false;
			const text = pending.join("");
			let at = 0;
			for (; at + block <= text.length; at += block) {
				if (take(text.slice(at, at + block))) return true;
			}
			pending = [text.slice(at)];
			pendingLength = text.length - at;
			return false;
		},
	};
}

/** After how many characters the end of a text stood in it before; 0 when it did not. */
function periodAtEnd(text: string): number {
	const sample = 32;
	if (text.length < 2 * sample) return 0;
	const last = text.length - sample;
	const end = text.slice(last);
	// The search from the front is many times as fast, and nearly always finds nothing.
	if (text.indexOf(end) === last) return 0;
	return last - text.lastIndexOf(end, last - 1);
}

/** How many characters at the end continue what stands `period` before them. */
function repeatedAtEnd(text: string, period: number): number {
	if (period === 0) return 0;
	let at = text.length;
	while (at > period && text.charCodeAt(at - 1) === text.charCodeAt(at - 1 - period)) at -= 1;
	return text.length - at + period;
}

/** Few different lines or sentences, in whatever order, and nothing else. */
function createLineLoop({ charactersMin, repeatsMin }: LoopLimits) {
	const distinctMax = 6;
	const unitMin = 12;
	let recent: string[] = [];
	let rest = "";
	let start = -1;
	let covered = 0;
	let repeats = 0;
	let seen = 0;

	const take = (unit: string, at: number): void => {
		const text = unit.trim();
		if (text.length < unitMin) return;
		if (recent.includes(text)) {
			if (start < 0) start = at;
			covered += unit.length;
			repeats += 1;
			return;
		}
		recent = [...recent.slice(1 - distinctMax), text];
		start = -1;
		covered = 0;
		repeats = 0;
	};

	return {
		from: () => start,
		/** `length`: of all the text with this piece. */
		add: (piece: string, length: number): boolean => {
			const text = rest + piece;
			seen = length - text.length;
			let at = 0;
			for (const { index } of text.matchAll(/[\n.!?。！？]/g)) {
				take(text.slice(at, index + 1), seen + at);
				at = index + 1;
			}
			// What goes on and on without an end is no sentence.
			rest = text.slice(Math.max(at, text.length - 1024));
			// Short lines between count for nothing, unless they are most of the text.
			const isMost = covered >= (length - start) * 0.85;
			return start >= 0 && isMost && covered >= charactersMin && repeats >= repeatsMin * 2;
		},
	};
}
