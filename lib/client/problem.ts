import type { Problem } from "../contracts/shapes.ts";
import { problem } from "../contracts/shapes.ts";

export interface FieldIssue {
	/** Dotted path of the field, as in the form: `limits.bodyBytesMax`. */
	readonly path: string;
	readonly message: string;
}

/** A refusal or failure of the admin API, or of the way to it. */
export class ClientProblem extends Error {
	override readonly name = "ClientProblem";
	readonly status: number;
	/** The wire code, such as `invalid_request`; `network` when there was no answer. */
	readonly code: string;
	readonly requestId: string | undefined;
	readonly issues: readonly FieldIssue[];

	constructor(facts: {
		readonly message: string;
		readonly status: number;
		readonly code: string;
		readonly requestId?: string | undefined;
		readonly issues?: readonly FieldIssue[] | undefined;
		readonly cause?: unknown;
	}) {
		super(facts.message, { cause: facts.cause });
		this.status = facts.status;
		this.code = facts.code;
		this.requestId = facts.requestId;
		this.issues = facts.issues ?? [];
	}
}

/** There was no answer at all. */
export function unreachable(message: string, cause: unknown): ClientProblem {
	return new ClientProblem({ message, status: 0, code: "network", cause });
}

/** Reads the error of an answer that is not 2xx, whatever its body is. */
export async function problemOf(response: Response): Promise<ClientProblem> {
	const body = await readProblem(response);
	if (body === undefined) {
		return new ClientProblem({
			message: `The server answered with status ${response.status}.`,
			status: response.status,
			code: `http_${response.status}`,
			requestId: response.headers.get("x-request-id") ?? undefined,
		});
	}
	return new ClientProblem({
		message: body.error.message,
		status: response.status,
		code: body.error.code,
		requestId: body.error.request_id,
		issues: body.error.issues,
	});
}

export interface ProblemFacts {
	readonly message: string;
	readonly code: string;
	readonly requestId: string | undefined;
}

/** What to tell a person about anything that was thrown. */
export function describeProblem(error: unknown): ProblemFacts {
	if (error instanceof ClientProblem) {
		return { message: withIssues(error), code: error.code, requestId: error.requestId };
	}
	const message = error instanceof Error ? error.message : "Something unexpected happened.";
	return { message, code: "client_error", requestId: undefined };
}

function withIssues(error: ClientProblem): string {
	if (error.issues.length === 0) return error.message;
	const list = error.issues.map((issue) =>
		issue.path === "" ? issue.message : `${issue.path}: ${issue.message}`,
	);
	return `${error.message} ${list.join("; ")}`;
}

async function readProblem(response: Response): Promise<Problem | undefined> {
	try {
		return problem.safeParse(await response.json()).data;
	} catch {
		return undefined;
	}
}
