import type { PersonalDatum } from "./personal-datum.ts";

/** Of data that overlap the surer stays, of equally sure ones the longer, then the earlier found. Sorted. */
export function resolveOverlaps(found: PersonalDatum[]): PersonalDatum[] {
	if (found.length < 2) return found;
	found.sort((a, b) => a.start - b.start);
	const kept: PersonalDatum[] = [];
	for (const datum of found) {
		let isKept = true;
		for (let last = kept.at(-1); last !== undefined && last.end > datum.start; last = kept.at(-1)) {
			if (!isBetter(datum, last)) {
				isKept = false;
				break;
			}
			kept.pop();
		}
		if (isKept) kept.push(datum);
	}
	return kept;
}

function isBetter(datum: PersonalDatum, other: PersonalDatum): boolean {
	if (datum.score !== other.score) return datum.score > other.score;
	return datum.end - datum.start > other.end - other.start;
}
