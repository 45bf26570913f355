import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * A hash over names and contents of the files below the given paths. Contents, not times: a fresh
 * checkout of the same sources needs no new build.
 */
export function hashFiles(root, paths, isIncluded = () => true) {
	const hash = createHash("sha256");
	for (const path of paths) addPath(hash, { root, path, isIncluded });
	return hash.digest("hex");
}

export function isStamped(stampPath, hash) {
	return existsSync(stampPath) && readFileSync(stampPath, "utf8").trim() === hash;
}

function addPath(hash, { root, path, isIncluded }) {
	const stat = statSync(join(root, path), { throwIfNoEntry: false });
	if (stat === undefined) return;
	if (stat.isDirectory()) {
		for (const name of readdirSync(join(root, path)).sort()) {
			addPath(hash, { root, path: `${path}/${name}`, isIncluded });
		}
	} else if (stat.isFile() && isIncluded(path)) {
		hash.update(`${path}\0${stat.size}\0`);
		hash.update(readFileSync(join(root, path)));
	}
}
