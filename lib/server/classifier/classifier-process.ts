/**
 * A process of its own for the heavy classifier: inference keeps no event loop of the gateway, and a
 * native library that crashes takes nothing else with it. Started by `classifier.ts`, never by hand.
 */
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { openChannel } from "../workers/channel.ts";
import { loadModel } from "./load-model.ts";
import type { WindowScorer } from "./score-windows.ts";
import { scoreWindows } from "./score-windows.ts";
import type { ClassifierTalk } from "./talk.ts";

const channel = openChannel<Record<never, never>, ClassifierTalk>({
	send: (message) => void process.send?.(message, undefined, undefined, () => {}),
	onMessage: (listener) => process.on("message", listener),
});
// A terminal sends its Ctrl-C to all processes; the gateway decides when this one ends.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
process.once("disconnect", () => process.exit(0));

/** The gateway sends one job at a time. */
const state: { scorer?: WindowScorer; job?: number; isCancelled: boolean } = {
	isCancelled: false,
};

channel.answer({
	load: async (order) => {
		const scorer = await loadModel(order);
		// The first inference allocates; no request should wait for that.
		await scoreWindows("Hello.", scorer, async () => {});
		state.scorer = scorer;
		return { tokensMax: scorer.tokensMax };
	},
	score: async ({ job, texts }) => {
		const { scorer } = state;
		if (scorer === undefined) throw new Error("The model is not loaded.");
		state.job = job;
		state.isCancelled = false;
		const proceed = async (): Promise<void> => {
			// The message that cancels this job has to be heard.
			await setImmediate();
			if (state.isCancelled) throw new Error("Nobody waits for it any more.");
		};
		const scores: number[] = [];
		for (const text of texts) scores.push(await scoreWindows(text, scorer, proceed));
		return scores;
	},
	cancel: ({ job }) => {
		if (state.job === job) state.isCancelled = true;
		return null;
	},
});
