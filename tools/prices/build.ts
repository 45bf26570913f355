/**
 * Writes the price and model catalogue, `proxy-core/pricing/catalogue/<kind>.json`.
 *
 * Usage: node tools/prices/build.ts --litellm FILE [--genai FILE] [--models-dev FILE] [--day YYYY-MM-DD]
 *
 * The files are what these projects publish (docs/how-to/update-prices.md says where). What they do not
 * know or have wrong stands in `corrections.json` beside this file and wins over all of them.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { kindCatalogueSchema } from "../../proxy-core/pricing/price-data.ts";
import { readCorrections } from "./corrections.ts";
import { readGenaiPrices } from "./genai-prices.ts";
import { readLiteLlm } from "./litellm.ts";
import { addRoutedNames, borrowTraits, mergeEntries } from "./merge-entries.ts";
import { readModelsDev } from "./models-dev.ts";

const { values } = parseArgs({
	options: {
		litellm: { type: "string" },
		genai: { type: "string" },
		"models-dev": { type: "string" },
		day: { type: "string" },
	},
});
if (values.litellm === undefined) {
	console.error("Name the file with LiteLLM's table: --litellm FILE");
	process.exit(2);
}

const day = values.day ?? new Date().toISOString().slice(0, 10);
const folder = resolve(import.meta.dirname, "../../proxy-core/pricing/catalogue");
const corrections = readCorrections(readJson(join(import.meta.dirname, "corrections.json")));
const merged = mergeEntries([
	corrections.entries,
	readLiteLlm(readJson(values.litellm)),
	values.genai === undefined ? [] : readGenaiPrices(readJson(values.genai), day),
	values["models-dev"] === undefined ? [] : readModelsDev(readJson(values["models-dev"])),
]);
borrowTraits(merged);
addRoutedNames(merged);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [kind, { sources, notes }] of Object.entries(corrections.kinds)) {
	const models = [...(merged.get(kind) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
	const file = { kind, version: day, sources, notes, models: Object.fromEntries(models) };
	kindCatalogueSchema.parse(file);
	writeFileSync(join(folder, `${kind}.json`), `${JSON.stringify(file, null, "\t")}\n`);
	const priced = models.filter(([, { price }]) => price !== undefined).length;
	console.log(`${kind}: ${models.length} models, ${priced} with a price`);
}
const strangers = [...merged.keys()].filter((kind) => corrections.kinds[kind] === undefined);
if (strangers.length > 0)
	console.warn(`Without a place in corrections.json: ${strangers.join(", ")}`);

function readJson(path: string): unknown {
	return JSON.parse(readFileSync(path, "utf8"));
}
