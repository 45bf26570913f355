import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Log } from "../../../proxy-core/ports.ts";
import { insertLines, isDataError, withoutUnstorable } from "./insert-lines.ts";
import type { Segment, SegmentedJournal } from "./journal.ts";

export interface Shipper {
	/** Whether the last attempt reached the database. */
	readonly isHealthy: () => boolean;
	/** Stops the loop after shipping what is left. Resolves with the lines that stay for the next start. */
	readonly drain: (deadlineMs: number) => Promise<number>;
}

export interface ShipperOptions {
	readonly journal: SegmentedJournal;
	readonly pool: Pool;
	readonly log: Log;
	readonly intervalMs?: number;
}

/** Larger ones spend less on the sums of Analytics, whose cells are written once a batch. */
const batchLinesMax = 5000;
/**
 * Cells are written once a batch, however many requests they sum up: of three thousand requests a second
 * a row costs the database half as much when it is asked once a second instead of four times.
 */
const busyLinesMin = 400;
const busyPauseFactor = 4;
const backOffMsMax = 5000;
const tendEveryMs = 10_000;

/**
 * Carries the journal into the database, a few times a second (once when there is much), for as long as
 * the process lives.
 * Nothing is removed before it is committed, and everything may be sent twice: rows are unique by
 * request id.
 */
export function startShipper({ journal, pool, log, intervalMs = 250 }: ShipperOptions): Shipper {
	const stop = new AbortController();
	let failures = 0;
	let pauseMs = intervalMs;
	let tendedAtMs = Date.now();

	/** Resolves with how many lines that were. */
	const shipOnce = async (): Promise<number> => {
		let lines = 0;
		if (Date.now() - tendedAtMs > tendEveryMs) {
			tendedAtMs = Date.now();
			journal.tend();
		}
		// While the database is away the open file just grows; small ones would only pile up.
		if (journal.segments().length === 0) journal.rotate();
		for (const segment of [...journal.segments()]) {
			lines += await shipSegment(segment, { journal, pool, log });
			journal.remove(segment);
		}
		return lines;
	};
	const attempt = async () => {
		try {
			const lines = await shipOnce();
			pauseMs = lines < busyLinesMin ? intervalMs : intervalMs * busyPauseFactor;
			if (failures > 0) log.info("The ledger takes entries again.", { backlog: journal.backlog() });
			failures = 0;
		} catch (error) {
			if (failures === 0) {
				log.error("The ledger takes no entries; the journal keeps them.", { error });
			}
			failures += 1;
			pauseMs = backOffMs(failures, intervalMs);
		}
	};
	const run = async () => {
		while (!stop.signal.aborted) {
			await attempt();
			await sleep(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
		}
	};
	const running = run();

	return {
		isHealthy: () => failures === 0,
		drain: async (deadlineMs) => {
			stop.abort();
			const limit = new AbortController();
			const finish = async () => {
				await running;
				while (journal.backlog() > 0 && !limit.signal.aborted) {
					await attempt();
					if (failures > 0) await sleep(intervalMs, undefined, { signal: limit.signal });
				}
			};
			const expiry = sleep(deadlineMs, undefined, { signal: limit.signal });
			await Promise.race([finish(), expiry]).catch(() => undefined);
			limit.abort();
			await expiry.catch(() => undefined);
			return journal.backlog();
		},
	};
}

/** Doubles from failure to failure; random, so that many nodes do not come back in step. */
function backOffMs(failures: number, intervalMs: number): number {
	const ceiling = Math.min(backOffMsMax, intervalMs * 2 ** Math.min(failures, 10));
	return ceiling * (0.5 + Math.random() / 2);
}

type Ship = Pick<ShipperOptions, "journal" | "pool" | "log">;

async function shipSegment(segment: Segment, ship: Ship): Promise<number> {
	const text = withoutUnstorable(await readFile(segment.path, "utf8"));
	const lines = text.split("\n");
	const tail = lines.pop();
	if (tail !== "") {
		// A request is acknowledged after its whole line was written, so nobody relies on this one.
		ship.log.warn("Skipped a journal line that was never finished.", { path: segment.path });
	}
	for (let start = 0; start < lines.length; start += batchLinesMax) {
		await shipLines(lines.slice(start, start + batchLinesMax), ship);
	}
	return lines.length;
}

/** A row that the database will never take must not hold up the others: halve until it stands alone. */
async function shipLines(lines: readonly string[], ship: Ship): Promise<void> {
	try {
		await insertLines(ship.pool, lines);
	} catch (error) {
		if (!isDataError(error)) throw error;
		const [line] = lines;
		if (lines.length === 1 && line !== undefined) {
			ship.journal.reject(line, error.message);
			ship.log.error("The database refused a journal line; it is in rejected.ndjson.", { error });
			return;
		}
		const middle = Math.ceil(lines.length / 2);
		await shipLines(lines.slice(0, middle), ship);
		await shipLines(lines.slice(middle), ship);
	}
}
