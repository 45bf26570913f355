import { answerChecks } from "./answer-checks.ts";
import type { Check } from "./define-check.ts";
import { failureChecks, modelChecks } from "./failure-checks.ts";
import { toolChecks } from "./tool-checks.ts";

/** Everything that the official `openai` SDK is asked to do through the gateway. */
export const checks: readonly Check[] = [
	...answerChecks,
	...toolChecks,
	...failureChecks,
	...modelChecks,
];
