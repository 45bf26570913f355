/** A request as it comes from a socket or from the console, before anything is believed. */
export interface Incoming {
	readonly method: string;
	/** Without query. */
	readonly path: string;
	/** What follows the question mark; absent when there is none. */
	readonly query?: string;
	/** Lower-case names; repeated headers joined by a comma. */
	readonly headers: Readonly<Record<string, string | undefined>>;
	/** The caller's address; behind a trusted proxy, the one that proxy names. */
	readonly ip: string;
	/** Aborted when the caller hangs up. */
	readonly signal: AbortSignal;
	/** Reads the whole body once. Throws `request.too_large`, `request.incomplete`, `request.timeout`. */
	readonly readBody: (bytesMax: number) => Promise<Uint8Array>;
	/** Set when the console itself calls for a signed-in person; never from the network. */
	readonly consoleUser?: { readonly userId: string };
}

/** Where the answer goes. */
export interface Outgoing {
	readonly begin: (status: number, headers: Readonly<Record<string, string>>) => void;
	/** Resolves once the reader can take more; `undefined` when it can already. */
	readonly write: (data: string | Uint8Array) => Promise<void> | undefined;
	/** `trailers` follow the body; the head must have named them in `trailer`. */
	readonly end: (data?: string | Uint8Array, trailers?: Readonly<Record<string, string>>) => void;
	/** Breaks the answer off, so that nobody takes what was sent for all of it. */
	readonly abort: () => void;
	readonly hasBegun: () => boolean;
	readonly bytesSent: () => number;
}

export interface Exchange {
	readonly incoming: Incoming;
	readonly outgoing: Outgoing;
}
