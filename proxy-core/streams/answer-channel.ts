import type { ChatEvent, Dialect, Frame, TextEvent } from "../contract/chat.ts";
import type { SegmentSource, TextSegment } from "../contract/verdict.ts";
import type { Judgement } from "../guards/run-guards.ts";

/** A frame that waits for its texts to be judged. */
export interface Held {
	readonly frame: Frame;
	/** Texts of the frame's events, in order, as they will leave. */
	readonly pieces: Piece[];
	isEdited: boolean;
}

export interface Piece {
	readonly held: Held;
	readonly channel: Channel;
	readonly eventIndex: number;
	text: string;
	isCleared: boolean;
}

/** One run of text of the answer: a choice's text, its reasoning, or one tool call's arguments. */
export interface Channel {
	readonly id: string;
	readonly source: SegmentSource;
	/** Its provider proves every letter of it. */
	readonly isSealed: boolean;
	/** Pieces that have not left, in order. */
	waiting: Piece[];
	/** Characters that left before `waiting`; makes a finding's place unique. */
	gone: number;
	/** What left last, at most `beforeMax` characters; guards look back at it. */
	before: string;
	/** How many of the waiting characters guards have seen. */
	shown: number;
	readonly reported: Set<string>;
}

/** Lists a frame's texts, each in its channel; channels that are new are added to `channels`. */
export function hold(frame: Frame, channels: Map<string, Channel>): Held {
	const held: Held = { frame, pieces: [], isEdited: false };
	for (const [eventIndex, event] of frame.events.entries()) {
		if (!isText(event)) continue;
		const channel = channelOf(channels, event, signsThinking(frame));
		const piece: Piece = { held, channel, eventIndex, text: event.text, isCleared: false };
		held.pieces.push(piece);
		channel.waiting.push(piece);
	}
	return held;
}

export function isText(event: ChatEvent): event is TextEvent {
	return "text" in event;
}

/** Wires whose thinking carries a proof of every letter; it comes after the text that it is about. */
const signing: ReadonlySet<Dialect | undefined> = new Set(["anthropic", "bedrock"]);

export function signsThinking({ wire, events }: Frame): boolean {
	return signing.has(wire?.dialect) || events.some(({ type }) => type === "reasoning-signature");
}

/** Whether a channel is sealed is decided by its first frame. */
export function channelOf(
	channels: Map<string, Channel>,
	event: TextEvent,
	signs = false,
): Channel {
	const part = event.type === "tool-arguments" ? `tool-${event.index}` : event.type;
	const id = `${event.choice}:${part}`;
	let channel = channels.get(id);
	if (channel === undefined) {
		channel = {
			id,
			source: sourceOf(event),
			isSealed: signs && event.type === "reasoning",
			waiting: [],
			gone: 0,
			before: "",
			shown: 0,
			reported: new Set(),
		};
		channels.set(id, channel);
	}
	return channel;
}

function sourceOf(event: TextEvent): SegmentSource {
	switch (event.type) {
		case "tool-arguments":
			return "answer-tool-call";
		case "reasoning":
			return "answer-reasoning";
		case "text":
		case "refusal":
			return "answer";
	}
}

/** What waits in a channel, as one text. */
export function textOf(channel: Channel): string {
	const [only] = channel.waiting;
	if (only !== undefined && channel.waiting.length === 1) return only.text;
	return channel.waiting.map((piece) => piece.text).join("");
}

/** How far guards can look back at what has left. */
export const beforeMax = 512;

/** What waits in a channel, as guards see it. */
export function segmentOf(channel: Channel, isComplete: boolean): TextSegment {
	const { id, source, before, shown, isSealed } = channel;
	const run = { id, before, freshFrom: shown, isComplete };
	const segment = { source, text: textOf(channel), path: [], run };
	return isSealed ? { ...segment, isSealed } : segment;
}

/** Takes note that the first waiting piece leaves. */
export function letGo(channel: Channel): void {
	const text = channel.waiting.shift()?.text ?? "";
	channel.gone += text.length;
	channel.shown = Math.max(0, channel.shown - text.length);
	channel.before = (channel.before + text).slice(-beforeMax);
}

/** False for a finding of a place that was reported before. */
export function isNew(channel: Channel, finding: { rule: string; start: number }): boolean {
	const place = `${finding.rule}@${channel.gone + finding.start}`;
	if (channel.reported.has(place)) return false;
	channel.reported.add(place);
	return true;
}

/** Keeps findings that were reported from being reported again where edits before them moved their text. */
export function remember(
	channel: Channel,
	findings: Judgement["findings"],
	{ edits, certainTo }: { readonly edits: Judgement["edits"]; readonly certainTo: number },
): void {
	for (const { rule, start, end } of findings) {
		if (end > certainTo) continue;
		let moved = start;
		for (const edit of edits) {
			if (edit.end <= start) moved -= edit.end - edit.start - edit.replacement.length;
		}
		if (moved !== start) isNew(channel, { rule, start: moved });
	}
}

/** Writes edits into the pieces they fall on; returns by how many characters the text became shorter. */
export function applyToPieces(channel: Channel, edits: Judgement["edits"]): number {
	let shrunkBy = 0;
	for (const edit of edits.toReversed()) {
		shrunkBy += edit.end - edit.start - edit.replacement.length;
		let at = 0;
		let isPlaced = false;
		for (const piece of channel.waiting) {
			const { length } = piece.text;
			const start = Math.max(edit.start - at, 0);
			const end = Math.min(edit.end - at, length);
			at += length;
			if (start >= end) continue;
			piece.text =
				piece.text.slice(0, start) + (isPlaced ? "" : edit.replacement) + piece.text.slice(end);
			piece.held.isEdited = true;
			isPlaced = true;
		}
	}
	return shrunkBy;
}

/** The frame as it may leave: the very object when nobody edited it. */
export function leaving({ frame, pieces, isEdited }: Held): Frame {
	if (!isEdited) return frame;
	const texts = new Map(pieces.map((piece) => [piece.eventIndex, piece.text]));
	const events = frame.events.map((event, index) => {
		const text = texts.get(index);
		return text === undefined || !isText(event) ? event : { ...event, text };
	});
	const { wire } = frame;
	return wire === undefined
		? { events }
		: { events, wire: { ...wire, data: wire.rewrite(events, true) } };
}
