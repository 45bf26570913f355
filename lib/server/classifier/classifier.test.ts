import { afterEach, describe, expect, it } from "vitest";
import type { HeavyClassifier } from "./classifier.ts";
import { createHeavyClassifier } from "./classifier.ts";
import type { Engine, EngineExit } from "./engine.ts";
import { lendClassifier } from "./share-classifier.ts";

/** An engine that answers when the test says so. */
function fakeEngine(canLoad = true) {
	const exited = Promise.withResolvers<EngineExit>();
	const jobs: {
		readonly texts: readonly string[];
		readonly answer: PromiseWithResolvers<readonly number[]>;
	}[] = [];
	const cancelled: number[] = [];
	const end = (): void => {
		exited.resolve({ code: null, signal: "SIGKILL", lastWords: "" });
		for (const { answer } of jobs) answer.reject(new Error("gone"));
	};
	const engine: Engine = {
		pid: 1,
		load: async () => {
			if (!canLoad) throw new Error("no such model");
			return { tokensMax: 64 };
		},
		score: (_job, texts) => {
			const answer = Promise.withResolvers<readonly number[]>();
			jobs.push({ texts, answer });
			return answer.promise;
		},
		cancel: (job) => void cancelled.push(job),
		kill: end,
		exited: exited.promise,
	};
	return { engine, jobs, cancelled, end };
}
type FakeEngine = ReturnType<typeof fakeEngine>;

const open: HeavyClassifier[] = [];
afterEach(async () => {
	for (const classifier of open.splice(0)) await classifier.close();
});

async function started(options: { readonly waitingMax?: number; readonly stuckMs?: number } = {}) {
	const engines: FakeEngine[] = [];
	const warnings: string[] = [];
	const classifier = createHeavyClassifier({
		fork: () => {
			const fake = fakeEngine();
			engines.push(fake);
			return fake.engine;
		},
		log: { info: () => {}, warn: (message) => void warnings.push(message), error: () => {} },
		restartPauseMs: 5,
		...options,
	});
	open.push(classifier);
	await classifier.start();
	const latest = (): FakeEngine => {
		const engine = engines.at(-1);
		if (engine === undefined) throw new Error("none was started");
		return engine;
	};
	return { classifier, engines, latest, warnings };
}

const { signal } = new AbortController();

describe("a queue before one process", () => {
	it("asks one job at a time, in order", async () => {
		const { classifier, latest } = await started();
		const first = classifier.classify(["a", "b"], { signal });
		const second = classifier.classify(["c"], { signal });
		expect(latest().jobs.map(({ texts }) => texts)).toEqual([["a", "b"]]);
		expect(classifier.report().waiting).toBe(2);
		latest().jobs[0]?.answer.resolve([0.1, 0.2]);
		expect(await first).toEqual([0.1, 0.2]);
		await expect.poll(() => latest().jobs.length).toBe(2);
		latest().jobs[1]?.answer.resolve([0.3]);
		expect(await second).toEqual([0.3]);
		const report = classifier.report();
		expect([report.outcomes.answered, report.texts]).toEqual([2, 3]);
	});

	it("refuses at once what would wait behind too many", async () => {
		const { classifier, latest, warnings } = await started({ waitingMax: 1 });
		const running = classifier.classify(["a"], { signal });
		const waiting = classifier.classify(["b"], { signal });
		await expect(classifier.classify(["c"], { signal })).rejects.toThrow("Too many");
		await expect(classifier.classify(["d"], { signal })).rejects.toThrow("Too many");
		expect(classifier.report().outcomes.full).toBe(2);
		// Said once, and not for each.
		expect(warnings.filter((message) => message.includes("no score"))).toHaveLength(1);
		latest().jobs[0]?.answer.resolve([0]);
		await running;
		await expect.poll(() => latest().jobs.length).toBe(2);
		latest().jobs[1]?.answer.resolve([0]);
		await waiting;
	});

	it("drops what nobody waits for, and ends it where it runs", async () => {
		const { classifier, latest } = await started();
		const caller = new AbortController();
		const running = classifier.classify(["a"], { signal: caller.signal });
		const late = classifier.classify(["b"], { signal: AbortSignal.timeout(1) });
		await expect(late).rejects.toMatchObject({ name: "TimeoutError" });
		caller.abort();
		await expect(running).rejects.toMatchObject({ name: "AbortError" });
		expect(latest().cancelled).toEqual([1]);
		expect(classifier.report().outcomes).toMatchObject({ late: 1, abandoned: 1 });
		// The process is busy until it heard of it.
		const next = classifier.classify(["c"], { signal });
		latest().jobs[0]?.answer.reject(new Error("Nobody waits for it any more."));
		await expect.poll(() => latest().jobs.map(({ texts }) => texts)).toEqual([["a"], ["c"]]);
		latest().jobs[1]?.answer.resolve([0.5]);
		expect(await next).toEqual([0.5]);
	});

	it("replaces a process that does not end a cancelled job", async () => {
		const { classifier, engines, latest } = await started({ stuckMs: 5 });
		await expect(classifier.classify(["a"], { signal: AbortSignal.timeout(1) })).rejects.toThrow();
		await expect.poll(() => engines.length).toBe(2);
		await expect.poll(classifier.isUp).toBe(true);
		const next = classifier.classify(["b"], { signal });
		latest().jobs[0]?.answer.resolve([0.5]);
		expect(await next).toEqual([0.5]);
	});

	it("refuses what waits when its process ends, and starts another one", async () => {
		const { classifier, engines, latest, warnings } = await started();
		const running = classifier.classify(["a"], { signal });
		const waiting = classifier.classify(["b"], { signal });
		const outcomes = Promise.allSettled([running, waiting]);
		latest().end();
		for (const outcome of await outcomes) expect(outcome).toMatchObject({ status: "rejected" });
		expect(classifier.report().outcomes.away).toBe(2);
		expect(warnings.some((message) => message.includes("process ended"))).toBe(true);
		await expect.poll(classifier.isUp).toBe(true);
		expect(engines).toHaveLength(2);
	});

	it("counts a failed inference without giving its process up", async () => {
		const { classifier, latest } = await started();
		const asked = classifier.classify(["a"], { signal });
		latest().jobs[0]?.answer.reject(new Error("bad tensor"));
		await expect(asked).rejects.toThrow("could not score");
		expect(classifier.report().outcomes.failed).toBe(1);
		expect(classifier.isUp()).toBe(true);
	});

	it("tells why it cannot start, and answers nobody after its end", async () => {
		const quiet = { info: () => {}, warn: () => {}, error: () => {} };
		const broken = createHeavyClassifier({
			fork: () => fakeEngine(false).engine,
			log: quiet,
		});
		await expect(broken.start()).rejects.toThrow("no such model");
		const { classifier } = await started();
		await classifier.close();
		await expect(classifier.classify(["a"], { signal })).rejects.toThrow("not running");
	});
});

describe("a classifier that workers share", () => {
	it("scores for them, and hears when a worker waits no longer", async () => {
		const { classifier, latest } = await started();
		const handlers: Partial<Parameters<Parameters<typeof lendClassifier>[0]>[0]> = {};
		lendClassifier((added) => void Object.assign(handlers, added), classifier);
		expect(await handlers.classifierUp?.(null)).toBe(true);
		const first = handlers.classify?.({ job: "7-1", texts: ["a"] });
		const second = Promise.resolve(handlers.classify?.({ job: "8-1", texts: ["b"] }));
		const lost = expect(second).rejects.toThrow("no longer");
		await handlers.unclassify?.({ job: "8-1", isLate: true });
		await lost;
		latest().jobs[0]?.answer.resolve([0.4]);
		expect(await first).toEqual([0.4]);
		expect(classifier.report().outcomes).toMatchObject({ answered: 1, late: 1 });
	});
});
