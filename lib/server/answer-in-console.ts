import type { Gateway } from "../../proxy-core/gateway.ts";
import { webExchange } from "../../proxy-core/http/web-exchange.ts";

/** A chat completion in the name of a signed-in person; the gateway answers whatever becomes of it. */
export function answerInConsole(
	gateway: Gateway,
	request: Request,
	call: { readonly userId: string; readonly ip: string },
): Promise<Response> {
	const { exchange, response } = webExchange(request, {
		path: "/v1/chat/completions",
		ip: call.ip,
		consoleUser: { userId: call.userId },
	});
	void gateway.handle(exchange);
	return response;
}
