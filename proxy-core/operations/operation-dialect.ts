import type { CallerDialect } from "../dialects/define-dialect.ts";
import { openaiDialect } from "../dialects/openai/dialect.ts";
import type { Operation } from "./define-operation.ts";

/** How callers of an operation speak: OpenAI's errors and limits, and the operation's own request. */
export function operationDialect(operation: Operation): CallerDialect {
	return { ...openaiDialect, readRequest: (json) => operation.read(json, []) };
}
