import type * as z from "zod";
import type { Permission } from "./permissions.ts";

/**
 * Who may call: a permission of the matrix, `signed-in` for every role, or `public` for the few
 * endpoints that work before anybody has signed in.
 */
export type Access = Permission | "signed-in" | "public";

/** One admin endpoint. Its handler, the browser's client, OpenAPI and the permission test all come from it. */
export interface Endpoint<
	Path extends string = string,
	Query extends z.ZodType = z.ZodType,
	Body extends z.ZodType = z.ZodType,
	Answer extends z.ZodType = z.ZodType,
> {
	readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	/** Next's notation: `/api/v1/keys/[id]`. */
	readonly path: Path;
	readonly access: Access;
	readonly summary: string;
	readonly query: Query;
	readonly body: Body;
	readonly answer: Answer;
}

export function defineEndpoint<
	const Path extends `/api/v1/${string}`,
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
>(endpoint: Endpoint<Path, Query, Body, Answer>): Endpoint<Path, Query, Body, Answer> {
	return endpoint;
}

type ParamNames<Path extends string> = Path extends `${string}[${infer Name}]${infer Rest}`
	? Name | ParamNames<Rest>
	: never;

/** The values for the bracketed parts of a path. */
export type PathParams<Path extends string> = { readonly [Name in ParamNames<Path>]: string };
