import type { Dispatcher } from "undici";
import { boundedFetch } from "../egress/bounded-fetch.ts";
import type { ConnectorHttp } from "../providers/define-provider.ts";

const timeoutMs = 15_000;
const bodyBytesMax = 256 * 1024;

/** How a connector fetches a credential: bounded, and through the dispatcher, which checks every address. */
export function connectorHttp(dispatcher: Dispatcher): ConnectorHttp {
	// Addresses are judged where they are dialled, each redirect too; there is nothing to add before.
	const reach = { dispatcher, checkUrl: () => undefined };
	return {
		post: async (url, { headers, body }) => {
			const answer = await boundedFetch(reach, {
				url,
				method: "POST",
				headers,
				body,
				timeoutMs,
				bodyBytesMax,
			});
			return { status: answer.status, body: answer.body };
		},
	};
}
