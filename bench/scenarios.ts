import type { ContestantName } from "./contestants.ts";
import type { PromptSize } from "./workload/texts.ts";
import type { ApiId } from "./workload.ts";

export interface Scenario {
	readonly name: string;
	readonly api: ApiId;
	readonly promptSize: PromptSize;
	readonly isStreaming: boolean;
	/** Every request is the same, so that a gateway with a memory answers from it. */
	readonly isRepeating: boolean;
	readonly concurrency: number;
	/** Everyone, unless named. */
	readonly contestants?: readonly ContestantName[];
}

const json = {
	api: "chat",
	promptSize: "short",
	isStreaming: false,
	isRepeating: false,
	concurrency: 10,
} as const;
const sse = { ...json, isStreaming: true } as const;

/** The added latency is judged by this one. */
export const aloneScenario = "JSON, 1 at a time";
/** Throughput is judged by this one. */
export const tenScenario = "JSON, 10 at a time";

export const scenarios: readonly Scenario[] = [
	{ ...json, name: aloneScenario, concurrency: 1 },
	{ ...json, name: tenScenario },
	{ ...json, name: "JSON, 64 at a time", concurrency: 64 },
	{ ...sse, name: "SSE with 50 chunks, 10 at a time" },
	{ ...sse, name: "SSE with 50 chunks, 64 at a time", concurrency: 64 },
	{ ...json, name: "/v1/responses, JSON, 10 at a time", api: "responses" },
	{ ...sse, name: "/v1/responses, SSE with 50 deltas, 10 at a time", api: "responses" },
	{ ...json, name: "/v1/messages, JSON, 10 at a time", api: "messages" },
	{ ...sse, name: "/v1/messages, SSE with 50 deltas, 10 at a time", api: "messages" },
	{ ...json, name: "JSON, 100,000-token prompt, 10 at a time", promptSize: "long" },
	{
		...json,
		name: "JSON, answers from memory, 10 at a time",
		isRepeating: true,
		// Nobody else remembers anything, so nobody else can be compared.
		contestants: ["llmproxy-full"],
	},
];
