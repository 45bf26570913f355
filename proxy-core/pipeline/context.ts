import type { Recollection } from "../cache/recollection.ts";
import type { ChatEvent, Usage } from "../contract/chat.ts";
import type { CacheOutcome, EndpointId } from "../contract/settled-record.ts";
import type { TextSegment } from "../contract/verdict.ts";
import type { CallerDialect } from "../dialects/define-dialect.ts";
import type { RequestView } from "../guards/define-guard.ts";
import type { Exchange } from "../http/exchange.ts";
import type { BodyLimits } from "../limits/body-limits.ts";
import type { PlacedDatum } from "../privacy/mask-request.ts";
import type { Vault } from "../privacy/vault.ts";
import type { RequestFile } from "../providers/define-provider.ts";
import type { RequestSize } from "../quotas/request-size.ts";
import type { Reservation } from "../quotas/reservation.ts";
import type { RoutePlan } from "../routing/route.ts";
import type { Snapshot, Target } from "../snapshot.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import type { Actor } from "../threat-ledger/actors.ts";
import type { Labels } from "../threat-ledger/read-labels.ts";
import type { Trace } from "./trace.ts";

/** One interface per fact; a stage's type says which facts it needs and which one it adds. */

/** Known from the head alone. */
export interface Received {
	readonly requestId: string;
	/** Epoch milliseconds. */
	readonly receivedAt: number;
	readonly endpoint: EndpointId;
	/** How the caller speaks: its request, its answer, its errors. */
	readonly dialect: CallerDialect;
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
			/** Limits on bodies in place of the settings'. */
			readonly teamLimits?: Partial<BodyLimits>;
			readonly allowedModels: readonly string[];
			readonly allowedEndpoints: readonly EndpointId[];
			readonly requestsPerMinute: number | null;
	  }
	| { readonly kind: "console"; readonly userId: string };

export interface Identified {
	readonly caller: Caller;
}

/** Whom the threat ledger holds this request against, and what a trusted edge says of the connection. */
export interface Watched {
	readonly actors: readonly Actor[];
	readonly labels: Labels;
	/** Of the TLS handshake. */
	readonly fingerprint: string | undefined;
	/** ISO 3166. */
	readonly country: string | undefined;
	/** How suspicious the edge finds the connection, 0 to 1. */
	readonly edgeScore: number;
}

export interface Read {
	/** The body as it came; valid UTF-8 unless it is a form. */
	readonly body: Uint8Array;
	/** Of a form: everything but the contents of its files, whose bytes mean nothing as text. */
	readonly formText?: Uint8Array;
}

/** The body, understood as far as the gateway has to; what it does not know stays as it was. */
export interface Parsed {
	readonly request: RequestFacts & {
		/** The body's JSON text; of a multipart body, its text fields as JSON. */
		readonly text: string;
		readonly json: Readonly<Record<string, unknown>>;
		readonly files: readonly RequestFile[];
	};
}

/** What the gateway has to know of a request, whatever its dialect. */
export interface RequestFacts {
	readonly model: string;
	readonly isStreaming: boolean;
	readonly wantsUsage: boolean;
	/** Undefined: the caller set no limit. */
	readonly outputTokensMax: number | undefined;
	/** How many alternative answers are asked for. */
	readonly choices: number;
	/** Every text of the conversation, extracted once. */
	readonly segments: readonly TextSegment[];
	/**
	 * Beside the tokens of `segments`: what the request uses at most. `inputTokens` are those of input
	 * that is no text (token arrays, sound, images). Budgets reserve it; see `unitBounds` in operations/.
	 */
	readonly units?: RequestUnits;
}

export type RequestUnits = Partial<
	Pick<Usage, "inputTokens" | "images" | "imageVariant" | "audioMs" | "characters" | "searches">
>;

export interface Authorised {
	/** What the requested name stands for, as far as the caller may use it. */
	readonly plan: RoutePlan;
}

/** The request after request guards edited it; the same object as parsed when nobody did. */
export interface Shielded {
	/** What guards of this request, and of its answer, may know of it. */
	readonly view: RequestView;
	/** How suspicious each segment is; empty when no guard says. */
	readonly risks: readonly number[];
	readonly cleared: Pick<Parsed["request"], "text" | "json">;
}

/** The request as a provider may see it; the same object as cleared when nothing was masked. */
export interface Masked {
	readonly masked: Shielded["cleared"];
	/** What was masked, for restoring it in this request's answer. */
	readonly vault: Vault;
	/** Where personal data stands, in the texts as they were sent. */
	readonly found: readonly PlacedDatum[];
}

export interface RateLimit {
	/** In a window, usually a minute. */
	readonly limit: number;
	readonly remaining: number;
	readonly resetMs: number;
}

export interface Rated {
	/** The tightest limit on requests of those whom the head names; absent when none applies. */
	readonly senderLimit: RateLimit | undefined;
	/** The request itself, in every limit that counts it by its head. */
	readonly counted: Reservation;
}

export interface Limited {
	/** The tightest limit on requests; absent when none applies. */
	readonly rateLimit: RateLimit | undefined;
	/** The tightest limit on tokens; absent when none applies. */
	readonly tokenLimit: RateLimit | undefined;
	/** What was set aside for this request in every limit that counts it. */
	readonly reservation: Reservation;
	/** What the request puts in at most; undefined when no limit counts tokens. */
	readonly size: RequestSize | undefined;
}

export interface Budgeted {
	/** What was set aside for this request in every budget that counts it. */
	readonly spending: Reservation;
	/** The plan that is followed: another one when a budget asked for a cheaper model. */
	readonly affordable: RoutePlan;
	/** Output tokens beyond which a budget could be overspent; the provider is told. */
	readonly outputTokensCap: number | undefined;
}

export interface Routed {
	/** The plan's choices in the order in which they are tried. */
	readonly targets: readonly Target[];
}

export interface Recalled {
	/** How this request's answer may be shared with others; undefined when it may not. */
	readonly recollection: Recollection | undefined;
}

export interface Remembered {
	/** Null when no cache was asked. */
	readonly cache: CacheOutcome | null;
}

/** What has been learned from the answer so far; grows while frames pass. */
export interface Tally {
	usage: Usage | undefined;
	/** Characters of text that came from the provider, for an estimate when it gave no usage. */
	answerCharacters: number;
	readonly ends: Extract<ChatEvent, { type: "end" }>[];
	/** Micro-dollars spent on the way, whoever pays for the answer itself. */
	sideCostMicroUsd: number;
	/** Milliseconds after the head arrived. */
	firstByteMs: number | undefined;
}

export interface Dispatched {
	readonly target: Target;
	readonly answer: FrameSource;
	readonly tally: Tally;
	/** Fields that the target's API has no place for and without which an answer is right too. */
	readonly omitted: readonly string[];
	/** Nobody pays for what another request, or an earlier one, has already paid for. */
	readonly isPaid: () => boolean;
}

export interface Judged {
	readonly judged: FrameSource;
}

export interface Responded {
	readonly status: number;
	/** Bytes that `finish` will send. */
	readonly bytesLeft: number;
	/** Why the answer ended early after it had begun: a guard, the provider, or the caller hung up. */
	readonly cutBy?: unknown;
	/** Sends what is left of the answer, its last byte included. Called after the request was recorded. */
	readonly finish: () => void;
	/** Ends the answer as failed instead, because it could not be recorded. */
	readonly fail: (error: unknown) => void;
}
