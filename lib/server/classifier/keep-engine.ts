import { clearTimeout, setTimeout } from "node:timers";
import type { Log } from "../../../proxy-core/ports.ts";
import type { Engine } from "./engine.ts";

type EngineState = "starting" | "ready" | "down" | "closed";

export interface EngineKeeper {
	/** Resolves when the model is loaded; rejects with the reason when it cannot be, and then tries no more. */
	readonly start: () => Promise<void>;
	readonly state: () => EngineState;
	/** Undefined unless ready. */
	readonly engine: () => Engine | undefined;
	/** Resolves when the process is gone. */
	readonly close: () => Promise<void>;
}

interface KeeperParts {
	readonly fork: () => Engine;
	readonly log: Log;
	readonly onReady: () => void;
	/** It ended; what it was doing is lost. */
	readonly onEnd: () => void;
	readonly firstPauseMs?: number;
}

/** A large model is read from a slow disk. */
const loadTimeoutMs = 180_000;
const pauseMaxMs = 60_000;
/** Whoever lived so long did not die of its start. */
const soundAfterMs = 60_000;

/** Keeps one process running: after an end it is started again, after ever longer pauses. */
export function keepEngine({
	fork,
	log,
	onReady,
	onEnd,
	firstPauseMs = 1000,
}: KeeperParts): EngineKeeper {
	let state: EngineState = "down";
	let engine: Engine | undefined;
	let pauseMs = firstPauseMs;
	let timer: NodeJS.Timeout | undefined;

	const launch = async (): Promise<void> => {
		state = "starting";
		const next = fork();
		engine = next;
		const startedAt = performance.now();
		const ended = next.exited.then((exit) => {
			engine = undefined;
			return exit;
		});
		try {
			const { tokensMax } = await next.load(loadTimeoutMs);
			if (state !== "starting") return;
			state = "ready";
			const loadMs = Math.round(performance.now() - startedAt);
			log.info("The heavy classifier is ready", { pid: next.pid, tokensMax, loadMs });
		} catch (error) {
			next.kill();
			const { lastWords } = await ended;
			throw new Error(lastWords === "" ? reasonOf(error) : `${reasonOf(error)}\n${lastWords}`, {
				cause: error,
			});
		}
		void ended.then(({ code, signal, lastWords }) => {
			if (state === "closed") return;
			if (performance.now() - startedAt > soundAfterMs) pauseMs = firstPauseMs;
			log.warn("The heavy classifier's process ended; its guard's fail policy decides meanwhile", {
				...{ code, signal, lastWords, restartInMs: pauseMs },
			});
			retryLater();
		});
		onReady();
	};
	const retryLater = (): void => {
		state = "down";
		onEnd();
		timer = setTimeout(() => {
			launch().catch((error: unknown) => {
				if (state === "closed") return;
				log.warn("The heavy classifier does not start", { error, restartInMs: pauseMs });
				retryLater();
			});
		}, pauseMs).unref();
		pauseMs = Math.min(pauseMs * 2, pauseMaxMs);
	};
	return {
		start: async () => {
			try {
				await launch();
			} catch (error) {
				if (state !== "closed") state = "down";
				onEnd();
				throw error;
			}
		},
		state: () => state,
		engine: () => (state === "ready" ? engine : undefined),
		close: async () => {
			state = "closed";
			clearTimeout(timer);
			onEnd();
			const last = engine;
			last?.kill();
			await last?.exited;
		},
	};
}

function reasonOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
