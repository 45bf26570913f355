import { clearTimeout, setTimeout } from "node:timers";
import type { Engine } from "./engine.ts";

/** What became of a job; each is counted. */
export const jobOutcomes = ["answered", "late", "abandoned", "full", "away", "failed"] as const;
export type JobOutcome = (typeof jobOutcomes)[number];

/** All texts of one request. */
export interface Job {
	readonly id: number;
	readonly texts: readonly string[];
	/** Only the first call counts. */
	readonly settle: (outcome: JobOutcome, result: readonly number[] | Error) => void;
}

export interface JobQueue {
	/** Runs it now or in its turn; `false` when too many wait. */
	readonly push: (job: Job) => boolean;
	/** Nobody waits for its answer. */
	readonly drop: (job: Job) => void;
	/** To be called when an engine has become ready. */
	readonly next: () => void;
	/** The engine is gone, and nobody knows for how long. */
	readonly refuseAll: () => void;
	readonly size: () => number;
}

interface QueueParts {
	/** Undefined unless ready. */
	readonly engine: () => Engine | undefined;
	readonly waitingMax: number;
	/** A process that does not end a cancelled job in this time hangs. */
	readonly stuckMs: number;
	readonly onStuck: (engine: Engine) => void;
}

/** First come, first served, one at a time: a second inference at once would only slow the first down. */
export function createJobQueue({
	engine: current,
	waitingMax,
	stuckMs,
	onStuck,
}: QueueParts): JobQueue {
	const waiting: Job[] = [];
	let running: Job | undefined;

	const next = (): void => {
		const engine = current();
		if (running !== undefined || engine === undefined) return;
		const job = waiting.shift();
		if (job === undefined) return;
		running = job;
		void run(job, engine);
	};
	const run = async (job: Job, engine: Engine): Promise<void> => {
		try {
			job.settle("answered", await engine.score(job.id, job.texts));
		} catch (cause) {
			if (current() === engine) job.settle("failed", failed(cause));
			else job.settle("away", engineAway(cause));
		}
		running = undefined;
		next();
	};
	const watch = (job: Job, engine: Engine): void => {
		engine.cancel(job.id);
		const timer = setTimeout(() => {
			if (running === job) onStuck(engine);
		}, stuckMs).unref();
		void engine.exited.then(() => clearTimeout(timer));
	};
	return {
		push: (job) => {
			if (waiting.length >= waitingMax) return false;
			waiting.push(job);
			next();
			return true;
		},
		drop: (job) => {
			const index = waiting.indexOf(job);
			if (index !== -1) waiting.splice(index, 1);
			const engine = current();
			if (running === job && engine !== undefined) watch(job, engine);
		},
		next,
		refuseAll: () => {
			for (const job of waiting.splice(0)) job.settle("away", engineAway());
		},
		size: () => waiting.length + (running === undefined ? 0 : 1),
	};
}

export function engineAway(cause?: unknown): Error {
	return new Error("The classifier's process is not running.", { cause });
}

function failed(cause: unknown): Error {
	return new Error("The classifier could not score a text.", { cause });
}
