import type { IncomingMessage } from "node:http";
import { allEdgeHeaders } from "../../../proxy-core/contract/edge-headers.ts";

/** Removes what only a trusted edge may say about a connection; anybody else would be believed otherwise. */
export function forgetEdgeClaims({ headers }: Pick<IncomingMessage, "headers">): void {
	for (const name of allEdgeHeaders) {
		if (headers[name] !== undefined) delete headers[name];
	}
}
