import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readLexicon } from "../../proxy-core/privacy/detect/lexicon/lexicon.ts";
import { readMarkedTexts } from "./eval-pii-dataset.ts";
import { fitNames } from "./fit-names.ts";
import type { NamedText } from "./train-names-corpus.ts";
import {
	writeContextTexts,
	writeForms,
	writeRenamed,
	writeTemplateTexts,
} from "./train-names-corpus.ts";
import { createNameSource } from "./train-names-fillers.ts";

/**
 * Learns to tell names of people, places and organisations: an averaged perceptron over the features of the
 * shipped finder. `node tools/detector/train-names.ts --data DIR [--without SOURCE] [--out FILE]`
 */
const { values } = parseArgs({
	options: {
		data: { type: "string" },
		without: { type: "string", multiple: true, default: [] },
		out: { type: "string", default: "proxy-core/privacy/detect/names/name-weights.bin" },
		epochs: { type: "string", default: "6" },
		runs: { type: "string", default: "4" },
	},
});
if (values.data === undefined) throw new Error("Name the folder of the data: --data DIR");

const seed = 20261;
const home = new URL("../../proxy-core/privacy/detect/lexicon/", import.meta.url);
const lexicon = readLexicon(home);
const names = createNameSource(home, seed);
const labelOfFamily: Readonly<Record<string, number>> = { PERSON: 1, LOCATION: 2, ORG: 3 };

const real = readMarkedTexts(values.data)
	.filter(
		({ source, marked }) =>
			!values.without.includes(source) &&
			source !== "xquad" &&
			(marked === undefined || marked.has("PERSON")),
	)
	.map(
		({ text, spans, source }): NamedText => ({
			text,
			source,
			names: spans.flatMap(({ type, start, end }) => {
				const label = labelOfFamily[type];
				return label === undefined ? [] : [{ start, end, label }];
			}),
		}),
	);
const corpus = [
	...real,
	...writeRenamed(real, names),
	...writeTemplateTexts(names, 8),
	...writeContextTexts(names, 12_000),
	...writeForms(names, 1500),
];
writeFileSync(
	values.out,
	fitNames(corpus, { lexicon, epochs: Number(values.epochs), runs: Number(values.runs), seed }),
);
console.log(
	`${corpus.length} texts, ${real.length} of them real, without ${values.without.join(", ") || "none"}`,
);
