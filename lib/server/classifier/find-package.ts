import { createRequire } from "node:module";
import { join } from "node:path";
import { StartError } from "../database/start-error.ts";

export const classifierPackage = "@huggingface/transformers";

/**
 * The file to load the package from. It is no dependency of LLMProxy: with its native libraries it is
 * larger than LLMProxy itself. Throws `StartError` with the command that installs it.
 */
export function findClassifierPackage(folders: readonly string[]): string {
	for (const folder of folders) {
		try {
			// Like any import: the folder's own node_modules, then those of the folders above it.
			return createRequire(join(folder, "from-here.js")).resolve(classifierPackage);
		} catch {}
	}
	const [folder = "."] = folders;
	throw new StartError(
		`A classifier is configured (LLMPROXY_CLASSIFIER_MODEL), but the package ${classifierPackage} is not installed.\n` +
			`  Looked in: ${folders.join(", ")}\n` +
			`  Install it: npm install --prefix ${folder} --ignore-scripts ${classifierPackage}@4\n` +
			"  Installed elsewhere? Set LLMPROXY_CLASSIFIER_PACKAGES to the folder that has its node_modules.",
	);
}
