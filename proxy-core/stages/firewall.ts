import { GatewayError } from "../errors/gateway-error.ts";
import { signatures } from "../firewall/registry.ts";
import type { Read, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";

/** Byte-level signatures; an instant refusal, before any parsing or model cost. */
export const firewall: Stage<Received & Read, object> = {
	name: "firewall",
	run: ({ body, formText = body, trace, requestId }) => {
		const bytes = Buffer.from(formText.buffer, formText.byteOffset, formText.byteLength);
		for (const signature of signatures) {
			const at = signature.find(bytes);
			if (at === -1) continue;
			trace.decided("block", [
				{
					guard: "firewall",
					rule: signature.id,
					action: "block",
					source: "body",
					start: at,
					end: at,
					score: 1,
				},
			]);
			throw new GatewayError("guard.blocked", {
				message: `Blocked: ${signature.title.toLowerCase()} (rule ${signature.id}, incident ${requestId}).`,
				rule: signature.id,
			});
		}
		return {};
	},
};
