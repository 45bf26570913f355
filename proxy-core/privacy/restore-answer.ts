import type { Frame } from "../contract/chat.ts";
import type { Channel, Held, Piece } from "../streams/answer-channel.ts";
import { applyToPieces, hold, leaving, signsThinking, textOf } from "../streams/answer-channel.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import { restoreEchoes } from "./restore-echoes.ts";
import { headChars, isJsonHead, restoringEdits } from "./restore-text.ts";
import type { Vault } from "./vault.ts";
import { openPlaceholder } from "./vault-placeholder.ts";

/**
 * Puts the values of a request's vault back into its answer, frame by frame. Runs after the answer
 * guards, so they judge what the model said and not what the caller had said before. A frame waits
 * only while its text may end in the middle of a placeholder of this very vault.
 */
export interface Restorer {
	/** Frames that may leave now. */
	readonly push: (frames: readonly Frame[]) => readonly Frame[];
	/** The answer is complete. */
	readonly flush: () => readonly Frame[];
}

interface Reading {
	/** Characters of the channel's waiting text that are as they leave. */
	settledTo: number;
	/** The first characters of the channel, until they say whether it is JSON. */
	head: string;
}

export function createRestorer(vault: Vault): Restorer {
	const channels = new Map<string, Channel>();
	const readings = new WeakMap<Channel, Reading>();
	let queue: Held[] = [];

	const readingOf = (channel: Channel): Reading => {
		const reading = readings.get(channel) ?? { settledTo: 0, head: "" };
		readings.set(channel, reading);
		return reading;
	};

	const settle = (channel: Channel, isFinal: boolean): void => {
		const reading = readingOf(channel);
		const text = textOf(channel);
		const fresh = text.slice(reading.settledTo);
		if (reading.head.length < headChars) {
			reading.head = (reading.head + fresh).trimStart().slice(0, headChars);
		}
		const isJson = isJsonHead(reading.head);
		const found = restoringEdits(text, vault, { from: reading.settledTo, isJson });
		const edits = found.map((edit) => ({ ...edit, segment: 0 }));
		const open = isFinal
			? text.length
			: Math.max(reading.settledTo, openPlaceholder(text, vault.mayBegin));
		reading.settledTo = open - applyToPieces(channel, edits);
		let at = 0;
		for (const piece of channel.waiting) {
			at += piece.text.length;
			if (at > reading.settledTo) break;
			piece.isCleared = true;
		}
	};

	const keep = (piece: Piece): void => {
		piece.isCleared = true;
		readingOf(piece.channel).settledTo += piece.text.length;
	};

	const endChoice = (choice: number): void => {
		for (const [id, channel] of channels) if (id.startsWith(`${choice}:`)) settle(channel, true);
	};

	const release = (): readonly Frame[] => {
		const waiting = queue.findIndex((held) => !held.pieces.every((piece) => piece.isCleared));
		const ready = waiting === -1 ? queue : queue.slice(0, waiting);
		queue = waiting === -1 ? [] : queue.slice(waiting);
		for (const { pieces } of ready) {
			for (const { channel, text } of pieces) {
				channel.waiting.shift();
				const reading = readingOf(channel);
				reading.settledTo = Math.max(0, reading.settledTo - text.length);
			}
		}
		return ready.map((held) => restoreEchoes(leaving(held), vault));
	};

	return {
		push: (frames) => {
			for (const frame of frames) {
				const held = hold(frame, channels);
				queue.push(held);
				const isSigned = signsThinking(frame);
				for (const piece of held.pieces) {
					if (isSigned && piece.channel.source === "answer-reasoning") keep(piece);
					else settle(piece.channel, false);
				}
				for (const event of frame.events) if (event.type === "end") endChoice(event.choice);
			}
			return release();
		},
		flush: () => {
			for (const channel of channels.values()) settle(channel, true);
			return release();
		},
	};
}

/** A source whose frames have the vault's values in them again. */
export function restored(source: FrameSource, vault: Vault): FrameSource {
	const restorer = createRestorer(vault);
	let isOver = false;
	return {
		cancel: source.cancel,
		next: async () => {
			if (isOver) return undefined;
			const frames = await source.next();
			if (frames !== undefined) return restorer.push(frames);
			isOver = true;
			return restorer.flush();
		},
	};
}
