import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { classifierPackage } from "../../lib/server/classifier/find-package.ts";

/** The release that the tests are run with; the how-to names its major version. */
const version = "4.3.1";
const folder = join(import.meta.dirname, "../../.cache/classifier", version);
const installTimeoutMs = 600_000;

/** Vitest's global set-up: the package, installed as an operator would, once. */
export async function setup(project: TestProject): Promise<void> {
	project.provide("classifierPackages", folder);
	if (existsSync(join(folder, "node_modules", classifierPackage, "package.json"))) return;
	console.log(`Installing ${classifierPackage} ${version} into .cache (about 500 MB) …`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, "package.json"), '{"private":true}\n');
	const child = spawn(
		"npm",
		[
			...["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
			`${classifierPackage}@${version}`,
		],
		{ cwd: folder, stdio: ["ignore", "ignore", "inherit"], timeout: installTimeoutMs },
	);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once("error", reject);
		child.once("close", resolve);
	});
	if (code !== 0) throw new Error(`npm could not install ${classifierPackage} (${code}).`);
}

declare module "vitest" {
	export interface ProvidedContext {
		/** Whose node_modules has the package. */
		classifierPackages: string;
	}
}
