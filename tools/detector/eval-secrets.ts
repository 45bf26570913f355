import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { GatewayError } from "../../proxy-core/errors/gateway-error.ts";
import { parse } from "../../proxy-core/stages/parse.ts";
import { shield } from "../../proxy-core/stages/shield.ts";
import { bodyWith, createArrivals, offlineServices } from "./evaluation.ts";

/**
 * Measures how many documents with secrets the shipped configuration flags, and how many without:
 * `npm run eval:secrets -- --data DIR [--json] [--misses]`. Every document goes through the gateway's
 * own stages, as the message of a user.
 */
interface Document {
	readonly id: string;
	readonly text: string;
	readonly hasSecret: boolean;
	readonly source: string;
}

interface Judged extends Document {
	readonly rules: readonly string[];
	readonly microseconds: number;
}

interface Rates {
	readonly recall: number;
	readonly falseAlarms: number;
}

const { values } = parseArgs({
	options: {
		data: { type: "string" },
		json: { type: "boolean", default: false },
		misses: { type: "boolean", default: false },
	},
});
if (values.data === undefined) throw new Error("Name the folder of the data: --data DIR");
const documents = readDocuments(join(values.data, "secrets.jsonl"));
const judge = createJudge();
// Compilers settle first, as they have in a server that is up.
for (const document of documents.slice(0, 200)) await judge(document);
const judged: Judged[] = [];
for (const document of documents) judged.push(await judge(document));
const bySource = Object.fromEntries(
	[...Map.groupBy(judged, ({ source }) => source)].map(([source, list]) => [source, ratesOf(list)]),
);
if (values.json) {
	process.stdout.write(`${JSON.stringify({ documents: ratesOf(judged), bySource })}\n`);
} else print();

function readDocuments(path: string): readonly Document[] {
	const lines = readFileSync(path, "utf8").split("\n");
	return lines.flatMap((line, index) => {
		if (line.trim() === "") return [];
		const record = JSON.parse(line) as Record<string, unknown>;
		const { id, text, label, source } = record;
		if (typeof id !== "string" || typeof text !== "string" || typeof source !== "string") {
			throw new Error(`${path}:${index + 1}: "id", "text" and "source" must be texts.`);
		}
		if (label !== "secret" && label !== "clean") {
			throw new Error(`${path}:${index + 1}: label "${String(label)}"?`);
		}
		return { id, text, source, hasSecret: label === "secret" };
	});
}

function createJudge(): (document: Document) => Promise<Judged> {
	const arrive = createArrivals();
	const stage = shield(offlineServices);
	return async (document) => {
		const received = arrive();
		const body = bodyWith(document.text);
		const parsed = await parse.run({ ...received, body });
		const begun = performance.now();
		try {
			await stage.run({ ...received, ...parsed });
		} catch (error) {
			// Another guard may refuse the text; what was found until then counts.
			if (!GatewayError.is(error) || error.status >= 500) throw error;
		}
		const microseconds = (performance.now() - begun) * 1000;
		const found = received.trace.findings.filter(({ guard }) => guard === "secret-leak");
		return { ...document, rules: found.map(({ rule }) => rule), microseconds };
	};
}

function ratesOf(list: readonly Judged[]): Rates {
	const share = (hasSecret: boolean): number => {
		const of = list.filter((document) => document.hasSecret === hasSecret);
		const flagged = of.filter(({ rules }) => rules.length > 0);
		return of.length === 0 ? 0 : Math.round((flagged.length / of.length) * 10_000) / 10_000;
	};
	return { recall: share(true), falseAlarms: share(false) };
}

function print(): void {
	const percent = (share: number) => `${(share * 100).toFixed(1)} %`.padStart(8);
	for (const [source, list] of [
		...Map.groupBy(judged, (one) => one.source),
		["all", judged] as const,
	]) {
		const { recall, falseAlarms } = ratesOf(list);
		const secrets = list.filter(({ hasSecret }) => hasSecret).length;
		console.log(
			`${source.padEnd(24)} recall ${percent(recall)} of ${String(secrets).padStart(4)}   false alarms ${percent(falseAlarms)} of ${String(list.length - secrets).padStart(4)}`,
		);
	}
	const times = judged.map(({ microseconds }) => microseconds).toSorted((a, b) => a - b);
	const mean = times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length);
	const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
	console.log(`shield stage: ${mean.toFixed(1)} µs a document, p99 ${p99.toFixed(1)} µs`);
	if (!values.misses) return;
	for (const { id, hasSecret, rules } of judged) {
		if (hasSecret && rules.length === 0) console.log(`missed ${id}`);
		if (!hasSecret && rules.length > 0) console.log(`false alarm ${id}: ${rules.join(", ")}`);
	}
}
