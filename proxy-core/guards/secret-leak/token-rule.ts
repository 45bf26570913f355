import type { Severity } from "../../contract/threats.ts";

/** A kind of credential that gives itself away by how it starts. */
export interface TokenRule {
	/** Stable: shown to operators, stored in the ledger. */
	readonly id: string;
	readonly title: string;
	/** `high` when absent. */
	readonly severity?: Severity;
	/** Literal starts, each at least two characters. Public knowledge, so they may be shown. */
	readonly heads: readonly [string, ...string[]];
	/**
	 * What follows in a whole credential, as the source of a linear regular expression. Together with
	 * the head at least sixteen characters, none of them a space.
	 */
	readonly body: string;
	/** The last six characters are the CRC-32 of what stands between head and them, in base 62. */
	readonly checksum?: "crc32-base62";
}

/** A kind of credential that is only known by its shape and the name it is given. */
export interface NamedRule {
	readonly id: string;
	readonly title: string;
	readonly severity?: Severity;
	/** Parts of names, lower case without separators: `sumologic` stands for `SUMO_LOGIC_ACCESS_KEY` too. */
	readonly names: readonly [string, ...string[]];
	/** Names that announce it although they end in `id` or hold no word such as `key` or `token`. */
	readonly isNameEnough?: true;
	/** The whole value, as the source of a linear regular expression; letters in either case. */
	readonly value: string;
}

/** Character classes of token bodies. */
export const alphanumeric = "[A-Za-z0-9]";
export const urlSafe = "[A-Za-z0-9_\\-]";
export const base64 = "[A-Za-z0-9+/=]";
export const hex = "[0-9a-f]";
/** Neither letter nor digit follows: for tokens of one exact length. */
export const ends = "(?![A-Za-z0-9])";
