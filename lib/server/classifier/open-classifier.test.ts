import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { writeTinyModel } from "../../../tools/classifier/tiny-model.ts";
import { writeStandInPackage } from "./__fixtures__/stand-in-package.ts";
import { openClassifier } from "./open-classifier.ts";
import type { ClassifierLink } from "./share-classifier.ts";

const folder = mkdtempSync(join(tmpdir(), "llmproxy-engine-"));
const modelDir = join(folder, "model");
const { signal } = new AbortController();
const open: ClassifierLink[] = [];

beforeAll(() => {
	writeStandInPackage(folder);
	writeTinyModel(modelDir, { weights: {} });
});
afterEach(async () => {
	for (const classifier of open.splice(0)) await classifier.close();
	vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The package is found above the model's folder. */
async function opened() {
	const quiet = () => {};
	const classifier = await openClassifier({
		environment: { classifier: { modelDir, packagesDir: undefined, labels: [], threads: 1 } },
		projectDir: folder,
		log: { info: quiet, warn: quiet, error: quiet },
		workers: undefined,
	});
	if (classifier === undefined) throw new Error("not opened");
	open.push(classifier);
	return classifier;
}

describe("a classifier in a process of its own", () => {
	it("is not there when none is configured", async () => {
		const log = { info: () => {}, warn: () => {}, error: () => {} };
		const environment = { classifier: undefined };
		expect(
			await openClassifier({ environment, projectDir: folder, log, workers: undefined }),
		).toBeUndefined();
	});

	it("scores texts of any length, with downloads off", async () => {
		const classifier = await opened();
		const long = `${"word ".repeat(300)}zebra${" word".repeat(300)}`;
		const scores = await classifier.classify(["a word", "a zebra", long], { signal });
		expect(scores.map((score) => Math.round(score * 1000))).toEqual([2, 998, 998]);
	});

	it("sees nothing of the gateway's environment", async () => {
		vi.stubEnv("MY_SECRET", "credential");
		const classifier = await opened();
		expect(await classifier.classify(["environment"], { signal })).toHaveLength(1);
	});

	it("stays after a failed inference, and is another one after a crash", async () => {
		const classifier = await opened();
		await expect(classifier.classify(["fail"], { signal })).rejects.toThrow("could not score");
		expect(classifier.isUp()).toBe(true);
		await expect(classifier.classify(["crash"], { signal })).rejects.toThrow("not running");
		await expect.poll(classifier.isUp, { timeout: 20_000 }).toBe(true);
		expect(await classifier.classify(["a zebra"], { signal })).toHaveLength(1);
		expect(classifier.report?.().outcomes).toMatchObject({ failed: 1, away: 1, answered: 1 });
	});

	it("ends with its owner although an inference never returns", async () => {
		const classifier = await opened();
		const hanging = classifier.classify(["hang"], { signal });
		const lost = expect(hanging).rejects.toThrow("not running");
		await classifier.close();
		await lost;
	});
});
