import type { ChatCall, ChatEvent, Dialect, Frame } from "../contract/chat.ts";
import type { DescribedError } from "../errors/to-wire.ts";
import type { RequestFacts } from "../pipeline/context.ts";
import type { JsonEdit } from "../text/json-splice.ts";

type Json = Readonly<Record<string, unknown>>;

/** What every chunk and answer of one request says about itself. */
export interface AnswerIdentity {
	readonly requestId: string;
	/** The provider's own name of the model. */
	readonly model: string;
	readonly createdAtSeconds: number;
}

/** One streamed answer on its way to the caller. Holds its state. */
export interface StreamEncoder {
	/** Frames as server-sent events. */
	readonly encode: (frames: readonly Frame[]) => string;
	/** Ends what has begun as filtered; `end` follows. */
	readonly cut: () => string;
	/** The closing events of a complete answer. */
	readonly end: () => string;
	/** The last event of an answer that broke after it had begun. */
	readonly fail: (error: DescribedError) => string;
}

export interface StreamEncoderOptions {
	readonly identity: AnswerIdentity;
	readonly wantsUsage: boolean;
	/** The request's JSON: some dialects repeat it in their answers. */
	readonly request: Json;
}

/** How a family of callers speaks. Pure; one object per dialect. */
export interface CallerDialect {
	readonly id: Dialect;
	/**
	 * Checks what the gateway itself relies on and extracts every text. Everything else is the
	 * provider's to judge, so that new fields work on the day they appear. Throws `request.invalid`.
	 */
	readonly readRequest: (json: Json) => RequestFacts;
	/**
	 * The canonical form. Strict: throws `request.invalid` or `request.unsupported` with the field's
	 * path. `text` is the JSON text of `json`, for numbers that a double cannot hold.
	 */
	readonly toChatCall: (json: Json, text?: string) => ChatCall;
	/** Lower-case names of request headers that go on to upstreams of the same dialect. */
	readonly passingHeaders?: readonly string[];
	/** The edit that limits how much the model may say, in a body of this dialect. */
	readonly capOutput: (json: Json, outputTokensMax: number) => JsonEdit;
	/** What else must change for a body to be valid under that limit; nothing when absent. */
	readonly capThinking?: (json: Json, outputTokensMax: number) => JsonEdit | undefined;
	readonly encodeAnswer: (
		events: readonly ChatEvent[],
		options: Pick<StreamEncoderOptions, "identity" | "request">,
	) => string;
	readonly createStreamEncoder: (options: StreamEncoderOptions) => StreamEncoder;
	/** The body of an error answer, JSON text. */
	readonly encodeError: (error: DescribedError) => string;
	/** Its clients may send their key in the query, as `key`. */
	readonly keyInQuery?: true;
	/**
	 * How streamed answers are framed. Absent: server-sent events, with comments between them.
	 * `bare-events` have no comments, for clients that cannot read them.
	 */
	readonly streamForm?: "bare-events" | "json-array";
	/** Present when its callers can ask how many tokens a request has. */
	readonly tokenCount?: {
		/** About how many, for models whose provider cannot say. */
		readonly estimate: (json: Json) => number;
		/** The body of the answer, JSON text. */
		readonly encode: (inputTokens: number) => string;
	};
}
