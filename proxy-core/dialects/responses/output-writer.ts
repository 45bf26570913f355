import type { ChatEvent } from "../../contract/chat.ts";
import type { CallItem, Emit, MessageItem, OutputItem, ReasoningItem } from "./output-items.ts";
import { createCall, createMessage, createReasoning } from "./output-items.ts";
import { encodeProof } from "./reasoning-proof.ts";

type Said = Extract<ChatEvent, { readonly choice: number }>;

/** Canonical events → output items, each step told through `emit`. Holds one answer's state. */
export interface OutputWriter {
	readonly write: (event: Said) => void;
	readonly close: (isIncomplete: boolean) => void;
	readonly items: () => readonly object[];
}

/**
 * Words and thinking end when something else begins. Calls stay open to the end, because some
 * providers write the arguments of parallel calls in turns.
 */
export function createOutputWriter(idSuffix: string, emit: Emit): OutputWriter {
	const items: OutputItem[] = [];
	const calls = new Map<number, CallItem>();
	let message: MessageItem | undefined;
	let reasoning: ReasoningItem | undefined;

	const input = () => ({ idSuffix, outputIndex: items.length, emit });
	const added = <Item extends OutputItem>(item: Item): Item => {
		items.push(item);
		return item;
	};
	const endSpeech = (): void => {
		message?.close(false);
		reasoning?.close(false);
		message = undefined;
		reasoning = undefined;
	};
	const openMessage = (): MessageItem => {
		if (message === undefined) {
			endSpeech();
			message = added(createMessage(input()));
		}
		return message;
	};
	const openReasoning = (): ReasoningItem => {
		if (reasoning === undefined) {
			endSpeech();
			reasoning = added(createReasoning(input()));
		}
		return reasoning;
	};
	return {
		items: () => items.map((item) => item.object()),
		close: (isIncomplete) => {
			for (const item of items) item.close(isIncomplete);
			message = undefined;
			reasoning = undefined;
		},
		write: (event) => {
			switch (event.type) {
				case "text":
				case "refusal":
					openMessage().say(event.type, event.text);
					return;
				case "reasoning":
					openReasoning().say(event.text);
					return;
				case "reasoning-signature":
					// A redacted block is one of its own; any other proof belongs to the thinking before it.
					if (event.isRedacted) endSpeech();
					openReasoning().prove(encodeProof(event.signature, event.isRedacted === true));
					endSpeech();
					return;
				case "tool-start": {
					endSpeech();
					const { id: callId, name, signature } = event;
					calls.set(event.index, added(createCall({ ...input(), callId, name, signature })));
					return;
				}
				case "tool-arguments":
					calls.get(event.index)?.say(event.text);
					return;
				case "end":
					return;
			}
		},
	};
}
