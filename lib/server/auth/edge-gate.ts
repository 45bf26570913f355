import type { IncomingMessage } from "node:http";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { unambiguousPath } from "./request-path.ts";
import { cookieValue } from "./session-cookie.ts";
import { readSession } from "./session-token.ts";

export type GateDecision =
	| { readonly action: "allow" }
	| { readonly action: "refuse"; readonly error: GatewayError }
	| { readonly action: "redirect"; readonly location: string };

export type EdgeGate = (request: IncomingMessage) => Promise<GateDecision>;

export interface EdgeGateOptions {
	readonly sessionKey: Uint8Array;
	/** From `sessionCookie(environment)`. */
	readonly cookieName: string;
}

/** What strangers may ask for, spelled exactly like this. Everything else needs a session. */
const publicPaths: ReadonlySet<string> = new Set([
	"/sign-in",
	"/setup",
	"/api/v1/setup",
	"/api/v1/setup/admin",
	"/favicon.ico",
	"/favicon.svg",
	"/icon.svg",
]);

/** Signing in itself, and the built scripts, styles and fonts of those pages. */
const publicFolders = ["/api/auth/", "/_next/static/"] as const;

/**
 * The first of two locks on everything behind the gateway's own paths: without a session cookie that
 * we signed, only the public list above is reachable. The second lock is each handler's own check,
 * which also knows whether the session was revoked and what the person may do.
 */
export function createEdgeGate({ sessionKey, cookieName }: EdgeGateOptions): EdgeGate {
	return async (request) => {
		const path = unambiguousPath(request.url);
		if (path === undefined) return refuse("route.unknown_path");
		if (isPublic(path)) return { action: "allow" };
		const token = cookieValue(request.headers.cookie, cookieName);
		if (token !== undefined && (await readSession(token, sessionKey)) !== undefined) {
			return { action: "allow" };
		}
		if (!wantsPage(path, request)) return refuse("auth.signed_out");
		return { action: "redirect", location: signInAddress(request.url ?? path) };
	};
}

function refuse(code: "auth.signed_out" | "route.unknown_path"): GateDecision {
	return { action: "refuse", error: new GatewayError(code) };
}

function isPublic(path: string): boolean {
	return publicPaths.has(path) || publicFolders.some((folder) => path.startsWith(folder));
}

/** Programs get an error they can read; people get the sign-in page. */
function wantsPage(path: string, request: IncomingMessage): boolean {
	if (/^\/(api|admin|metrics|_next)(\/|$)/i.test(path)) return false;
	if (request.method !== "GET" && request.method !== "HEAD") return false;
	return request.headers.accept?.includes("text/html") === true || request.headers["rsc"] === "1";
}

function signInAddress(target: string): string {
	return target === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(target)}`;
}
