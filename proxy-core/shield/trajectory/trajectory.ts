import { createHash, hash } from "node:crypto";
import type { TrajectorySettings } from "../../contract/threat-settings.ts";
import type { TextSegment } from "../../contract/verdict.ts";
import type { ConversationBook } from "./conversation-book.ts";
import { createConversationBook } from "./conversation-book.ts";
import type { Course } from "./follow-course.ts";
import { noCourse, withTurn } from "./follow-course.ts";
import type { Turn } from "./read-turns.ts";
import { readTurns } from "./read-turns.ts";

/** One request of a conversation. */
export interface ConversationStep {
	/** Whose conversation it is; never looked up for anybody else. */
	readonly tenant: string;
	/** How the application calls it; undefined: its history is its name. */
	readonly session: string | undefined;
	readonly segments: readonly TextSegment[];
	/** 0 to 1, one for each segment. */
	readonly risks: readonly number[];
	/** Epoch milliseconds. */
	readonly at: number;
}

export interface Escalating {
	readonly score: number;
	/** The segment that the newest turn's risk comes from. */
	readonly segment: number;
}

/** Follows conversations over their turns. */
export interface Trajectory {
	/**
	 * Where the conversation is being led; undefined when nothing in this request's newest turn is
	 * suspicious, whatever came before it: nobody is refused for what somebody said earlier.
	 */
	readonly follow: (step: ConversationStep, settings: TrajectorySettings) => Escalating | undefined;
	readonly conversations: () => number;
}

/** Some 10 MB when full. */
const conversationsMaxDefault = 20_000;
/** Turns before these have lost all their weight. */
const turnsMax = 200;

export function createTrajectory(conversationsMax = conversationsMaxDefault): Trajectory {
	const book = createConversationBook(conversationsMax);
	return {
		conversations: book.size,
		follow: (step, settings) => {
			const all = readTurns(step.segments, step.risks, settings.riskFloor);
			const turns = all.slice(-turnsMax);
			const newest = turns.at(-1);
			if (turns.every(({ risk }) => risk === 0)) return undefined;
			const names = nameTurns(step, all).slice(-turnsMax);
			const course =
				step.session === undefined
					? followHistory(book, { step, turns, names, settings })
					: followSession(book, { step, turns, names, settings });
			if (newest === undefined || newest.risk === 0) return undefined;
			return { score: course.score, segment: newest.riskiest };
		},
	};
}

interface Following {
	readonly step: ConversationStep;
	readonly turns: readonly Turn[];
	/** One for each turn. */
	readonly names: readonly string[];
	readonly settings: TrajectorySettings;
}

/**
 * A conversation without a name goes on where the longest beginning that is known ended. What is known
 * under a history was made by that history alone, so nobody else's messages are ever in it.
 */
function followHistory(
	book: ConversationBook,
	{ step, turns, names, settings }: Following,
): Course {
	let known = turns.length;
	let course: Course | undefined;
	while (known > 0 && course === undefined) {
		course = book.get(names[known - 1] ?? "");
		if (course === undefined) known -= 1;
	}
	let next = course ?? noCourse;
	for (const { risk } of turns.slice(known)) {
		next = withTurn(next, { risk, at: step.at }, settings);
	}
	const name = names.at(-1);
	if (name !== undefined) book.put(name, next);
	return next;
}

/** One with a name goes on whatever history is sent with it; only turns that have not been seen count. */
function followSession(
	book: ConversationBook,
	{ step, turns, names, settings }: Following,
): Course {
	const id = digest([step.tenant, "session", step.session ?? ""]);
	let course = book.get(id) ?? noCourse;
	for (const [index, { risk }] of turns.entries()) {
		if (!book.isNew(id, names[index] ?? "")) continue;
		course = withTurn(course, { risk, at: step.at }, settings);
	}
	book.put(id, course);
	return course;
}

/** Each turn's name is the digest of everything up to its end. */
function nameTurns(step: ConversationStep, turns: readonly Turn[]): readonly string[] {
	let before = digest([step.tenant, "history"]);
	return turns.map((turn) => {
		const digesting = createHash("sha256").update(before);
		for (const index of turn.segments) {
			const segment = step.segments[index];
			if (segment === undefined) continue;
			// Lengths, so that no two different turns are the same bytes.
			digesting.update(`${segment.source} ${segment.text.length} `).update(segment.text);
		}
		before = digesting.digest("base64url");
		return before;
	});
}

function digest(parts: readonly string[]): string {
	return hash("sha256", JSON.stringify(parts), "base64url");
}
