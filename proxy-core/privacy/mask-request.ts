import type { PersonalDataAction } from "../contract/personal-data.ts";
import type { GuardServices } from "../guards/guard-services.ts";
import type { FoundDatum } from "./mask-analyzer.ts";
import type { Place } from "./mask-places.ts";
import type { PrivacyPolicy } from "./mask-policy.ts";
import { findRepeats } from "./mask-repeats.ts";
import type { Span } from "./mask-spans.ts";
import { touchesAny } from "./mask-spans.ts";
import type { ViewEdit } from "./mask-view.ts";
import type { Vault } from "./vault.ts";
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
export function placeData(
	places: readonly Place[],
	found: readonly (readonly FoundDatum[])[],
	{ actionOf, isAllowed }: Pick<PrivacyPolicy, "actionOf" | "isAllowed">,
): readonly (readonly PlacedDatum[])[] {
	return places.map((place, index) =>
		(found[index] ?? []).flatMap(({ type, start, end, score }) => {
			const { view, isSealed } = place;
			const wanted = actionOf(type);
			const action = isSealed && wanted !== "off" && wanted !== "block" ? "flag" : wanted;
			if (action === "off" || isAllowed(view.text.slice(start, end))) return [];
			return view
				.partsOf({ start, end })
				.map((part) => ({ ...view.place(part), place, type, action, score, part }));
		}),
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
export function maskTexts(
	all: readonly Place[],
	found: readonly (readonly PlacedDatum[])[],
	marks: Marks,
): readonly MaskedText[] {
	const data = found.filter((_, index) => all[index]?.isSealed === false);
	const places = all.filter(({ isSealed }) => !isSealed);
	const replaced = places.map((place, index) => replacementsIn(place, data[index] ?? [], marks));
	const repeats = findRepeats(
		places.map(({ view }) => view),
		replaced.map((list) => list.filter(({ type }) => !selfEvident.has(type))),
		replaced,
	);
	return places.flatMap((place, index) => {
		const edits = [...(replaced[index] ?? []), ...(repeats[index] ?? [])];
		if (edits.length === 0) return [];
		return [{ place, value: place.view.write(edits.toSorted((a, b) => a.start - b.start)) }];
	});
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

function replacementsIn(
	place: Place,
	data: readonly PlacedDatum[],
	marks: Marks,
): readonly Replacement[] {
	const { text } = place.view;
	const hidden = data
		.filter(({ action }) => action !== "flag" && action !== "block")
		.map(({ part, type, action }) => ({ ...part, type, action, literal: undefined }));
	const literals = findPlaceholders(text)
		.filter((literal) => !touchesAny(hidden, literal))
		.map((literal) => ({ ...literal, action: "mask" as const, literal }));
	return [...hidden, ...literals]
		.toSorted((a, b) => a.start - b.start)
		.flatMap(({ start, end, type, action, literal }) => {
			const value = text.slice(start, end);
			const own = place.isIdentifier ? "hash" : action;
			const replacement =
				literal === undefined
					? markOf({ type, value, action: own }, marks)
					: spelt(marks.vault.keep(literal.placeholder, type), literal.spelling);
			return replacement === value ? [] : [{ start, end, value, type, replacement }];
		});
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
