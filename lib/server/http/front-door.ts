import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { toWire } from "../../../proxy-core/errors/to-wire.ts";
import { nodeExchange } from "../../../proxy-core/http/node-exchange.ts";
import type { Log } from "../../../proxy-core/ports.ts";
import { clientAddressHeader } from "../auth/client-address.ts";
import type { EdgeGate } from "../auth/edge-gate.ts";
import type { Runtime } from "../runtime.ts";
import { clientIpReader, edgeReader } from "./client-ip.ts";
import { forgetEdgeClaims } from "./edge-claims.ts";
import { commonHeaders, contentSecurityPolicy } from "./security-headers.ts";

type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Behind {
	readonly runtime: Runtime;
	readonly edgeGate: EdgeGate;
}

/** The caller's address of one request. */
type IpReader = (request: IncomingMessage) => string;
type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Every request comes through here. The gateway's own paths go to the gateway; all others need to be
 * on the public list or to carry a valid session before Next sees them.
 */
export function createFrontDoor(
	{ runtime, edgeGate }: Behind,
	console_: NextHandler | undefined,
): RequestListener {
	const ipOf = clientIpReader(runtime.environment.trustedProxies);
	const answerGateway = createGatewayDoor(runtime, ipOf);
	const answerConsole = createConsoleDoor({ edgeGate, ipOf }, console_);
	const servesGateway = runtime.environment.role !== "console";
	return toListener(async (request, response) => {
		if (servesGateway && (await answerGateway(request, response))) return;
		await answerConsole(request, response);
	}, runtime.log);
}

/** Answers what is the gateway's; `false` for all other paths, of which nothing was touched. */
export function createGatewayDoor(
	{ gateway, environment }: Pick<Runtime, "gateway" | "environment">,
	ipOf: IpReader,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
	const isFromEdge = edgeReader(environment.trustedProxies);
	return async (request, response) => {
		const path = pathOf(request);
		if (!isGatewayPath(path)) return false;
		if (!isFromEdge(request)) forgetEdgeClaims(request);
		if (path === "/metrics" && !gateway.knowsKey(nodeHeaders(request))) {
			refuse(response, new GatewayError("auth.key_missing"));
		} else if (!(await gateway.handle(nodeExchange(request, response, ipOf)))) {
			refuse(response, new GatewayError("route.unknown_path"));
		}
		return true;
	};
}

/** Lets through to the console what the edge gate allows. Undefined: there is none in this process. */
export function createConsoleDoor(
	{ edgeGate, ipOf }: { readonly edgeGate: EdgeGate; readonly ipOf: IpReader },
	console_: NextHandler | undefined,
): Answer {
	return async (request, response) => {
		for (const name in commonHeaders) response.setHeader(name, commonHeaders[name] ?? "");
		if (console_ === undefined) return refuse(response, new GatewayError("route.unknown_path"));
		const decision = await edgeGate(request);
		switch (decision.action) {
			case "refuse":
				return refuse(response, decision.error);
			case "redirect":
				response.writeHead(307, { location: decision.location, "cache-control": "no-store" });
				response.end();
				return;
			case "allow":
				prepare(request, response, ipOf(request));
				return console_(request, response);
		}
	};
}

/** A defect is logged and ends its own request only. */
export function toListener(answer: Answer, log: Log): RequestListener {
	return (request, response) => {
		answer(request, response).catch((error: unknown) => {
			log.error("A request could not be handled", { error });
			if (response.headersSent) response.end();
			else refuse(response, new GatewayError("internal.unexpected"));
		});
	};
}

function pathOf(request: IncomingMessage): string {
	const url = request.url ?? "/";
	const query = url.indexOf("?");
	return query === -1 ? url : url.slice(0, query);
}

function isGatewayPath(path: string): boolean {
	return (
		path.startsWith("/v1/") ||
		path === "/v1" ||
		path.startsWith("/v1beta/") ||
		path === "/v1beta" ||
		path === "/metrics" ||
		path === "/health" ||
		path.startsWith("/health/")
	);
}

function nodeHeaders(request: IncomingMessage): Readonly<Record<string, string | undefined>> {
	return request.headers as Readonly<Record<string, string | undefined>>;
}

/** Next takes the nonce from the request's policy, and the browser the same policy from the answer. */
function prepare(request: IncomingMessage, response: ServerResponse, ip: string): void {
	const nonce = randomBytes(16).toString("base64");
	const policy = contentSecurityPolicy(nonce);
	request.headers["content-security-policy"] = policy;
	request.headers["x-nonce"] = nonce;
	request.headers[clientAddressHeader] = ip;
	response.setHeader("content-security-policy", policy);
}

/** Ends a request that nobody serves, in the words of the catalogue. */
export function refuse(response: ServerResponse, error: GatewayError): void {
	const wire = toWire(error, `req_${randomBytes(12).toString("hex")}`);
	response.writeHead(wire.status, { ...wire.headers, "cache-control": "no-store" });
	response.end(wire.body);
}
