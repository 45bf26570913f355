import type { UsagePiece } from "./split-period.ts";

const weekMs = 604_800_000;

/** A piece of a period, in cells of a week where it has whole ones. */
export type WeekPiece = Omit<UsagePiece, "source"> & {
	readonly source: UsagePiece["source"] | 604_800;
};

/**
 * Takes whole weeks (UTC; they begin on Thursdays, as time itself did) out of days, for sums that need
 * no course. Days that reach beyond the present end with the present week: nothing in it lies behind.
 */
export function inWholeWeeks(pieces: readonly UsagePiece[], nowMs: number): readonly WeekPiece[] {
	return pieces.flatMap((piece): readonly WeekPiece[] => {
		if (piece.source !== 86_400) return [piece];
		const [from, to] = [piece.from.getTime(), piece.to.getTime()];
		const start = Math.ceil(from / weekMs) * weekMs;
		const end = (to >= nowMs ? Math.ceil(to / weekMs) : Math.floor(to / weekMs)) * weekMs;
		if (start >= end) return [piece];
		return [
			{ ...piece, to: new Date(start) },
			{ source: 604_800 as const, from: new Date(start), to: new Date(end) },
			{ ...piece, from: new Date(end) },
		].filter((part) => part.from < part.to);
	});
}
