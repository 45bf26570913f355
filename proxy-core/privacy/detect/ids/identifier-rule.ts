import type { PersonalDataType } from "../../../contract/personal-data.ts";

/** A number or code that is recognised by how long its groups are, its form, its checksum and words around it. */
export interface IdentifierRule {
	readonly type: PersonalDataType;
	/** Lengths of the groups it is written in: `9` in one piece, `3-2-4` with separators. */
	readonly groups: readonly string[];
	/** What may stand between groups; a space and a hyphen when absent. */
	readonly separators?: string;
	/** Of the whole value in capitals, without separators; digits only when absent. */
	readonly pattern?: RegExp;
	/** Sees the value in capitals without separators. */
	readonly check?: (compact: string) => boolean;
	/** In lower case. One of them nearby makes a weak form certain. */
	readonly context: readonly string[];
	/** 0 to 1, without a word of its context nearby; written in groups; alone in its text. Below 0.5 it is left. */
	readonly bare: number;
	readonly grouped?: number;
	readonly alone?: number;
}
