import { parseArgs } from "node:util";
import type { Snapshot } from "../../proxy-core/snapshot.ts";
import { firewall } from "../../proxy-core/stages/firewall.ts";
import { mask } from "../../proxy-core/stages/mask.ts";
import { parse } from "../../proxy-core/stages/parse.ts";
import { shield } from "../../proxy-core/stages/shield.ts";
import type { MarkedText } from "./eval-pii-dataset.ts";
import { readMarkedTexts } from "./eval-pii-dataset.ts";
import type { FoundSpan, Miss, Tally } from "./eval-pii-score.ts";
import { addTallies, compare, scoresOf, structuredFamilies } from "./eval-pii-score.ts";
import { bodyWith, createArrivals, offlineServices } from "./evaluation.ts";
import { formatTimes, summariseTimes } from "./metrics.ts";

/** How personal data is found in a text, whatever the way. */
type FindIn = (text: string) => Promise<readonly FoundSpan[]>;

const { values } = parseArgs({
	options: {
		data: { type: "string" },
		json: { type: "boolean", default: false },
		/** Prints what was missed and what was found wrongly, of one type. */
		misses: { type: "string" },
		source: { type: "string" },
	},
});
if (values.data === undefined) throw new Error("Usage: npm run eval:pii -- --data DIR [--json]");

const records = readMarkedTexts(values.data).filter(
	({ source }) => values.source === undefined || source === values.source,
);
const outcome = await evaluate(records, createFindIn());
if (values.json) process.stdout.write(`${JSON.stringify(outcome.summary)}\n`);
else print(outcome);

/** The gateway's own stages with the settings of a fresh installation, which notes and changes nothing. */
function createFindIn(): FindIn {
	const arrive = createArrivals();
	const [shieldStage, privacy] = [shield(offlineServices), mask(offlineServices)];
	return async (text) => {
		const read = { ...arrive(), body: bodyWith(text) };
		await firewall.run(read);
		const parsed = { ...read, ...(await parse.run(read)) };
		// The texts of this data are no attacks; what the shield thinks of them is another evaluation's.
		const shielded = await shieldStage.run({ ...parsed, snapshot: withoutGuards(read.snapshot) });
		const { found } = await privacy.run({ ...parsed, ...shielded });
		return found;
	};
}

function withoutGuards(snapshot: Snapshot): Snapshot {
	return { ...snapshot, guards: [] };
}

async function evaluate(texts: readonly MarkedText[], findIn: FindIn) {
	for (const { text } of texts.slice(0, 300)) await findIn(text);
	const all = new Map<string, Tally>();
	const bySource = new Map<string, Map<string, Tally>>();
	const misses: Miss[] = [];
	const microseconds: number[] = [];
	for (const record of texts) {
		const started = performance.now();
		const found = await findIn(record.text);
		microseconds.push((performance.now() - started) * 1000);
		const compared = compare(record, found);
		addTallies(all, compared.tallies);
		const own = bySource.get(record.source) ?? new Map<string, Tally>();
		bySource.set(record.source, own);
		addTallies(own, compared.tallies);
		misses.push(...compared.misses);
	}
	const byType = Object.fromEntries(
		[...all.keys()].sort().map((type) => [type, scoresOf(all, (name) => name === type)]),
	);
	const summary = {
		structured: scoresOf(all, (type) => structuredFamilies.has(type)),
		overall: scoresOf(all),
		byType,
		microsecondsPerText: summariseTimes(microseconds),
	};
	return { summary, all, bySource, misses };
}

function print({ summary, all, bySource, misses }: Awaited<ReturnType<typeof evaluate>>): void {
	const line = (
		name: string,
		scores: { recall: number; precision: number; f1: number },
		counts = "",
	) =>
		console.log(
			`${name.padEnd(28)} ${[scores.recall, scores.precision, scores.f1].map((value) => (value * 100).toFixed(1).padStart(6)).join(" ")}  ${counts}`,
		);
	console.log(`${" ".repeat(28)} recall   prec     F1  marked found`);
	for (const [type, scores] of Object.entries(summary.byType)) {
		const tally = all.get(type);
		line(type, scores, `${tally?.marked} ${tally?.found}`);
	}
	console.log("");
	for (const [source, tallies] of bySource) {
		line(source, scoresOf(tallies));
		for (const type of ["PERSON", "LOCATION", "ORG"])
			line(
				`  ${type}`,
				scoresOf(tallies, (name) => name === type),
			);
		line(
			"  structured",
			scoresOf(tallies, (type) => structuredFamilies.has(type)),
		);
	}
	console.log("");
	line("structured", summary.structured);
	line("overall", summary.overall);
	console.log(formatTimes(summary.microsecondsPerText));
	if (values.misses === undefined) return;
	for (const { id, kind, type, value, around } of misses) {
		if (type === values.misses || values.misses === "all") {
			console.log(`${kind.padEnd(6)} ${type} [${value}] ${JSON.stringify(around)} ${id}`);
		}
	}
}
