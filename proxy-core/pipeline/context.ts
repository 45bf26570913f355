import type { ChatEvent, Dialect, Usage } from "../contract/chat.ts";
import type { EndpointId } from "../contract/settled-record.ts";
import type { TextSegment } from "../contract/verdict.ts";
import type { GatewayError } from "../errors/gateway-error.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Snapshot, Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import type { Trace } from "./trace.ts";

/** One interface per fact; a stage's type says which facts it needs and which one it adds. */

/** Known from the head alone. */
export interface Received {
	readonly requestId: string;
	/** Epoch milliseconds. */
	readonly receivedAt: number;
	readonly endpoint: EndpointId;
	readonly dialect: Dialect;
	readonly exchange: Exchange;
	readonly snapshot: Snapshot;
	readonly trace: Trace;
}

export type Caller =
	| {
			readonly kind: "key";
			readonly keyId: string;
			readonly ownerId: string | null;
			readonly teamId: string | null;
			readonly allowedModels: readonly string[];
			readonly allowedEndpoints: readonly EndpointId[];
			readonly requestsPerMinute: number | null;
	  }
	| { readonly kind: "console"; readonly userId: string };

export interface Identified {
	readonly caller: Caller;
}

export interface Read {
	/** The body as it came, valid UTF-8. */
	readonly body: Uint8Array;
}

/** The body, understood as far as the gateway has to; what it does not know stays as it was. */
export interface Parsed {
	readonly request: {
		readonly model: string;
		readonly isStreaming: boolean;
		readonly wantsUsage: boolean;
		readonly text: string;
		readonly json: Readonly<Record<string, unknown>>;
		/** Every text of the conversation, extracted once. */
		readonly segments: readonly TextSegment[];
	};
}

export interface Authorised {
	/** Targets with the requested name that the caller may use, never empty. */
	readonly candidates: readonly Target[];
}

/** The request after request guards edited it; the same object as parsed when nobody did. */
export interface Shielded {
	readonly cleared: Pick<Parsed["request"], "text" | "json">;
}

export interface RateLimit {
	/** Requests a minute. */
	readonly limit: number;
	readonly remaining: number;
	readonly resetMs: number;
}

export interface Limited {
	/** Absent when no limit applies. */
	readonly rateLimit: RateLimit | undefined;
}

export interface Routed {
	/** In the order in which they are tried. */
	readonly targets: readonly Target[];
}

/** What has been learned from the answer so far; grows while frames pass. */
export interface Tally {
	usage: Usage | undefined;
	/** Characters of text that came from the provider, for an estimate when it gave no usage. */
	answerCharacters: number;
	readonly ends: Extract<ChatEvent, { type: "end" }>[];
	/** Milliseconds after the head arrived. */
	firstByteMs: number | undefined;
}

export interface Dispatched {
	readonly target: Target;
	readonly answer: FrameSource;
	readonly tally: Tally;
}

export interface Judged {
	readonly judged: FrameSource;
}

export interface Responded {
	readonly status: number;
	/** Bytes that `finish` will send. */
	readonly bytesLeft: number;
	/** Set when a guard cut the answer off after it had begun. */
	readonly cutBy?: GatewayError;
	/** Sends what is left of the answer, its last byte included. Called after the request was recorded. */
	readonly finish: () => void;
	/** Ends the answer as failed instead, because it could not be recorded. */
	readonly fail: (error: unknown) => void;
}
