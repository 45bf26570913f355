#!/usr/bin/env node
/**
 * `npx llmproxy …`: installs what is missing, as the start does, and runs the command on the Node that
 * comes with the packages. Plain JavaScript for Node 20 without dependencies.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeBinary } from "../setup/packages.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Ctrl-C reaches the program that runs; this one waits for how it ends.
process.on("SIGINT", () => {});

run(process.execPath, [join(root, "tools/setup/prepare.mjs"), "packages"], { cwd: root });
const from = process.env.INIT_CWD ?? process.cwd();
run(nodeBinary(root), [
	join(root, "tools/cli/main.ts"),
	...process.argv.slice(2),
	...(process.argv.length > 2 ? ["--from", from] : []),
]);

function run(command, args, options = {}) {
	const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
	if (error !== undefined) console.error(error.message);
	if (status !== 0) process.exit(status ?? 1);
}
