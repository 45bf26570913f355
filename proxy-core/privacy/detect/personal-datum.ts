import type { PersonalDataType } from "../../contract/personal-data.ts";

/** A piece of personal data in a text. Offsets are UTF-16 code units, end-exclusive, never inside a code point. */
export interface PersonalDatum {
	readonly type: PersonalDataType;
	readonly start: number;
	readonly end: number;
	/** 0 to 1. */
	readonly score: number;
}
