import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** Every file that can be committed, with `/` between folders, sorted. */
export function projectFiles(): readonly string[] {
	const isIgnored = ignoreRules();
	const walk = (folder: string): readonly string[] =>
		readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
			const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
			if (isIgnored(entry.isDirectory() ? `${path}/` : path)) return [];
			if (entry.isDirectory()) return walk(path);
			return entry.isFile() ? [path] : [];
		});
	return walk("").toSorted();
}

/** Our own sources: no tests, no fixtures, nothing generated. */
export function sourceFiles(...folders: readonly string[]): readonly string[] {
	return projectFiles().filter(
		(path) =>
			folders.some((folder) => path === folder || path.startsWith(`${folder}/`)) &&
			/\.(ts|tsx|mjs)$/.test(path) &&
			!/\.(test|test-d|spec)\.tsx?$/.test(path) &&
			!/(^|\/)(__fixtures__|testing)\//.test(path),
	);
}

export function read(path: string): string {
	return readFileSync(join(root, path), "utf8");
}

/** Names of the folders directly in `folder`. */
export function foldersIn(folder: string): readonly string[] {
	return readdirSync(join(root, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.toSorted();
}

/** The three forms that `.gitignore` uses: `folder/`, `*.suffix` and plain names. Throws for others. */
function ignoreRules(): (path: string) => boolean {
	const rules = read(".gitignore")
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line !== "" && !line.startsWith("#"))
		.map(toRule);
	return (path) => path === ".git/" || path === ".git" || rules.some((rule) => rule(path));
}

function toRule(line: string): (path: string) => boolean {
	const pattern = line.replace(/^\//, "");
	if (pattern.startsWith("*.")) return (path) => path.endsWith(pattern.slice(1));
	if (/[*?[!]/.test(pattern)) throw new Error(`Teach the architecture tests to read "${line}".`);
	return (path) => path === pattern || path.endsWith(`/${pattern}`);
}
