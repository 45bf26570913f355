import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A package with its installed version; not all of them export their own manifest. */
export function packageOf(name: string): string {
	const path = join(import.meta.dirname, "../../node_modules", name, "package.json");
	const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
	return `${name} ${version}`;
}
