import type { PersonalDataAction } from "../contract/personal-data.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import type { Steps } from "../text/take-turns.ts";
import type { FoundDatum } from "./mask-analyzer.ts";
import type { Place } from "./mask-places.ts";
import type { PrivacyPolicy } from "./mask-policy.ts";
import { findRepeats } from "./mask-repeats.ts";
import type { Span } from "./mask-spans.ts";
import { touchesAny } from "./mask-spans.ts";
import type { ViewEdit } from "./mask-view.ts";
import type { Vault } from "./vault.ts";
import type { PlaceholderMatch } from "./vault-placeholder.ts";
import { findPlaceholders, spelt } from "./vault-placeholder.ts";

/** Personal data in one place of a request, and what its type's action is. */
export interface PlacedDatum {
	readonly place: Place;
	readonly type: string;
	readonly action: Exclude<PersonalDataAction, "off">;
	readonly score: number;
	/** In the text as it was sent. */
	readonly start: number;
	readonly end: number;
	/** In the text as it was read. */
	readonly part: Span;
}

/** What is to be done about what was found; one list for each place. */
export function* placeData(
	places: readonly Place[],
	found: readonly (readonly FoundDatum[])[],
	policy: Pick<PrivacyPolicy, "actionOf" | "isAllowed">,
): Steps<readonly (readonly PlacedDatum[])[]> {
	const lists: (readonly PlacedDatum[])[] = [];
	for (const [index, place] of places.entries()) {
		const list: PlacedDatum[] = [];
		for (const data of chunksOf(found[index] ?? [])) {
			for (const datum of data) placeDatum(place, datum, { policy, list });
			yield;
		}
		lists.push(list);
	}
	return lists;
}

function placeDatum(
	place: Place,
	{ type, start, end, score }: FoundDatum,
	into: { policy: Pick<PrivacyPolicy, "actionOf" | "isAllowed">; list: PlacedDatum[] },
): void {
	const { view, isSealed } = place;
	const wanted = into.policy.actionOf(type);
	const action = isSealed && wanted !== "off" && wanted !== "block" ? "flag" : wanted;
	if (action === "off" || into.policy.isAllowed(view.text.slice(start, end))) return;
	for (const part of view.partsOf({ start, end })) {
		const at = view.place(part);
		into.list.push({ start: at.start, end: at.end, place, type, action, score, part });
	}
}

const chunkLength = 512;

/** A long list in parts, a short one as it is. */
function chunksOf<T>(list: readonly T[]): readonly (readonly T[])[] {
	if (list.length === 0) return [];
	if (list.length <= chunkLength) return [list];
	return Array.from({ length: Math.ceil(list.length / chunkLength) }, (_, index) =>
		list.slice(index * chunkLength, (index + 1) * chunkLength),
	);
}

interface Marks {
	readonly vault: Vault;
	/** One-way; the same for the same value of the same tenant. */
	readonly digest: (type: string, value: string) => string;
}

/** Forty-eight bits tell values apart and give none of them away. */
const digestDigits = 12;

export function digestFor(
	tenant: string,
	{ keyedDigest }: Pick<GuardServices, "keyedDigest">,
): Marks["digest"] {
	return (type, value) =>
		keyedDigest(`personal-data:${type}`, tenant, value).slice(0, digestDigits);
}

/** A text of the body that changes. */
export interface MaskedText {
	readonly place: Place;
	readonly value: string;
}

/** Writes the texts anew, numbering values in the order of the places; sealed ones stay as they are. */
export function* maskTexts(
	all: readonly Place[],
	found: readonly (readonly PlacedDatum[])[],
	marks: Marks,
): Steps<readonly MaskedText[]> {
	const data = found.filter((_, index) => all[index]?.isSealed === false);
	const places = all.filter(({ isSealed }) => !isSealed);
	const replaced: (readonly Replacement[])[] = [];
	for (const [index, place] of places.entries()) {
		replaced.push(yield* replacementsIn(place, data[index] ?? [], marks));
	}
	const repeats = yield* findRepeats(
		places.map(({ view }) => view),
		replaced.map((list) => list.filter(({ type }) => !selfEvident.has(type))),
		replaced,
	);
	const texts: MaskedText[] = [];
	for (const [index, place] of places.entries()) {
		const own = replaced[index] ?? [];
		const further = repeats[index] ?? [];
		const edits =
			further.length === 0 ? own : [...own, ...further].sort((a, b) => a.start - b.start);
		if (edits.length === 0) continue;
		texts.push({ place, value: place.view.write(edits) });
		yield;
	}
	return texts;
}

/** Recognised without any word around them: wherever one stands, it was found. */
const selfEvident: ReadonlySet<string> = new Set([
	"EMAIL_ADDRESS",
	"URL",
	"IP_ADDRESS",
	"MAC_ADDRESS",
	"IBAN_CODE",
	"CREDIT_CARD",
	"CRYPTO",
]);

/** A piece of a text with what comes in its stead. */
interface Replacement extends ViewEdit {
	readonly value: string;
	readonly type: string;
}

/** A piece of a text that gets a mark, or that looks like one already. */
interface Marking extends Span {
	readonly type: string;
	readonly action: PersonalDataAction;
	readonly literal: PlaceholderMatch | undefined;
}

function* replacementsIn(
	place: Place,
	data: readonly PlacedDatum[],
	marks: Marks,
): Steps<readonly Replacement[]> {
	const { text } = place.view;
	const replacements: Replacement[] = [];
	for (const markings of chunksOf(markingsIn(text, data))) {
		for (const { start, end, type, action, literal } of markings) {
			const value = text.slice(start, end);
			const own = place.isIdentifier ? "hash" : action;
			const replacement =
				literal === undefined
					? markOf({ type, value, action: own }, marks)
					: spelt(marks.vault.keep(literal.placeholder, type), literal.spelling);
			if (replacement !== value) replacements.push({ start, end, value, type, replacement });
		}
		yield;
	}
	return replacements;
}

function markingsIn(text: string, data: readonly PlacedDatum[]): readonly Marking[] {
	const hidden = data
		.filter(({ action }) => action !== "flag" && action !== "block")
		.map(
			({ part: { start, end }, type, action }): Marking => ({
				start,
				end,
				type,
				action,
				literal: undefined,
			}),
		);
	const literals = findPlaceholders(text)
		.filter((literal) => !touchesAny(hidden, literal))
		.map((literal): Marking => {
			const { start, end, type } = literal;
			return { start, end, type, action: "mask", literal };
		});
	if (literals.length === 0) return hidden;
	return [...hidden, ...literals].sort((a, b) => a.start - b.start);
}

interface Marked {
	readonly type: string;
	readonly value: string;
	readonly action: PersonalDataAction;
}

function markOf({ type, value, action }: Marked, { vault, digest }: Marks): string {
	switch (action) {
		case "mask":
			return vault.mask(type, value);
		case "redact":
			return `[REDACTED:${type}]`;
		case "hash":
			return `<${type}#${digest(type, value)}>`;
		case "off":
		case "flag":
		case "block":
			return value;
	}
}
