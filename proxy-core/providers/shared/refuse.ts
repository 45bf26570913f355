import type { ChatCall } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { parseExact } from "../../text/parse-exact.ts";

/** `request.unsupported`: the wire has no way to say what `param` asks for. */
export function unsupported(param: string, message: string): GatewayError {
	return new GatewayError("request.unsupported", { param, message });
}

/** Throws when the call asks for log probabilities or carries a field that the canonical form does not know. */
export function refuseForeign(call: ChatCall, wire: string): void {
	if (call.logprobs || call.topLogprobs)
		throw unsupported("logprobs", `${wire} cannot return log probabilities in this form.`);
	const [param] = Object.keys(call.other);
	if (param !== undefined) throw unsupported(param, `${wire} has no equivalent of \`${param}\`.`);
}

/** A tool call's arguments as the object that most wires want. Throws `request.invalid`. */
export function argumentsObject(text: string, param: string): Readonly<Record<string, unknown>> {
	if (text.trim() === "") return {};
	let value: unknown;
	try {
		value = parseExact(text);
	} catch {
		value = undefined;
	}
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new GatewayError("request.invalid", {
			param,
			message: `\`${param}\` must be a JSON object, because the chosen model takes arguments as one.`,
		});
	return value as Readonly<Record<string, unknown>>;
}

/** One path segment of a URL. Throws `request.invalid` for names that could lead elsewhere. */
export function pathSegment(name: string): string {
	if (!/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,199}$/.test(name))
		throw new GatewayError("request.invalid", {
			param: "model",
			message: "The model's name has characters that cannot stand in its provider's address.",
		});
	return encodeURIComponent(name);
}
