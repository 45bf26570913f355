import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { clientAddressHeader } from "../auth/client-address.ts";
import type { EdgeGate } from "../auth/edge-gate.ts";
import { createConsoleDoor, toListener } from "../http/front-door.ts";
import type { Runtime } from "../runtime.ts";

interface Behind {
	readonly runtime: Runtime;
	readonly edgeGate: EdgeGate;
}

/**
 * The console behind the workers' socket. Only workers can connect there, so the address that they
 * name is the caller's.
 */
export function createPrimaryDoor(
	{ runtime, edgeGate }: Behind,
	console_: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): RequestListener {
	const ipOf = ({ headers }: IncomingMessage) => String(headers[clientAddressHeader] ?? "unknown");
	return toListener(createConsoleDoor({ edgeGate, ipOf }, console_), runtime.log);
}
