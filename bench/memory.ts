import type { Contestant } from "./contestants.ts";
import type { LoadReport } from "./load.ts";
import { runLoad } from "./load.ts";
import { residentMb } from "./process-usage.ts";
import type { Flatness } from "./statistics.ts";
import { flatness } from "./statistics.ts";
import { modelName, slowModel } from "./workload/texts.ts";

export interface MemoryPhase extends Flatness {
	readonly name: string;
	readonly answered: number;
	readonly failures: Readonly<Record<string, number>>;
	readonly peakMb: number;
	/** Every quarter of a second. */
	readonly samplesMb: readonly number[];
}

export interface MemoryOptions {
	readonly requests: number;
	readonly streams: number;
	/** How often all streams are opened anew; one takes about five seconds. */
	readonly waves: number;
}

const sampleEveryMs = 250;
const phaseMsMax = 600_000;

/** Memory of the gateway under many requests, and under many streams that stay open. */
export async function measureMemory(
	target: Contestant,
	options: MemoryOptions,
): Promise<readonly MemoryPhase[]> {
	const { headers, modelPrefix } = target.ways.chat;
	const base = {
		origin: target.origin,
		headers,
		api: "chat",
		promptSize: "short",
		isRepeating: false,
		warmUpMs: 0,
		durationMs: phaseMsMax,
	} as const;
	const requests = await sampled(target, `${options.requests} requests`, () =>
		runLoad({
			...base,
			model: modelPrefix + modelName,
			isStreaming: false,
			concurrency: 32,
			requestsMax: options.requests,
		}),
	);
	const streams = await sampled(target, `${options.streams} slow streams at once`, () =>
		runLoad({
			...base,
			model: modelPrefix + slowModel,
			isStreaming: true,
			concurrency: options.streams,
			requestsMax: options.streams * options.waves,
		}),
	);
	return [requests, streams];
}

async function sampled(
	target: Contestant,
	name: string,
	run: () => Promise<LoadReport>,
): Promise<MemoryPhase> {
	console.log(`Memory: ${name} …`);
	const samplesMb: number[] = [];
	const timer = setInterval(() => {
		const now = residentMb(target.pid);
		if (now !== undefined) samplesMb.push(Math.round(now * 10) / 10);
	}, sampleEveryMs);
	try {
		const report = await run();
		return {
			name,
			answered: report.answered,
			failures: report.failures,
			peakMb: Math.max(0, ...samplesMb),
			samplesMb,
			...flatness(samplesMb),
		};
	} finally {
		clearInterval(timer);
	}
}
