import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";

const reading = new Set(["GET", "HEAD"]);

/**
 * Keeps other sites from using a person's cookie. A change must be JSON, which a form of another site
 * cannot send, and nothing may say that it comes from elsewhere: neither `Sec-Fetch-Site`, nor an
 * `Origin` that is not this host (browsers leave the former out on plain http addresses; neither can
 * be set by a script). A request without both comes from no browser.
 * Throws `auth.cross_site`, `request.wrong_content_type`.
 */
export function requireSameSite(request: Request): void {
	if (reading.has(request.method)) return;
	const { headers } = request;
	if (!isFromHere(headers)) throw new GatewayError("auth.cross_site");
	const type = headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
	if (type !== "application/json") throw new GatewayError("request.wrong_content_type");
}

function isFromHere(headers: Headers): boolean {
	const site = headers.get("sec-fetch-site");
	if (site !== null) return site === "same-origin" || site === "none";
	const origin = headers.get("origin");
	const host = headers.get("host");
	// A browser sends one of the two with every change; a request with neither comes from a program.
	if (origin === null) return true;
	return host !== null && URL.parse(origin)?.host === host.toLowerCase();
}
