import { readdirSync, readFileSync } from "node:fs";
import { checkSync } from "recheck";
import { describe, expect, it } from "vitest";
import { personalDataTypes } from "../../contract/personal-data.ts";
import type { IdentifierIndex } from "./find-identifiers.ts";
import { findIdentifiers, indexIdentifiers } from "./find-identifiers.ts";
import { identifierRules } from "./ids/identifier-rules.ts";
import { readLexicon } from "./lexicon/lexicon.ts";
import { createTokens, readTokens } from "./read-tokens.ts";

const types = new Set(personalDataTypes.map(({ id }) => id));

describe("the rules", () => {
	it("each belong to a type of the contract, and each country has one", () => {
		const ruled = new Set<string>(identifierRules.map(({ type }) => type));
		for (const type of ruled) expect(types).toContain(type);
		for (const entry of personalDataTypes) {
			if (entry.group === "country") expect(ruled, entry.id).toContain(entry.id);
		}
	});

	it("look each number up in a bounded number of ways", () => {
		const index = indexIdentifiers(identifierRules, types);
		let looked = 0;
		const counting: IdentifierIndex = {
			...index,
			step(place, length) {
				looked += 1;
				return index.step(place, length);
			},
		};
		const tokens = createTokens();
		const lexicon = readLexicon();
		const count = (text: string): number => {
			looked = 0;
			readTokens(tokens, text, lexicon);
			findIdentifiers(tokens, counting, []);
			return looked;
		};
		const once = count("123 456 789 012 ".repeat(500));
		expect(once).toBeLessThanOrEqual(2000 * 3 * 8);
		expect(count("123 456 789 012 ".repeat(1000))).toBeLessThanOrEqual(once * 2.1);
	});
});

/** Regular expressions that stand literally in the sources of this folder. */
function readPatterns(folder: URL): { file: string; source: string; flags: string }[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
		.flatMap((entry) => {
			const file = `${entry.parentPath}/${entry.name}`;
			const literals = readFileSync(file, "utf8").matchAll(
				/(?<=[\s(=:!])\/((?:[^/\n\\[*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\n\\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)\/([dgimsuy]*)(?=[.,;)\s])/g,
			);
			return Array.from(literals, ([, source = "", flags = ""]) => ({ file, source, flags }));
		});
}

describe("the patterns", () => {
	const patterns = readPatterns(new URL("./", import.meta.url));

	it("are found in the sources", () => {
		expect(patterns.length).toBeGreaterThan(60);
	});

	it("take linear time", { timeout: 120_000 }, () => {
		for (const { file, source, flags } of patterns) {
			const verdict = checkSync(source, flags, { timeout: 20_000 });
			const speed = verdict.status === "safe" ? verdict.complexity.type : verdict.status;
			expect(`${file} /${source}/ ${speed}`).toMatch(/ (?:safe|linear)$/);
		}
	});
});
