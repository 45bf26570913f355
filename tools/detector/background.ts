import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabelledText } from "./dataset.ts";
import { createRandom } from "./random.ts";

const kinds: readonly [RegExp, string, string][] = [
	[/^readme.*\.md$/i, "background-readme", "rag-doc"],
	[/^(?:changelog|history|security|contributing).*\.md$/i, "background-notes", "rag-doc"],
	[/\.d\.ts$/, "background-code", "code"],
	[/^package\.json$/, "background-data", "tool-output"],
];
const perKind = 260;
const depthMax = 4;
const lengths = [250, 600, 1200, 2500];

/** Ordinary documents, code and data: what the installed packages bring along. Sorted, so always the same. */
export function readBackground(folder: string, seed: number): readonly LabelledText[] {
	const random = createRandom(seed);
	const files = listFiles(folder, 0).sort();
	return kinds.flatMap(([name, source, category]) => {
		const matching = files.filter((file) => name.test(file.slice(file.lastIndexOf("/") + 1)));
		const step = Math.max(1, Math.floor(matching.length / perKind));
		return matching
			.filter((_, index) => index % step === 0)
			.slice(0, perKind)
			.flatMap((file): LabelledText[] => {
				const whole = readFileSync(file, "utf8");
				const length = lengths[Math.floor(random() * lengths.length)] ?? 600;
				const start = Math.floor(random() * Math.max(1, whole.length - length));
				const text = whole.slice(start, start + length);
				if (text.length < 60) return [];
				return [{ id: file, text, isAttack: false, category, lang: "en", source, base: undefined }];
			});
	});
}

function listFiles(folder: string, depth: number): string[] {
	if (depth > depthMax) return [];
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		if (entry.name.startsWith(".")) return [];
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return listFiles(path, depth + 1);
		return entry.isFile() ? [path] : [];
	});
}
