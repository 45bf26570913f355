import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { Access, Endpoint, PathParams } from "../../contracts/endpoint.ts";
import { roleHolds } from "../../contracts/permissions.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Principal } from "../auth/principal.ts";
import { runtime } from "../runtime.ts";
import { problemResponse } from "./problem.ts";
import { readBody, readQuery, storable } from "./read-input.ts";
import { requireSameSite } from "./same-site.ts";

/** What a service gets: everything checked. `principal` is undefined on public endpoints only. */
export interface ServiceInput<
	Path extends string,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Who = Principal,
> {
	readonly params: PathParams<Path>;
	readonly query: z.output<Query>;
	readonly body: z.output<Body>;
	readonly principal: Who;
	/** For its `signal` and headers; the body has been read. */
	readonly request: Request;
}

interface RouteContext {
	readonly params: Promise<Record<string, string>>;
}

type Handler = (request: Request, context: RouteContext) => Promise<Response>;

/**
 * The one way from a route to a service: same site, who asks, may they, is the input right, then the
 * service, and its answer checked against the contract, so that a field the contract does not name
 * never leaves. A service may return a `Response` of its own for streams.
 */
export function handle<
	Path extends string,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(
	endpoint: Endpoint<Path, Query, Body, Answer>,
	service: (input: ServiceInput<Path, Query, Body>) => Promise<z.input<Answer> | Response>,
): Handler {
	return serve(endpoint, async (request, context) => {
		const principal = await authenticate(request.headers, runtime());
		if (principal === undefined) throw new GatewayError("auth.signed_out");
		requireAccess(endpoint.access, principal);
		return service({ ...(await readInput(endpoint, request, context)), principal });
	});
}

/**
 * Like `handle`, for the few endpoints that work before anybody has signed in. Throws at once for one
 * whose contract does not say that it is public.
 */
export function handlePublic<
	Path extends string,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(
	endpoint: Endpoint<Path, Query, Body, Answer>,
	service: (
		input: ServiceInput<Path, Query, Body, undefined>,
	) => Promise<z.input<Answer> | Response>,
): Handler {
	if (endpoint.access !== "public") throw new Error(`${endpoint.path} is not public`);
	return serve(endpoint, async (request, context) =>
		service({ ...(await readInput(endpoint, request, context)), principal: undefined }),
	);
}

function serve(
	endpoint: Endpoint,
	run: (request: Request, context: RouteContext) => Promise<unknown>,
): Handler {
	return async (request, context) => {
		const requestId = crypto.randomUUID();
		try {
			requireSameSite(request);
			const answer = await run(request, context);
			return answer instanceof Response
				? withStandardHeaders(answer, requestId)
				: jsonResponse(endpoint, answer, requestId);
		} catch (error) {
			return problemResponse(error, requestId, runtime().log);
		}
	};
}

function requireAccess(access: Access, principal: Principal): void {
	if (access === "public" || access === "signed-in") return;
	if (!roleHolds(principal.role, access)) throw new GatewayError("access.permission_missing");
}

async function readInput<Path extends string, Query extends z.ZodType, Body extends z.ZodType>(
	endpoint: Endpoint<Path, Query, Body>,
	request: Request,
	context: RouteContext,
) {
	return {
		// Next fills these from the folders' names, which a test holds against the contract's path.
		params: storable(await context.params) as PathParams<Path>,
		query: readQuery(endpoint.query, request),
		body: await readBody(endpoint.body, request),
		request,
	};
}

function jsonResponse(endpoint: Endpoint, answer: unknown, requestId: string): Response {
	const checked = endpoint.answer.safeParse(answer);
	if (!checked.success) {
		const at = `${endpoint.method} ${endpoint.path}`;
		throw new Error(`The answer of ${at} breaks its contract`, { cause: checked.error });
	}
	return Response.json(checked.data, {
		headers: { "cache-control": "no-store", "x-request-id": requestId },
	});
}

/** `no-transform`: a compressing layer would hold the events of a stream back. */
function withStandardHeaders(response: Response, requestId: string): Response {
	response.headers.set("cache-control", "no-store, no-transform");
	if (!response.headers.has("x-request-id")) response.headers.set("x-request-id", requestId);
	return response;
}
