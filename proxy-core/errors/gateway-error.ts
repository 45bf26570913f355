import type { ErrorCode } from "../contract/errors.ts";
import { errorCatalogue } from "../contract/errors.ts";

const brand = Symbol.for("llmproxy.GatewayError");

/** What else the caller is told. Everything here is sent out: no secrets, no upstream internals. */
export interface ErrorDetail {
	/** Replaces the catalogue's title. */
	readonly message?: string;
	/** The request field at fault, as a path such as `messages[2].content`. */
	readonly param?: string;
	/** Overrides the catalogue's status: an upstream's own 4xx or 5xx is passed on. */
	readonly status?: number;
	readonly retryAfterMs?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** The rule that matched, for refusals by policy. */
	readonly rule?: string;
	readonly cause?: unknown;
}

/** The one error of the project. Its code decides status, wire code and whether a retry may help. */
export class GatewayError<Code extends ErrorCode = ErrorCode> extends Error {
	readonly [brand] = true;
	override readonly name = "GatewayError";
	readonly code: Code;
	readonly detail: ErrorDetail;

	constructor(code: Code, detail: ErrorDetail = {}) {
		super(detail.message ?? errorCatalogue[code].title, { cause: detail.cause });
		this.code = code;
		this.detail = detail;
	}

	get status(): number {
		return this.detail.status ?? errorCatalogue[this.code].status;
	}

	/** `instanceof` is wrong here: Next's bundle holds a second copy of this class. */
	static is(value: unknown): value is GatewayError {
		return typeof value === "object" && value !== null && brand in value;
	}
}
