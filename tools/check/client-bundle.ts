/**
 * Fails when code that belongs to the server was bundled for the browser.
 * Run it after a build: it reads what `next build` left in `.next/static`.
 */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findMarkers, listFiles, serverMarkers } from "./server-markers.ts";

const root = resolve(import.meta.dirname, "../..");
const problems = inspect();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log("The browser's bundle holds no server code.");

function inspect(): readonly string[] {
	const staticDir = join(root, ".next/static");
	// A build that broke off leaves files too, but no id.
	const isBuilt = existsSync(join(root, ".next/BUILD_ID"));
	const scripts = isBuilt ? listFiles(staticDir, /\.js$/) : [];
	if (scripts.length === 0) return [`There is no finished build to look at in ${staticDir}.`];
	return [
		...unknownMarkers(),
		...scripts.flatMap((path) =>
			findMarkers(readFileSync(path, "utf8")).map(
				(marker) => `${path} holds ${JSON.stringify(marker)}, which only server code has.`,
			),
		),
	];
}

/** A marker that the server no longer has would never be found anywhere, and the check be worthless. */
function unknownMarkers(): readonly string[] {
	const sources = ["lib/server", "prisma/generated"]
		.flatMap((folder) => listFiles(join(root, folder), /\.ts$/))
		.map((path) => readFileSync(path, "utf8"));
	return serverMarkers
		.filter((marker) => !sources.some((text) => text.includes(marker)))
		.map((marker) => `No server code holds ${JSON.stringify(marker)} any more; choose another.`);
}
