import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Strings that survive minification and that no code for the browser has a reason to contain. */
export const serverMarkers = [
	"node:fs",
	"node:crypto",
	"node:child_process",
	"@prisma/client",
	"_prisma_migrations",
	"pg_advisory_lock",
	"llmproxy.StartError",
] as const;

export function findMarkers(text: string): readonly string[] {
	return serverMarkers.filter((marker) => text.includes(marker));
}

export function listFiles(folder: string, pattern: RegExp): readonly string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && pattern.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name));
}
