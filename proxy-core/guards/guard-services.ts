import type { EgressAnswer, EgressRequest } from "../egress/bounded-fetch.ts";
import type { TextClassifier } from "../shield/text-classifier.ts";

/** What guards may ask of the world. */
export interface GuardServices {
	/** One bounded request through the way out that checks addresses. */
	readonly fetch: (request: EgressRequest) => Promise<EgressAnswer>;
	/** Asks a model of this installation (`provider/model`). Throws a GatewayError when it does not answer. */
	readonly askModel: (question: ModelQuestion) => Promise<string>;
	/**
	 * A digest that only this installation can make: HMAC-SHA256 as 64 hexadecimal digits. The same
	 * text has another one for every purpose and tenant.
	 */
	readonly keyedDigest: (purpose: string, tenant: string, text: string) => string;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Absent where none is configured. */
	readonly classifier?: TextClassifier;
}

export interface ModelQuestion {
	/** `provider/model`. */
	readonly model: string;
	readonly system: string;
	readonly text: string;
	readonly outputTokensMax: number;
	readonly timeoutMs: number;
	readonly signal: AbortSignal;
}
