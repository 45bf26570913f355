import { isUtf8 } from "node:buffer";
import { GatewayError } from "../errors/gateway-error.ts";
import type { FormRead } from "../operations/read-form.ts";
import { readForm } from "../operations/read-form.ts";
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

/** The same for a form, which is taken apart here: the firewall reads its texts, not its files' bytes. */
export function readFormBody(
	fileFields: readonly string[],
): Stage<Received & Identified, FormRead> {
	return {
		name: "read",
		run: async ({ exchange: { incoming }, snapshot }) => {
			const body = await incoming.readBody(snapshot.settings.limits.bodyBytesMax);
			const contentType = incoming.headers["content-type"] ?? "";
			const form = await readForm({ body, contentType, fileFields });
			return { body, formText: form.text, form };
		},
	};
}
