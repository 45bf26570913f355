/** A byte-level rule over the raw body; runs before anything is parsed. */
export interface Signature {
	/** Stable id that callers and operators see. */
	readonly id: string;
	readonly title: string;
	/** Offset of the first match in bytes, or -1. Linear in the length of `body`. */
	readonly find: (body: Buffer) => number;
}
