import type { PersonalDataType } from "../../contract/personal-data.ts";
import { personalDataTypes } from "../../contract/personal-data.ts";
import type { SegmentSource } from "../../contract/verdict.ts";
import { findAddresses } from "./find-addresses.ts";
import { findDates } from "./find-dates.ts";
import { findCards, findCrypto, findIbans, findSwiftCodes } from "./find-finance.ts";
import { findIdentifiers, indexIdentifiers } from "./find-identifiers.ts";
import { findNetworkAddresses } from "./find-network.ts";
import { findPhones } from "./find-phones.ts";
import { findAges, findRecords } from "./find-records.ts";
import { findEmails, findUrls } from "./find-web.ts";
import { identifierRules } from "./ids/identifier-rules.ts";
import { hashWord } from "./lexicon/hash-word.ts";
import { readLexicon } from "./lexicon/lexicon.ts";
import { wordKind } from "./lexicon/word-kinds.ts";
import { createNameFinder } from "./names/find-names.ts";
import { readNameWeights } from "./names/name-model.ts";
import type { PersonalDatum } from "./personal-datum.ts";
import type { Tokens } from "./read-tokens.ts";
import { createTokens, readTokens } from "./read-tokens.ts";
import { resolveOverlaps } from "./resolve-overlaps.ts";

export type { PersonalDatum } from "./personal-datum.ts";

export interface PersonalDataFinder {
	/** Sorted by place, not overlapping. Never throws. */
	readonly find: (text: string, source?: SegmentSource) => readonly PersonalDatum[];
}

type Recogniser = (tokens: Tokens, found: PersonalDatum[]) => void;

/** What each looks for, in the order of their running. */
const recognisers: readonly (readonly [types: readonly PersonalDataType[], find: Recogniser])[] = [
	[["EMAIL_ADDRESS"], findEmails],
	[["URL"], findUrls],
	[["IP_ADDRESS", "MAC_ADDRESS"], findNetworkAddresses],
	[["CREDIT_CARD"], findCards],
	[["IBAN_CODE"], findIbans],
	[["CRYPTO"], findCrypto],
	[["SWIFT_CODE"], findSwiftCodes],
	[["PHONE_NUMBER"], findPhones],
	[["DATE_TIME"], findDates],
	[["MEDICAL_RECORD"], findRecords],
	[["AGE"], findAges],
	[["ADDRESS", "LOCATION"], findAddresses],
];

const lexicon = readLexicon();
const nameWeights = readNameWeights();
const nameTypes: readonly PersonalDataType[] = [
	"PERSON",
	"LOCATION",
	"ORGANIZATION",
	"ADDRESS",
	"NRP",
	"TITLE",
];

/**
 * Whether a word stands in ordinary texts and is nobody's first name. Of up to three letters only
 * articles, prepositions and their like: shorter ones are beginnings of anything.
 */
export function isOrdinaryWord(word: string): boolean {
	const kinds = lexicon.find(hashWord(word));
	if ((kinds & wordKind.firstName) !== 0) return false;
	return (kinds & (word.length > 3 ? wordKind.common | wordKind.grammar : wordKind.grammar)) !== 0;
}

/** Looks for the given types; `countries` (ISO 3166) narrows the national ones, all when absent. */
export function createPersonalDataFinder(options: {
	readonly types: ReadonlySet<PersonalDataType>;
	readonly countries?: readonly string[];
}): PersonalDataFinder {
	const types = narrow(options.types, options.countries);
	const index = indexIdentifiers(identifierRules, types);
	const running = recognisers.filter(([looked]) => looked.some((type) => types.has(type)));
	const findNames = createNameFinder(lexicon, nameWeights);
	const looksForNames = nameTypes.some((type) => types.has(type));
	const tokens = createTokens();
	return {
		find(text) {
			readTokens(tokens, text, lexicon);
			const found: PersonalDatum[] = [];
			for (const [, recognise] of running) recognise(tokens, found);
			if (tokens.numbers.length > 0) findIdentifiers(tokens, index, found);
			if (looksForNames) findNames(tokens, found);
			return resolveOverlaps(found).filter(({ type }) => types.has(type));
		},
	};
}

function narrow(
	types: ReadonlySet<PersonalDataType>,
	countries: readonly string[] | undefined,
): ReadonlySet<PersonalDataType> {
	if (countries === undefined) return types;
	const allowed = new Set(countries);
	return new Set(
		personalDataTypes
			.filter(
				(entry) => types.has(entry.id) && (!("country" in entry) || allowed.has(entry.country)),
			)
			.map(({ id }) => id),
	);
}
