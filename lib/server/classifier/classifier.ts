import type { Log } from "../../../proxy-core/ports.ts";
import type { TextClassifier } from "../../../proxy-core/shield/text-classifier.ts";
import type { Engine } from "./engine.ts";
import type { Job, JobOutcome } from "./job-queue.ts";
import { createJobQueue, engineAway } from "./job-queue.ts";
import { keepEngine } from "./keep-engine.ts";

export interface ClassifierReport {
	readonly isUp: boolean;
	/** Requests whose texts wait or are being scored. */
	readonly waiting: number;
	readonly outcomes: Readonly<Record<JobOutcome, number>>;
	/** Texts with a score. */
	readonly texts: number;
	/** From the question to the answer, of answered requests. */
	readonly seconds: number;
}

export interface HeavyClassifier extends TextClassifier {
	/** Loads the model; rejects with the reason when it cannot. */
	readonly start: () => Promise<void>;
	readonly isUp: () => boolean;
	readonly report: () => ClassifierReport;
	/** Resolves when its process is gone. */
	readonly close: () => Promise<void>;
}

interface ClassifierParts {
	readonly fork: () => Engine;
	readonly log: Log;
	/** Requests that may wait; one more is refused at once. */
	readonly waitingMax?: number;
	readonly stuckMs?: number;
	readonly restartPauseMs?: number;
}

/** A bounded queue before one process that is kept running. */
export function createHeavyClassifier({
	fork,
	log,
	waitingMax = 64,
	stuckMs = 10_000,
	restartPauseMs = 1000,
}: ClassifierParts): HeavyClassifier {
	const tally = createTally(log);
	const keeper = keepEngine({
		fork,
		log,
		firstPauseMs: restartPauseMs,
		onReady: () => queue.next(),
		onEnd: () => queue.refuseAll(),
	});
	const queue = createJobQueue({
		engine: keeper.engine,
		waitingMax,
		stuckMs,
		onStuck: (engine) => {
			log.warn("The heavy classifier hangs and is replaced", { pid: engine.pid });
			engine.kill();
		},
	});
	let lastId = 0;
	const isUp = (): boolean => keeper.state() === "ready";
	return {
		classify: (texts, { signal }) =>
			new Promise((resolve, reject) => {
				signal.throwIfAborted();
				lastId += 1;
				const askedAt = performance.now();
				const job: Job = {
					id: lastId,
					texts,
					settle: once((outcome, result) => {
						signal.removeEventListener("abort", abort);
						const seconds = (performance.now() - askedAt) / 1000;
						tally.count(outcome, result, seconds);
						if (result instanceof Error) reject(result);
						else resolve(result);
					}),
				};
				const abort = (): void => {
					job.settle(...abortOutcome(signal.reason));
					queue.drop(job);
				};
				signal.addEventListener("abort", abort, { once: true });
				const isAway = keeper.state() !== "starting" && !isUp();
				if (isAway) job.settle("away", engineAway());
				else if (!queue.push(job)) job.settle("full", new Error("Too many requests wait for it."));
			}),
		start: keeper.start,
		isUp,
		report: () => ({ isUp: isUp(), waiting: queue.size(), ...tally.read() }),
		close: keeper.close,
	};
}

function once(settle: Job["settle"]): Job["settle"] {
	let isOpen = true;
	return (...of) => {
		if (!isOpen) return;
		isOpen = false;
		settle(...of);
	};
}

function abortOutcome(reason: unknown): readonly [JobOutcome, Error] {
	const error = reason instanceof Error ? reason : new Error(String(reason));
	return [error.name === "TimeoutError" ? "late" : "abandoned", error];
}

const warnEveryMs = 60_000;

/** Counts every request; says what went wrong, but not for every one of a busy minute. */
function createTally(log: Log) {
	const outcomes = { answered: 0, late: 0, abandoned: 0, full: 0, away: 0, failed: 0 };
	const warnedAt = new Map<JobOutcome, number>();
	let texts = 0;
	let seconds = 0;
	const warn = (outcome: JobOutcome, error: Error): void => {
		const now = performance.now();
		if (now - (warnedAt.get(outcome) ?? Number.NEGATIVE_INFINITY) < warnEveryMs) return;
		warnedAt.set(outcome, now);
		log.warn("A request got no score from the heavy classifier", { outcome, error });
	};
	return {
		count: (outcome: JobOutcome, result: readonly number[] | Error, took: number): void => {
			outcomes[outcome] += 1;
			if (!(result instanceof Error)) {
				texts += result.length;
				seconds += took;
			} else if (outcome !== "abandoned") warn(outcome, result);
		},
		read: () => ({ outcomes: { ...outcomes }, texts, seconds }),
	};
}
