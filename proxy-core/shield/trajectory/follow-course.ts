import type { TrajectorySettings } from "../../contract/threat-settings.ts";
import { decayed } from "../../threat-ledger/decay.ts";

/** Where a conversation stands after some of its turns. */
export interface Course {
	/** Sum of the turns' risks, older ones worth less. */
	readonly score: number;
	readonly lastRisk: number;
	/** Turns in a row that were each riskier than the one before. */
	readonly rises: number;
	/** Epoch milliseconds. */
	readonly at: number;
}

export const noCourse: Course = { score: 0, lastRisk: 0, rises: 0, at: 0 };

/** Risk has to grow by so much to count as rising. */
const riseMin = 0.05;
/** What each rise in a row adds; a single step up is no direction yet. */
const riseBonus = 0.1;
const risesMax = 4;

/** One more turn. Both decays are exponential; a harmless turn adds nothing. */
export function withTurn(
	course: Course,
	turn: { readonly risk: number; readonly at: number },
	{ halfLifeTurns, halfLifeSeconds }: Pick<TrajectorySettings, "halfLifeTurns" | "halfLifeSeconds">,
): Course {
	const { risk, at } = turn;
	const ageMs = course.at === 0 ? 0 : at - course.at;
	const left = decayed(decayed(course.score, 1, halfLifeTurns), ageMs, halfLifeSeconds * 1000);
	const isRise = risk > 0 && course.lastRisk > 0 && risk >= course.lastRisk + riseMin;
	const rises = isRise ? Math.min(risesMax, course.rises + 1) : 0;
	const bonus = rises >= 2 ? riseBonus * rises : 0;
	return { score: left + risk + bonus, lastRisk: risk, rises, at };
}
