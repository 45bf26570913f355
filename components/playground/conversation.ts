import type { Answer } from "./answer.ts";

export type Turn =
	| { readonly id: string; readonly kind: "user"; readonly text: string }
	| { readonly id: string; readonly kind: "assistant"; readonly answer: Answer }
	/** The result of a tool call of the assistant's turn before. */
	| {
			readonly id: string;
			readonly kind: "tool";
			readonly callId: string;
			readonly name: string;
			readonly text: string;
	  };

export function userTurn(text: string): Turn {
	return { id: crypto.randomUUID(), kind: "user", text };
}

export function withAnswer(
	turns: readonly Turn[],
	id: string,
	change: (answer: Answer) => Answer,
): readonly Turn[] {
	return turns.map((turn) =>
		turn.id === id && turn.kind === "assistant" ? { ...turn, answer: change(turn.answer) } : turn,
	);
}

/** A turn with other words; an answer loses what was measured about it, because it is not that answer any more. */
export function withText(turns: readonly Turn[], id: string, text: string): readonly Turn[] {
	return turns.map((turn) => {
		if (turn.id !== id) return turn;
		if (turn.kind !== "assistant") return { ...turn, text };
		return { ...turn, answer: { ...turn.answer, text, state: { kind: "done" } } };
	});
}

/** Everything before a turn. */
export function before(turns: readonly Turn[], id: string): readonly Turn[] {
	const at = turns.findIndex((turn) => turn.id === id);
	return at === -1 ? turns : turns.slice(0, at);
}

/**
 * Without a turn, and without the results that would be left without the call they answer.
 */
export function withoutTurn(turns: readonly Turn[], id: string): readonly Turn[] {
	const kept = turns.filter((turn) => turn.id !== id);
	const calls = new Set(
		kept.flatMap((turn) =>
			turn.kind === "assistant" ? turn.answer.toolCalls.map((call) => call.id) : [],
		),
	);
	return kept.filter((turn) => turn.kind !== "tool" || calls.has(turn.callId));
}

/** The calls of an assistant's turn that have no result yet. */
export function openCalls(turns: readonly Turn[], id: string) {
	const turn = turns.find((one) => one.id === id);
	if (turn?.kind !== "assistant") return [];
	const answered = new Set(turns.flatMap((one) => (one.kind === "tool" ? [one.callId] : [])));
	return turn.answer.toolCalls.filter((call) => !answered.has(call.id));
}
