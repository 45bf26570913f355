import type { OperationId } from "../contract/settled-record.ts";
import type { RequestFacts } from "../pipeline/context.ts";
import type { RequestFile } from "../providers/define-provider.ts";
import type { TextRun } from "./text-run.ts";

export type Json = Readonly<Record<string, unknown>>;

/**
 * An endpoint that asks for something other than a conversation. Callers speak OpenAI's shape of it
 * (reranking: Cohere's and Jina's), whoever answers.
 */
export interface Operation<Id extends OperationId = OperationId> {
	readonly id: Id;
	readonly path: `/v1/${string}`;
	readonly accepts: "json" | "multipart";
	/** Fields of a form that carry files. Any other field has to be text, so that guards see it. */
	readonly fileFields: readonly string[];
	/**
	 * Checks what the gateway itself relies on and extracts every text. Everything else is the
	 * provider's to judge. Throws `request.invalid` and `request.unsupported`.
	 */
	readonly read: (json: Json, files: readonly RequestFile[]) => RequestFacts;
	/** Texts of a whole JSON answer that answer guards judge; absent when it has none. */
	readonly answerRuns?: (answer: Json) => readonly TextRun[];
	/** Members of a JSON answer that repeat its texts in another form; left out once a text was edited. */
	readonly echoes?: (answer: Json) => readonly (readonly (string | number)[])[];
}

export function defineOperation<const Id extends OperationId>(
	operation: Operation<Id>,
): Operation<Id> {
	return operation;
}
