import { posix } from "node:path";
import { read } from "./source-tree.ts";

/** Statements that load a module when their file is loaded; types alone load nothing. */
const loading =
	/^(?:import|export)\s+(?!type\b)[^"';]*?\bfrom\s*"(\.[^"]+)"|^import\s+"(\.[^"]+)"|\bimport\(\s*"(\.[^"]+)"/gm;

/** Every file of the project that is loaded, by whatever way, with the given ones; each with who loads it first. */
export function loadedWith(entries: readonly string[]): ReadonlyMap<string, string> {
	const loadedBy = new Map(entries.map((entry) => [entry, ""]));
	for (const path of loadedBy.keys()) {
		if (!/\.tsx?$/.test(path)) continue;
		for (const [, ...specifiers] of read(path).matchAll(loading)) {
			const specifier = specifiers.find((one) => one !== undefined) ?? "";
			const target = posix.join(posix.dirname(path), specifier);
			if (!loadedBy.has(target)) loadedBy.set(target, path);
		}
	}
	return loadedBy;
}
