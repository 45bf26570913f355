const hourMs = 3_600_000;
/** Up to this long the ledger's own rows are read: few enough, and charts get steps of minutes. */
const ledgerSpanMsMax = 6 * hourMs;

/** Lengths of the cells that sums are kept in, the coarsest first. Each is a multiple of the next. */
const cellSeconds = [86_400, 21_600, 3600] as const;
export type CellSeconds = (typeof cellSeconds)[number];

/** From the beginning on, up to but not with the end. */
export interface Period {
	readonly from: Date;
	readonly to: Date;
}

/** A part of a period and where its requests are summed up: cells of one length, or the ledger's rows. */
export interface UsagePiece extends Period {
	readonly source: CellSeconds | "ledger";
}

interface SplitOptions {
	readonly nowMs: number;
	/** The length of a chart's steps, which cells must not exceed; null without a chart. */
	readonly stepSeconds: number | null;
}

/**
 * Whole days, quarters of days and hours (UTC) are read from their cells, and what sticks out at the
 * ends from the ledger, so that the numbers are exact. A period that ends now takes the present cells
 * as they are: nothing in them lies behind its end.
 */
export function splitPeriod(period: Period, options: SplitOptions): readonly UsagePiece[] {
	const { nowMs, stepSeconds } = options;
	const [from, to] = [period.from.getTime(), period.to.getTime()];
	if (readsLedger(period)) return [{ source: "ledger", ...period }];
	const sizes = cellSeconds.filter((seconds) => stepSeconds === null || seconds <= stepSeconds);
	return split([from, to], sizes, to >= nowMs);
}

/** Steps of a chart over this period may be shorter than an hour. */
export function readsLedger({ from, to }: Period): boolean {
	return to.getTime() - from.getTime() <= ledgerSpanMsMax;
}

function split(
	[from, to]: readonly [from: number, to: number],
	[size, ...finer]: readonly CellSeconds[],
	endsNow: boolean,
): readonly UsagePiece[] {
	if (from >= to) return [];
	if (size === undefined) return [{ source: "ledger", from: new Date(from), to: new Date(to) }];
	const sizeMs = size * 1000;
	const start = Math.ceil(from / sizeMs) * sizeMs;
	const end = (endsNow ? Math.ceil(to / sizeMs) : Math.floor(to / sizeMs)) * sizeMs;
	if (start >= end) return split([from, to], finer, endsNow);
	return [
		...split([from, start], finer, false),
		{ source: size, from: new Date(start), to: new Date(end) },
		...split([end, to], finer, endsNow),
	];
}
