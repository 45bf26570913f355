import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { DetectorWeights } from "../../proxy-core/shield/classifier/weights.ts";
import { writeWeights } from "../../proxy-core/shield/classifier/weights.ts";
import { readBackground } from "./background.ts";
import { calibrate, kinds } from "./calibrate.ts";
import type { LabelledText } from "./dataset.ts";
import { readLabelledTexts } from "./dataset.ts";
import { fitDetector } from "./fit-detector.ts";
import { judgeLeftOut } from "./leave-out.ts";
import { formatReport, summarise } from "./metrics.ts";
import type { Origin } from "./prepare-examples.ts";
import { prepareTexts } from "./prepare-examples.ts";
import { writeTemplateTexts } from "./write-templates.ts";

/**
 * Trains the detector's weights: `npm run train:detector -- --data DIR`. Prints how it does on sources
 * that it has not seen, sets the thresholds by those figures, then trains on everything.
 */
const { values } = parseArgs({
	options: {
		data: { type: "string" },
		out: { type: "string" },
		folds: { type: "string", default: "8" },
		seed: { type: "string", default: "11" },
		/** Sources whose licence or purpose forbids training. */
		"measure-only": { type: "string", default: "xquad" },
	},
});
if (values.data === undefined) throw new Error("Name the folder of the data: --data DIR");
const seed = Number.parseInt(values.seed, 10);
const measureOnly = new Set(values["measure-only"].split(","));
const shipped = new URL("../../proxy-core/shield/classifier/weights.bin", import.meta.url);
const file = values.out ?? shipped;

const data = readLabelledTexts(values.data);
const templates = writeTemplateTexts(seed);
const background = readBackground(new URL("../../node_modules", import.meta.url).pathname, seed);
const origins = new Map<LabelledText, Origin>([
	...templates.map((text): [LabelledText, Origin] => [text, "template"]),
	...background.map((text): [LabelledText, Origin] => [text, "background"]),
]);
// Transformed texts are undone before they are scored, so they would count their plain ones twice.
const usable = data.filter(({ source, base }) => base === undefined && !measureOnly.has(source));
const { prepared, scale } = prepareTexts(
	[...usable, ...templates, ...background],
	(text) => origins.get(text) ?? "data",
);
const undecided = { flag: 0, block: 1 };
const calibration = Object.fromEntries(kinds.map((kind) => [kind, undecided]));
const options = {
	scale,
	seed,
	version: `2.${seed}`,
	calibration: calibration as DetectorWeights["calibration"],
};
const leftOut = judgeLeftOut(data, prepared, {
	...options,
	folds: Number.parseInt(values.folds, 10),
	progress: (message) => console.error(message),
});
const thresholds = calibrate(leftOut);
const judged = leftOut.map(({ text, raw, kind }) => ({
	...text,
	isFlagged: raw >= thresholds[kind].flag,
	microseconds: 0,
}));
console.log("On sources that were left out, at the threshold of a flag:");
console.log(formatReport(summarise(judged)));
const blocked = leftOut.map(({ text, raw, kind }) => ({
	...text,
	isFlagged: raw >= thresholds[kind].block,
	microseconds: 0,
}));
const { recall, falseAlarms } = summarise(blocked).overall;
console.log(`At the threshold of a block: recall ${recall}, false alarms ${falseAlarms}`);
console.log(JSON.stringify(thresholds));
writeFileSync(file, writeWeights(fitDetector(prepared, { ...options, calibration: thresholds })));
