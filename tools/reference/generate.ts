/**
 * Writes `docs/reference` and the measured tables of the README from the code and the stored results.
 *
 * Usage: node tools/reference/generate.ts [--check]   (`--check` writes nothing and fails on differences)
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { referenceFiles } from "./reference-files.ts";

const root = resolve(import.meta.dirname, "../..");
const isCheck = process.argv.includes("--check");
const files = await referenceFiles(root);
const stale = files.filter(({ path, text }) => stored(path) !== text);

if (isCheck) {
	for (const { path } of stale) console.error(`${path} is not up to date.`);
	if (stale.length > 0) {
		console.error("\nRun `npm run reference` and commit what it writes.");
		process.exitCode = 1;
	} else console.log(`The ${files.length} generated files are up to date.`);
} else {
	for (const { path, text } of stale) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
		console.log(`Wrote ${path}`);
	}
	if (stale.length === 0) console.log("Nothing to write.");
}

/** Git may have checked the file out with another system's line ends. */
function stored(path: string): string | undefined {
	const full = join(root, path);
	return existsSync(full) ? readFileSync(full, "utf8").replaceAll("\r\n", "\n") : undefined;
}
