import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PersonalDataType } from "../../proxy-core/contract/personal-data.ts";
import { personalDataTypes } from "../../proxy-core/contract/personal-data.ts";

/** A span that somebody marked. Offsets are UTF-16 code units. */
export interface MarkedSpan {
	/** As the data set spells it, LOCATION and ADDRESS as one. */
	readonly type: string;
	readonly start: number;
	readonly end: number;
}

export interface MarkedText {
	readonly id: string;
	readonly text: string;
	readonly spans: readonly MarkedSpan[];
	readonly lang: string;
	readonly source: string;
	/** The only types that were marked; undefined when all were. */
	readonly marked: ReadonlySet<string> | undefined;
}

/** `pii.jsonl` of a folder; throws when a line is not what the format says. */
export function readMarkedTexts(folder: string): readonly MarkedText[] {
	return readFileSync(join(folder, "pii.jsonl"), "utf8")
		.split("\n")
		.filter((line) => line.trim() !== "")
		.map((line, index) => readLine(JSON.parse(line), index + 1));
}

interface Line {
	readonly id: string;
	readonly text: string;
	readonly entities: readonly MarkedSpan[];
	readonly lang: string;
	readonly source: string;
	readonly annotated_types?: readonly string[];
}

function readLine(line: Line, number: number): MarkedText {
	if (typeof line.text !== "string" || !Array.isArray(line.entities)) {
		throw new Error(`pii.jsonl:${number}: "text" or "entities" is missing.`);
	}
	const unitOf = unitsByCodePoint(line.text);
	const marked = line.annotated_types;
	return {
		id: line.id,
		text: line.text,
		lang: line.lang,
		source: line.source,
		spans: line.entities.map(({ type, start, end }) => ({
			type: familyOf(type),
			start: unitOf(start),
			end: unitOf(end),
		})),
		marked: marked === undefined ? undefined : new Set(marked.map(familyOf)),
	};
}

function unitsByCodePoint(text: string): (at: number) => number {
	const units: number[] = [];
	let at = 0;
	for (const character of text) {
		units.push(at);
		at += character.length;
	}
	return (index) => units[index] ?? at;
}

/** Ours to the data sets' names, where they differ. */
const familyOfOurs: Partial<Record<PersonalDataType, string>> = {
	EMAIL_ADDRESS: "EMAIL",
	PHONE_NUMBER: "PHONE",
	US_SSN: "SSN",
	IBAN_CODE: "IBAN",
	IP_ADDRESS: "IP",
	ADDRESS: "LOCATION",
	ORGANIZATION: "ORG",
	DATE_TIME: "DATE",
	SWIFT_CODE: "SWIFT",
	MEDICAL_RECORD: "MEDICAL_ID",
	US_NPI: "MEDICAL_ID",
	US_MBI: "MEDICAL_ID",
	US_DRIVER_LICENSE: "DRIVER_LICENSE",
};

/** Names that several data sets give to what one of ours covers. */
const aliases: Readonly<Record<string, string>> = {
	ORGANIZATION: "ORG",
	DATE_TIME: "DATE",
	EMAIL_ADDRESS: "EMAIL",
	PHONE_NUMBER: "PHONE",
	TR_PHONE_NUMBER: "PHONE",
	PH_MOBILE_NUMBER: "PHONE",
	IP_ADDRESS: "IP",
	IBAN_CODE: "IBAN",
	US_SSN: "SSN",
	ADDRESS: "LOCATION",
	US_DRIVER_LICENSE: "DRIVER_LICENSE",
	US_NPI: "MEDICAL_ID",
	US_MBI: "MEDICAL_ID",
	CA_SOCIAL_INSURANCE: "CA_SIN",
	FI_HETU: "FI_PERSONAL_IDENTITY_CODE",
	SG_NRIC: "SG_NRIC_FIN",
	SG_FIN: "SG_NRIC_FIN",
	ES_DNI: "ES_NIF",
	US_ABA_ROUTING: "ABA_ROUTING_NUMBER",
	DE_VAT_ID: "VAT_NUMBER",
	DE_VAT_CODE: "VAT_NUMBER",
	EU_VAT: "VAT_NUMBER",
	VAT: "VAT_NUMBER",
	BR_CPF_NUMBER: "BR_CPF",
};

/** The name that a type is counted under. */
export function familyOf(type: string): string {
	return aliases[type] ?? type;
}

export function familyOfOwn(type: string): string {
	const named: Readonly<Record<string, string | undefined>> = familyOfOurs;
	return named[type] ?? type;
}

/** Any of these satisfies a span that only says it is some national number. */
export const nationalFamilies: ReadonlySet<string> = new Set(
	personalDataTypes.filter(({ group }) => group === "country").map(({ id }) => familyOfOwn(id)),
);
