import type { Log } from "../../../proxy-core/ports.ts";
import { StartError } from "../database/start-error.ts";
import type { Environment } from "../env.ts";
import type { Workers } from "../workers/workers.ts";
import type { HeavyClassifier } from "./classifier.ts";
import { createHeavyClassifier } from "./classifier.ts";
import { forkEngine } from "./engine.ts";
import { classifierPackage, findClassifierPackage } from "./find-package.ts";
import { readModelFolder } from "./model-folder.ts";
import { lendClassifier } from "./share-classifier.ts";

interface Opening {
	readonly environment: Pick<Environment, "classifier">;
	readonly projectDir: string;
	readonly log: Log;
	/** They share it; undefined: there are none. */
	readonly workers: Pick<Workers, "answer"> | undefined;
}

/**
 * The heavy classifier of this machine with its model in memory; undefined when none is configured.
 * Throws `StartError`: whoever configured one does not want to run without it.
 */
export async function openClassifier({
	environment: { classifier: configured },
	projectDir,
	log,
	workers,
}: Opening): Promise<HeavyClassifier | undefined> {
	if (configured === undefined) return undefined;
	const { modelDir, packagesDir, labels, threads } = configured;
	const model = readModelFolder(modelDir, labels);
	const packageFile = findClassifierPackage(
		packagesDir === undefined ? [modelDir, projectDir] : [packagesDir],
	);
	const classifier = createHeavyClassifier({
		fork: () => forkEngine({ model, packageFile, threads }),
		log,
	});
	try {
		await classifier.start();
	} catch (error) {
		await classifier.close();
		const why = error instanceof Error ? error.message : String(error);
		throw new StartError(
			`The classifier in ${modelDir} cannot be loaded with ${classifierPackage}.\n  ${why.replaceAll("\n", "\n  ")}`,
			{ cause: error },
		);
	}
	const attacks = model.attackOutputs.map((output) => model.labels[output]);
	log.info("A heavy classifier reads texts that the detector is not sure of", {
		...{ model: modelDir, file: model.file, attackLabels: attacks, threads },
	});
	if (workers !== undefined) lendClassifier(workers.answer, classifier);
	return classifier;
}
