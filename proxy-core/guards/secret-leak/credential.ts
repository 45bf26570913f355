/** A credential found in a text. Offsets are UTF-16 code units; the name beside a value is not part of it. */
export interface Credential {
	readonly rule: string;
	readonly start: number;
	readonly end: number;
	/** Where the name or the address begins that gives it away; `start` when it speaks for itself. */
	readonly knownFrom: number;
	/** 0 to 1: 1 when the form leaves no doubt, lower where only a name and some randomness speak for it. */
	readonly score: number;
	/** More of it may follow than was ever held, so it cannot be cut out; the answer has to end here. */
	readonly isEndless: boolean;
}

/** Below this a finding is a guess about a password that a person made up. */
export const certainFrom = 0.7;

/** Sorted and without overlap: where two claim the same place, the surer one has it. */
export function withoutOverlap(found: Credential[]): readonly Credential[] {
	if (found.length < 2) return found;
	const kept: Credential[] = [];
	for (const credential of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
		const last = kept.at(-1);
		if (last === undefined || credential.start >= last.end) kept.push(credential);
		else if (credential.score > last.score) kept[kept.length - 1] = credential;
	}
	return kept;
}
