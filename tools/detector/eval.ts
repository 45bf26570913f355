import { parseArgs } from "node:util";
import { readLabelledTexts } from "./dataset.ts";
import { createGatewayJudge } from "./gateway-judge.ts";
import { formatReport, percent, summarise } from "./metrics.ts";

/**
 * Measures the shipped configuration on labelled texts: `npm run eval:detectors -- --data DIR [--json]`.
 * Every text goes through the gateway's own stages, as a request that a caller could have sent.
 */
const { values } = parseArgs({
	options: { data: { type: "string" }, json: { type: "boolean", default: false } },
});
if (values.data === undefined) throw new Error("Name the folder of the data: --data DIR");
const texts = readLabelledTexts(values.data);
const judge = createGatewayJudge();
// Compilers and caches settle first, as they have in a server that is up.
for (const text of texts.slice(0, 300)) await judge(text);
const judged = [];
for (const text of texts) judged.push({ ...text, ...(await judge(text)) });
const report = summarise(judged);
if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
else {
	console.log(formatReport(report));
	const refused = judged.filter(({ isRefused }) => isRefused);
	const { recall, falseAlarms } = summarise(
		judged.map((text) => ({ ...text, isFlagged: text.isRefused })),
	).overall;
	console.log(
		`refused: ${refused.length} texts, recall ${percent(recall)} %, false alarms ${percent(falseAlarms)} %`,
	);
	const missed = judged.filter(({ isAttack, isFlagged }) => isAttack && !isFlagged);
	console.log(
		`missed: ${missed.length}; the first: ${missed
			.slice(0, 20)
			.map(({ id }) => id)
			.join(", ")}`,
	);
}
