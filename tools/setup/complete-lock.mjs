/**
 * Adds the optional platform packages that `npm install` left out of package-lock.json.
 *
 * A registry mirror often lacks the builds for other systems. npm then writes a lock file without
 * them, and `npm ci` refuses that file everywhere. The missing entries are exact versions of their
 * parent's `optionalDependencies`, and their platform is spelled in their names. The entries carry
 * no integrity hash, because nobody here has seen the package; npm adds it on a machine that has.
 *
 * Usage: node tools/setup/complete-lock.mjs   (after each `npm install` that changed the lock file)
 */
import { readFileSync, writeFileSync } from "node:fs";

const systems = ["android", "darwin", "freebsd", "linux", "openbsd", "openharmony", "win32"];
const architectures = ["arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "wasm32", "x64"];
const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

const file = process.argv[2] ?? "package-lock.json";
const lock = JSON.parse(readFileSync(file, "utf8"));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
	for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
		if (isLocked(name, path) || !exactVersion.test(version)) continue;
		const platform = platformOf(name);
		if (platform === undefined) continue;
		lock.packages[`node_modules/${name}`] = {
			version,
			...platform,
			license: entry.license,
			...(entry.dev ? { dev: true } : {}),
			optional: true,
		};
		added.push(`${name}@${version}`);
	}
}
if (added.length > 0) {
	const [root, ...others] = Object.entries(lock.packages);
	others.sort(([a], [b]) => (a < b ? -1 : 1));
	lock.packages = Object.fromEntries([root, ...others]);
	writeFileSync(file, `${JSON.stringify(lock, null, "\t")}\n`);
}
console.log(`${added.length} platform packages added to ${file}`);
for (const each of added) console.log(`  ${each}`);

function isLocked(name, parent) {
	return (
		`node_modules/${name}` in lock.packages || `${parent}/node_modules/${name}` in lock.packages
	);
}

/** Reads `{ os, cpu, libc }` from a name such as `@scope/binding-linux-arm64-musl`. */
function platformOf(name) {
	const words = name.split(/[-/]/);
	const cpu = architectures.find((each) => words.includes(each));
	const os = systems.find((each) => words.includes(each));
	if (cpu === undefined || (os === undefined && cpu !== "wasm32")) return undefined;
	const isMusl = words.some((word) => word.startsWith("musl"));
	const isGnu = words.some((word) => word.startsWith("gnu"));
	return {
		cpu: [cpu],
		...(os === undefined ? {} : { os: [os] }),
		...(os === "linux" && isMusl ? { libc: ["musl"] } : {}),
		...(os === "linux" && isGnu ? { libc: ["glibc"] } : {}),
	};
}
