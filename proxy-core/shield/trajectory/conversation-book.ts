import type { Course } from "./follow-course.ts";

/** Courses of conversations in bounded memory; the least recently used one is forgotten first. */
export interface ConversationBook {
	readonly get: (id: string) => Course | undefined;
	readonly put: (id: string, course: Course) => void;
	/** Whether this turn of a named conversation is new; from then on it is not. */
	readonly isNew: (id: string, turn: string) => boolean;
	readonly size: () => number;
}

/** Turns of a named conversation that are recognised when they come again. */
const turnsMax = 64;

interface Entry {
	course: Course | undefined;
	/** In the order in which they came. */
	readonly turns: Set<string>;
}

export function createConversationBook(conversationsMax: number): ConversationBook {
	const entries = new Map<string, Entry>();
	const touch = (id: string): Entry => {
		const entry = entries.get(id) ?? { course: undefined, turns: new Set<string>() };
		entries.delete(id);
		entries.set(id, entry);
		if (entries.size > conversationsMax) {
			const oldest = entries.keys().next();
			if (oldest.done !== true) entries.delete(oldest.value);
		}
		return entry;
	};
	return {
		get: (id) => entries.get(id)?.course,
		put: (id, course) => {
			touch(id).course = course;
		},
		isNew: (id, turn) => {
			const { turns } = touch(id);
			if (turns.has(turn)) return false;
			turns.add(turn);
			if (turns.size > turnsMax) {
				const oldest = turns.values().next();
				if (oldest.done !== true) turns.delete(oldest.value);
			}
			return true;
		},
		size: () => entries.size,
	};
}
