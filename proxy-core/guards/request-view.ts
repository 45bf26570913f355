import type { Caller, Identified, Parsed, Received } from "../pipeline/context.ts";
import type { RequestView } from "./define-guard.ts";
import type { GuardServices } from "./guard-services.ts";

/** What guards may know of a request. */
export function createRequestView(
	{ requestId, endpoint, request, caller, exchange }: Received & Identified & Parsed,
	services: GuardServices,
): RequestView {
	const { headers, signal } = exchange.incoming;
	return {
		requestId,
		endpoint,
		model: request.model,
		keyId: caller.kind === "key" ? caller.keyId : undefined,
		teamId: caller.kind === "key" ? caller.teamId : null,
		tenant: tenantOf(caller),
		segments: request.segments,
		header: (name) => headers[name],
		signal,
		services,
	};
}

/** Whose data a caller's requests hold: its team's, its own when it has none, or a console user's. */
export function tenantOf(caller: Caller): string {
	if (caller.kind === "console") return `user:${caller.userId}`;
	return caller.teamId === null ? `key:${caller.keyId}` : `team:${caller.teamId}`;
}
