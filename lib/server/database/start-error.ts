const brand = Symbol.for("llmproxy.StartError");

/**
 * An expected reason why the server cannot start. The message is written for the operator and is
 * printed alone, without a stack. It never reaches a caller, so it is not in the error catalogue.
 */
export class StartError extends Error {
	readonly [brand] = true;
	override readonly name = "StartError";

	/** `instanceof` is wrong here: the server and Next's bundle hold two copies of this class. */
	static is(value: unknown): value is StartError {
		return typeof value === "object" && value !== null && brand in value;
	}
}
