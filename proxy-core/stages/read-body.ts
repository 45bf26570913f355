import { isUtf8 } from "node:buffer";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Identified, Read, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";

/** Only known callers get to here, so a stranger cannot make the gateway hold a large body. */
export const readBody: Stage<Received & Identified, Read> = {
	name: "read",
	run: async ({ exchange, snapshot }) => {
		const body = await exchange.incoming.readBody(snapshot.settings.limits.bodyBytesMax);
		if (!isUtf8(body)) {
			throw new GatewayError("request.malformed_json", { message: "The body is not valid UTF-8." });
		}
		return { body };
	},
};
