import { identityHeaders } from "../http/answer-headers.ts";
import { sendError } from "../http/send-error.ts";
import type { Identified, Received, Responded } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { Meter } from "../ports.ts";

/** `GET /metrics` in Prometheus' text format. */
export function renderMetrics(meter: Meter): Stage<Received & Identified, Responded> {
	return {
		name: "respond",
		run: async (context) => {
			const body = await meter.render();
			const { outgoing } = context.exchange;
			return {
				status: 200,
				bytesLeft: Buffer.byteLength(body),
				finish: () => {
					outgoing.begin(200, {
						"content-type": meter.contentType,
						...identityHeaders(context.requestId),
					});
					outgoing.end(body);
				},
				fail: (error) => sendError(context, error),
			};
		},
	};
}
