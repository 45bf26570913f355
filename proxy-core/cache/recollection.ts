/** Under which name, and how long, a request's answer may be shared. */
export interface Recollection {
	readonly key: string;
	/** A kept answer, or the same request under way, may be used. */
	readonly mayRead: boolean;
	/** 0: the answer is not kept, only shared while it is under way. */
	readonly ttlMs: number;
	/** The caller sent an Idempotency-Key: the answer is the one it got before. */
	readonly isIdempotent: boolean;
	/** What is asked, and all that is around it; undefined where only the same request counts as the same. */
	readonly question?: { readonly text: string; readonly partition: string };
}
