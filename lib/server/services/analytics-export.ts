import type * as z from "zod";
import type { analyticsQuestion } from "../../contracts/analytics.ts";
import type { Cell } from "../../format/csv.ts";
import { toCsv } from "../../format/csv.ts";
import type { AskedBySteps, UsageRecord } from "../repositories/analytics.ts";
import { readUsageRecords } from "../repositories/analytics.ts";
import { runtime } from "../runtime.ts";
import type { Period } from "../usage/split-period.ts";
import { startsOf } from "./analytics-answer.ts";
import { readGroupNames } from "./analytics-names.ts";

interface ExportOptions {
	readonly query: z.output<typeof analyticsQuestion> & { readonly format: "csv" | "json" };
	readonly period: Period;
	readonly stepSeconds: number;
	/** The question for a part of the period. */
	readonly ask: (part: Period) => AskedBySteps;
}

/** What is held in memory at once, however long the period is. */
const stepsAtOnce = 24;

const headers = [
	"time",
	"group_id",
	"group",
	"requests",
	"answered",
	"refused",
	"failed",
	"cost_usd",
	"unpriced_requests",
	"input_tokens",
	"output_tokens",
	"latency_ms_p50",
	"latency_ms_p95",
] as const;

type Named = UsageRecord & { readonly label: string };

/** A file in parts, each read when the one before has been taken. */
export function exportUsage(options: ExportOptions): Response {
	const { format, groupBy } = options.query;
	const day = options.period.to.toISOString().slice(0, 10);
	const texts = format === "csv" ? csvTexts(options) : jsonTexts(options);
	return new Response(toStream(texts), {
		headers: {
			"content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/json",
			"content-disposition": `attachment; filename="usage-by-${groupBy}-${day}.${format}"`,
		},
	});
}

function toStream(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		pull: async (controller) => {
			const { done, value } = await texts.next();
			if (done === true) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		cancel: async () => {
			await texts.return(undefined);
		},
	});
}

async function* csvTexts(options: ExportOptions): AsyncGenerator<string> {
	yield toCsv(headers, []);
	for await (const records of parts(options)) {
		const lines = toCsv(headers, records.map(toCells));
		yield lines.slice(lines.indexOf("\r\n") + 2);
	}
}

async function* jsonTexts(options: ExportOptions): AsyncGenerator<string> {
	yield "[";
	let separator = "\n";
	for await (const records of parts(options)) {
		for (const record of records) {
			const named = headers.map((header, index) => [header, toCells(record)[index]]);
			yield separator + JSON.stringify(Object.fromEntries(named));
			separator = ",\n";
		}
	}
	yield "\n]\n";
}

async function* parts({ query, period, stepSeconds, ask }: ExportOptions) {
	const { prisma } = runtime();
	const starts = startsOf(period, stepSeconds);
	for (let index = 0; index < starts.length; index += stepsAtOnce) {
		const from = Math.max(starts[index] ?? 0, period.from.getTime());
		const to = Math.min(
			starts[index + stepsAtOnce] ?? Number.POSITIVE_INFINITY,
			period.to.getTime(),
		);
		const asked = ask({ from: new Date(from), to: new Date(to) });
		const records = await readUsageRecords(prisma, asked);
		const ids = [...new Set(records.map(({ id }) => id))];
		const names = await readGroupNames(prisma, query.groupBy, ids);
		yield records.map((record): Named => ({ ...record, label: names(record.id) }));
	}
}

/** In the order of the headers. */
function toCells(record: Named): readonly Cell[] {
	return [
		new Date(record.at).toISOString(),
		record.id,
		record.label,
		record.requests,
		record.answered,
		record.refused,
		record.failed,
		record.costMicroUsd / 1_000_000,
		record.unpricedRequests,
		record.inputTokens,
		record.outputTokens,
		rounded(record.latencyMsP50),
		rounded(record.latencyMsP95),
	];
}

function rounded(ms: number | null): number | null {
	return ms === null ? null : Math.round(ms * 10) / 10;
}
