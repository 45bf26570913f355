import type { Recalled, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";

/** Looks for an answer that is already known. */
export const recall: Stage<Received, Recalled> = { name: "recall", run: () => ({ cache: null }) };
