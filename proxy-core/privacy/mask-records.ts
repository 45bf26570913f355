import type { PersonalDataAction } from "../contract/personal-data.ts";
import type { FindingRecord } from "../contract/settled-record.ts";
import type { FindingAction } from "../contract/verdict.ts";
import type { PlacedDatum } from "./mask-request.ts";

/** Of one type in one request; a table of customers would fill the ledger with itself. */
const perTypeMax = 10;
/** What is only noted is so common that one says it. */
const notedPerTypeMax = 1;

/** What the ledger keeps of what was found: types and places, never values. */
export function recordsOf(
	data: readonly PlacedDatum[],
	isEnforced: boolean,
): readonly FindingRecord[] {
	const counts = new Map<string, number>();
	return data.flatMap((datum) => {
		const { type, action, place, start, end, score } = datum;
		const count = (counts.get(type) ?? 0) + 1;
		counts.set(type, count);
		// In a sealed text it would have been more than noted.
		const isNoted = action === "flag" && !place.isSealed;
		if (count > (isNoted ? notedPerTypeMax : perTypeMax)) return [];
		const would = verdictOf(action);
		return [
			{
				guard: "privacy",
				rule: type,
				category: "personal-data" as const,
				severity: action === "block" ? ("medium" as const) : ("low" as const),
				action: isEnforced ? would : ("flag" as const),
				...(isEnforced || would === "flag" ? {} : { wouldBe: would }),
				source: place.source,
				...(place.segment < 0 ? {} : { segment: place.segment }),
				start,
				end,
				score,
			},
		];
	});
}

function verdictOf(action: Exclude<PersonalDataAction, "off">): FindingAction {
	switch (action) {
		case "flag":
		case "block":
			return action;
		case "mask":
		case "redact":
		case "hash":
			return "redact";
	}
}

/** `12 EMAIL_ADDRESS, 3 PERSON`: everything that was found, the most frequent first. */
export function countsText(data: readonly PlacedDatum[]): string {
	const counts = new Map<string, number>();
	for (const { type } of data) counts.set(type, (counts.get(type) ?? 0) + 1);
	const shown = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 8);
	const more = counts.size > shown.length ? `, and ${counts.size - shown.length} more types` : "";
	return shown.map(([type, count]) => `${count} ${type}`).join(", ") + more;
}
