"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { emptyAnswer, isRunning } from "./answer.ts";
import { chatRequest } from "./chat-request.ts";
import type { Turn } from "./conversation.ts";
import { before, userTurn, withAnswer, withoutTurn, withText } from "./conversation.ts";
import type { Parameters } from "./parameters.ts";
import { sendChat } from "./send-chat.ts";

export interface Playground {
	readonly turns: readonly Turn[];
	readonly isBusy: boolean;
	/** Adds a person's turn and asks for an answer. */
	readonly ask: (text: string) => void;
	/** Adds results of tool calls and asks for the next answer. */
	readonly answerCalls: (results: readonly ToolResult[]) => void;
	/** Asks again from a turn on: later turns go, an answer itself is replaced. */
	readonly repeatFrom: (id: string) => void;
	readonly edit: (id: string, text: string) => void;
	readonly remove: (id: string) => void;
	/** Really cancels: the connection is closed and the gateway hangs up on the provider. */
	readonly stop: () => void;
	readonly clear: () => void;
}

export interface ToolResult {
	readonly callId: string;
	readonly name: string;
	readonly text: string;
}

/** A conversation that lives as long as the page: what is said here is stored nowhere. */
export function usePlayground(model: string, parameters: Parameters): Playground {
	const queries = useQueryClient();
	const [turns, setTurns] = useState<readonly Turn[]>([]);
	const running = useRef<AbortController>(undefined);
	// Leaving the page hangs up.
	useEffect(() => () => running.current?.abort(), []);

	const send = async (next: readonly Turn[]) => {
		const id = crypto.randomUUID();
		const abort = new AbortController();
		running.current = abort;
		setTurns([...next, { id, kind: "assistant", answer: emptyAnswer }]);
		await sendChat(chatRequest({ model, turns: next, parameters }), {
			signal: abort.signal,
			change: (change) => setTurns((current) => withAnswer(current, id, change)),
		});
		void queries.invalidateQueries({ queryKey: ["requests"] });
	};
	const last = turns.at(-1);
	return {
		turns,
		isBusy: last?.kind === "assistant" && isRunning(last.answer),
		ask: (text) => void send([...turns, userTurn(text)]),
		answerCalls: (results) =>
			void send([
				...turns,
				...results.map((result): Turn => ({ id: crypto.randomUUID(), kind: "tool", ...result })),
			]),
		repeatFrom: (id) => {
			const turn = turns.find((one) => one.id === id);
			if (turn === undefined) return;
			const kept = before(turns, id);
			void send(turn.kind === "assistant" ? kept : [...kept, turn]);
		},
		edit: (id, text) => setTurns((current) => withText(current, id, text)),
		remove: (id) => setTurns((current) => withoutTurn(current, id)),
		stop: () => running.current?.abort(),
		clear: () => {
			running.current?.abort();
			setTurns([]);
		},
	};
}
