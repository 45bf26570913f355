import * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { toWire } from "../../../proxy-core/errors/to-wire.ts";
import type { Log } from "../../../proxy-core/ports.ts";
import { problem } from "../../contracts/shapes.ts";

interface FieldIssue {
	readonly path: string;
	readonly message: string;
}

/**
 * Anything thrown as the admin API's error body. What is not a `GatewayError` is logged with the
 * request id, and the caller learns nothing else. Field issues come from a Zod error in `cause`, or
 * from `param`.
 */
export function problemResponse(thrown: unknown, requestId: string, log: Log): Response {
	if (!GatewayError.is(thrown)) {
		log.error("A request to the admin API failed", { requestId, error: reasonOf(thrown) });
	}
	const wire = toWire(thrown, requestId);
	const body = problem.parse(JSON.parse(wire.body));
	const issues = issuesOf(thrown);
	return Response.json(
		{ error: { ...body.error, ...(issues.length === 0 ? {} : { issues }) } },
		{ status: wire.status, headers: { ...wire.headers, "cache-control": "no-store" } },
	);
}

/** `limits.bodyBytesMax`, as forms name their fields. */
export function fieldIssues(error: z.core.$ZodError): readonly FieldIssue[] {
	return error.issues.flatMap((issue) => {
		const path = issue.path.map(String).join(".");
		if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
		return issue.keys.map((key) => ({
			path: path === "" ? key : `${path}.${key}`,
			message: "There is no such field",
		}));
	});
}

function issuesOf(thrown: unknown): readonly FieldIssue[] {
	if (!GatewayError.is(thrown)) return [];
	const { cause, param } = thrown.detail;
	if (cause instanceof z.core.$ZodError) return fieldIssues(cause);
	return param === undefined ? [] : [{ path: param, message: thrown.message }];
}

function reasonOf(thrown: unknown): string {
	return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
