import type * as z from "zod";
import type { exportThreats, ThreatEvent } from "../../contracts/threats.ts";
import { threatFilters } from "../../contracts/threats.ts";
import type { Cell } from "../../format/csv.ts";
import { toCsv } from "../../format/csv.ts";
import type { Principal } from "../auth/principal.ts";
import { namesOf } from "../repositories/requests.ts";
import type { ThreatCursor } from "../repositories/threats.ts";
import { listThreatEvents } from "../repositories/threats.ts";
import { runtime } from "../runtime.ts";
import { scopeOf } from "./requests.ts";
import { toThreat } from "./threat-view.ts";
import { readPeriod } from "./time-range.ts";

interface ExportInput {
	readonly query: z.output<typeof exportThreats.query>;
	readonly principal: Principal;
}

/** What is held in memory at once, however long the period is. */
const pageSize = 1000;
/** A file that a spreadsheet still opens; longer ranges are exported in parts. */
const eventsMax = 200_000;

const columns: Readonly<Record<string, (event: ThreatEvent) => Cell>> = {
	time: ({ at }) => at,
	request_id: ({ requestId }) => requestId,
	layer: ({ layer }) => layer,
	guard: ({ guard }) => guard,
	rule: ({ rule }) => rule,
	category: ({ category }) => category,
	severity: ({ severity }) => severity,
	action: ({ action }) => action,
	would_be: ({ wouldBe }) => wouldBe,
	source: ({ source }) => source,
	score: ({ score }) => score,
	ip: ({ ip }) => ip,
	key_id: ({ key }) => key?.id ?? null,
	key: ({ key }) => key?.name ?? null,
	team_id: ({ team }) => team?.id ?? null,
	end_user: ({ endUser }) => endUser,
	session: ({ session }) => session,
	fingerprint: ({ fingerprint }) => fingerprint,
	country: ({ country }) => country,
	model: ({ model }) => model,
	endpoint: ({ endpoint }) => endpoint,
};
const headers = Object.keys(columns);

/** The newest events first, sent while they are read. Throws `request.invalid` for a range that is none. */
export async function exportEvents(input: ExportInput): Promise<Response> {
	const { format } = input.query;
	const period = readPeriod(input.query, Date.now());
	const texts = format === "csv" ? csvTexts(input, period) : jsonTexts(input, period);
	const day = period.to.toISOString().slice(0, 10);
	return new Response(toStream(texts), {
		headers: {
			"content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/json",
			"content-disposition": `attachment; filename="threats-${day}.${format}"`,
		},
	});
}

type Range = ReturnType<typeof readPeriod>;

async function* pages({ query, principal }: ExportInput, period: Range) {
	const { prisma } = runtime();
	let after: ThreatCursor | undefined;
	for (let count = 0; count < eventsMax; count += pageSize) {
		const rows = await listThreatEvents(prisma, {
			period,
			filters: threatFilters.strip().parse(query),
			scope: scopeOf(principal),
			after,
			limit: pageSize,
		});
		const names = await namesOf(prisma, rows);
		yield rows.map((row) => toThreat(row, names));
		after = rows.at(-1);
		if (rows.length < pageSize) return;
	}
}

async function* csvTexts(input: ExportInput, period: Range): AsyncGenerator<string> {
	yield toCsv(headers, []);
	for await (const events of pages(input, period)) {
		const lines = toCsv(
			headers,
			events.map((event) => Object.values(columns).map((cell) => cell(event))),
		);
		yield lines.slice(lines.indexOf("\r\n") + 2);
	}
}

async function* jsonTexts(input: ExportInput, period: Range): AsyncGenerator<string> {
	yield "[";
	let separator = "\n";
	for await (const events of pages(input, period)) {
		for (const event of events) {
			yield separator + JSON.stringify(event);
			separator = ",\n";
		}
	}
	yield "\n]\n";
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
