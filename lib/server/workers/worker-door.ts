import type { RequestListener, ServerResponse } from "node:http";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { clientIpReader } from "../http/client-ip.ts";
import { createGatewayDoor, refuse, toListener } from "../http/front-door.ts";
import { commonHeaders } from "../http/security-headers.ts";
import type { Runtime } from "../runtime.ts";
import { createConsoleRelay } from "./console-relay.ts";

/**
 * What a worker does with a request: the gateway's own are answered here, all others go to the primary,
 * whose front door decides about them. Without a socket there is no console.
 */
export function createWorkerDoor(
	runtime: Runtime,
	consoleSocket: string | undefined,
): RequestListener {
	const { environment, log } = runtime;
	const ipOf = clientIpReader(environment.trustedProxies);
	const answerGateway = createGatewayDoor(runtime, ipOf);
	const relay =
		consoleSocket === undefined
			? undefined
			: createConsoleRelay({ socketPath: consoleSocket, ipOf });
	return toListener(async (request, response) => {
		if (await answerGateway(request, response)) return;
		if (relay === undefined) return turnAway(response, new GatewayError("route.unknown_path"));
		await relay(request, response).catch((cause: unknown) => {
			if (response.headersSent) response.destroy();
			// The caller has hung up, and that is why.
			if (response.destroyed) return;
			log.warn("The console could not be reached.", { error: cause });
			turnAway(response, new GatewayError("internal.unavailable", { cause }));
		});
	}, log);
}

function turnAway(response: ServerResponse, error: GatewayError): void {
	for (const name in commonHeaders) response.setHeader(name, commonHeaders[name] ?? "");
	refuse(response, error);
}
