import { spawn } from "node:child_process";
import { join } from "node:path";
import type { PromptSize } from "./workload/texts.ts";
import type { ApiId } from "./workload.ts";

/** What one load process does. Ends at whichever bound comes first. */
export interface LoadPlan {
	readonly origin: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Tells the gateway which requests belong together; each connection is a session of its own. */
	readonly sessionHeader?: string;
	readonly model: string;
	readonly api: ApiId;
	readonly promptSize: PromptSize;
	readonly isStreaming: boolean;
	/** Every request is the same; otherwise no two are, in other processes neither. */
	readonly isRepeating: boolean;
	readonly concurrency: number;
	/** Requests of this time are made and checked but not measured. */
	readonly warmUpMs: number;
	readonly durationMs: number;
	readonly requestsMax: number;
}

export interface LoadReport {
	/** Intact answers, those of the warm-up too. */
	readonly answered: number;
	readonly measured: number;
	readonly measuredMs: number;
	readonly latenciesMs: readonly number[];
	readonly firstBytesMs: readonly number[];
	/** How often, by reason. */
	readonly failures: Readonly<Record<string, number>>;
}

const script = join(import.meta.dirname, "processes/load.ts");
/** Beyond the plan's own time: starting, and the last streams. */
const slackMs = 90_000;

export async function runLoad(plan: LoadPlan): Promise<LoadReport> {
	const child = spawn(process.execPath, [script, JSON.stringify(plan)], {
		stdio: ["ignore", "pipe", "inherit"],
		timeout: plan.warmUpMs + plan.durationMs + slackMs,
	});
	const parts: Buffer[] = [];
	child.stdout.on("data", (part: Buffer) => parts.push(part));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once("error", reject);
		child.once("close", resolve);
	});
	if (code !== 0) throw new Error(`the load generator ended with ${code}`);
	return JSON.parse(Buffer.concat(parts).toString("utf8")) as LoadReport;
}
