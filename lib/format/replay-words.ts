import type { ReplayResult } from "../contracts/inspections.ts";
import { formatQuantity } from "./numbers.ts";

/** What a replay says, in one sentence. */
export function replaySentence({ replayed, same, moves }: ReplayResult): string {
	if (replayed === 0) return "No recorded request could be judged.";
	const all = formatQuantity(replayed, "recorded request");
	if (same === replayed) return `Nothing would change for ${all}.`;
	const otherwise = moves.reduce((sum, { from, to, count }) => sum + (from === to ? 0 : count), 0);
	const byOthers = replayed - same - otherwise;
	const parts = [
		otherwise > 0 ? `${formatQuantity(otherwise, "request")} would be decided otherwise` : "",
		byOthers > 0
			? `${formatQuantity(byOthers, "request")} would be decided as before, by other rules`
			: "",
	].filter((part) => part !== "");
	return `Of ${all}, ${parts.join(", and ")}.`;
}
