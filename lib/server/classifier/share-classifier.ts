import { clearInterval, setInterval } from "node:timers";
import type { TextClassifier } from "../../../proxy-core/shield/text-classifier.ts";
import type { Channel } from "../workers/channel.ts";
import type { PrimaryTalk, WorkerTalk } from "../workers/messages.ts";
import type { ClassifierReport, HeavyClassifier } from "./classifier.ts";

/** The classifier as gateways use it, whichever process has it. */
export interface ClassifierLink extends TextClassifier {
	readonly isUp: () => boolean;
	/** Absent where it is another process's: its numbers count once. */
	readonly report?: () => ClassifierReport;
	readonly close: () => Promise<void>;
}

/** Longer than any limit that a guard may have. */
const answerTimeoutMs = 60_000;
const stateEveryMs = 1000;

/** The primary's classifier answers its workers too: a model in every one of them would fill the memory. */
export function lendClassifier(
	answer: Channel<WorkerTalk, PrimaryTalk>["answer"],
	classifier: HeavyClassifier,
): void {
	const asked = new Map<string, AbortController>();
	answer({
		classify: async ({ job, texts }) => {
			const controller = new AbortController();
			asked.set(job, controller);
			try {
				return await classifier.classify(texts, { signal: controller.signal });
			} finally {
				asked.delete(job);
			}
		},
		unclassify: ({ job, isLate }) => {
			const reason = isLate ? "TimeoutError" : "AbortError";
			asked.get(job)?.abort(new DOMException("The worker waits no longer.", reason));
			return null;
		},
		classifierUp: () => classifier.isUp(),
	});
}

/** The primary's classifier, from a worker. `name` tells workers apart. */
export function borrowClassifier(
	ask: Channel<PrimaryTalk, WorkerTalk>["ask"],
	name: string,
): ClassifierLink {
	let lastId = 0;
	// It was loaded before the first worker was started.
	let isUp = true;
	const timer = setInterval(() => {
		ask("classifierUp", null, stateEveryMs).then(
			(next) => {
				isUp = next;
			},
			() => {
				isUp = false;
			},
		);
	}, stateEveryMs).unref();
	return {
		isUp: () => isUp,
		classify: async (texts, { signal }) => {
			signal.throwIfAborted();
			lastId += 1;
			const job = `${name}-${lastId}`;
			const end = (): void => {
				const { reason } = signal;
				const isLate = reason instanceof Error && reason.name === "TimeoutError";
				ask("unclassify", { job, isLate }, stateEveryMs).catch(() => undefined);
			};
			signal.addEventListener("abort", end, { once: true });
			try {
				return await ask("classify", { job, texts }, answerTimeoutMs);
			} finally {
				signal.removeEventListener("abort", end);
			}
		},
		close: async () => clearInterval(timer),
	};
}
