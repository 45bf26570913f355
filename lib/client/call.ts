import type * as z from "zod";
import type { Endpoint, PathParams } from "../contracts/endpoint.ts";
import { ClientProblem, problemOf, unreachable } from "./problem.ts";

type Params<Path extends string> = keyof PathParams<Path> extends never
	? { readonly params?: undefined }
	: { readonly params: PathParams<Path> };

/** Optional where the schema accepts an empty object. */
type Part<Name extends string, Schema extends z.ZodType> =
	Record<never, never> extends z.input<Schema>
		? { readonly [Key in Name]?: z.input<Schema> }
		: { readonly [Key in Name]: z.input<Schema> };

export type CallInput<
	Path extends string,
	Query extends z.ZodType,
	Body extends z.ZodType,
> = Params<Path> & Part<"query", Query> & Part<"body", Body> & { readonly signal?: AbortSignal };

/**
 * Calls an admin endpoint by its contract. Throws `ClientProblem` for every answer that is not 2xx
 * and when there is none. A session that has ended leads to the sign-in page and back.
 */
export async function call<
	Path extends string,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(
	endpoint: Endpoint<Path, Query, Body, Answer>,
	input: CallInput<Path, Query, Body>,
): Promise<z.output<Answer>> {
	const response = await send(endpoint, input);
	if (!response.ok) {
		if (response.status === 401 && endpoint.access !== "public") goToSignIn();
		throw await problemOf(response);
	}
	const answer = endpoint.answer.safeParse(await response.json());
	if (!answer.success) {
		throw new ClientProblem({
			message: "The server's answer has another shape than this page expects; reload the page.",
			status: response.status,
			code: "unexpected_answer",
			requestId: response.headers.get("x-request-id") ?? undefined,
			cause: answer.error,
		});
	}
	return answer.data;
}

/** The path of an endpoint with its parameters and query filled in. */
export function addressOf(
	path: string,
	params: Readonly<Record<string, string>> | undefined,
	query: unknown,
): string {
	const filled = path.replace(/\[(\w+)\]/g, (_, name: string) =>
		encodeURIComponent(params?.[name] ?? ""),
	);
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(query ?? {})) {
		if (value !== undefined && value !== null && value !== "") search.append(name, String(value));
	}
	return search.size === 0 ? filled : `${filled}?${search.toString()}`;
}

async function send(
	endpoint: Endpoint,
	input: {
		readonly params?: Readonly<Record<string, string>> | undefined;
		readonly query?: unknown;
		readonly body?: unknown;
		readonly signal?: AbortSignal;
	},
): Promise<Response> {
	const isRead = endpoint.method === "GET";
	try {
		return await fetch(addressOf(endpoint.path, input.params, input.query), {
			method: endpoint.method,
			headers: isRead ? {} : { "content-type": "application/json" },
			...(isRead ? {} : { body: JSON.stringify(input.body ?? {}) }),
			...(input.signal === undefined ? {} : { signal: input.signal }),
		});
	} catch (error) {
		if (input.signal?.aborted === true) throw error;
		const message = "The server could not be reached. Check that it is running and try again.";
		throw unreachable(message, error);
	}
}

function goToSignIn(): void {
	const { pathname, search, hash } = window.location;
	if (pathname === "/sign-in") return;
	window.location.assign(`/sign-in?next=${encodeURIComponent(`${pathname}${search}${hash}`)}`);
}
