import { GatewayError } from "../../errors/gateway-error.ts";

/** `request.unsupported`: only Google's own API can do what `param` asks for. */
export function foreign(param: string, what: string): GatewayError {
	return new GatewayError("request.unsupported", {
		param,
		message: `${what} cannot be sent to the chosen model; only a provider that speaks Gemini's API takes it.`,
	});
}
