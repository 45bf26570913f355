import type { ChatEvent, Frame, TextEvent } from "../contract/chat.ts";
import type { SegmentSource, TextSegment } from "../contract/verdict.ts";
import type { CompiledGuard } from "../guards/define-guard.ts";
import type { Judgement } from "../guards/run-guards.ts";
import { runGuards } from "../guards/run-guards.ts";

/**
 * Keeps frames back until their text is known to be clean. Whole frames wait, in order, so a frame
 * that nobody edits leaves exactly as it came. How long text waits is the guards' business: each
 * names the point from which an incomplete match may begin, usually the last word.
 */
export interface HoldBack {
	/** Frames that may leave now. */
	readonly push: (frames: readonly Frame[]) => Promise<readonly Frame[]> | readonly Frame[];
	/** The answer is complete: what is left is judged as it stands. */
	readonly flush: () => Promise<readonly Frame[]> | readonly Frame[];
	/** Once true, nothing more may leave. */
	readonly isBlocked: () => boolean;
}

interface Held {
	readonly frame: Frame;
	/** Texts of the frame's events, in order, as they will leave. */
	readonly pieces: Piece[];
	isEdited: boolean;
}

interface Piece {
	readonly held: Held;
	readonly channel: Channel;
	readonly eventIndex: number;
	text: string;
	isCleared: boolean;
}

/** One run of text of the answer: a choice's text, its reasoning, or one tool call's arguments. */
interface Channel {
	readonly source: SegmentSource;
	/** Pieces that have not left, in order. */
	waiting: Piece[];
	/** Characters that left before `waiting`; makes a finding's place unique. */
	gone: number;
	readonly reported: Set<string>;
}

interface HoldBackInput {
	readonly guards: readonly CompiledGuard[];
	readonly signal: AbortSignal;
	/** Called once per finding, when it is certain. */
	readonly decided: (judgement: Judgement) => void;
}

export function createHoldBack({ guards, signal, decided }: HoldBackInput): HoldBack {
	const channels = new Map<string, Channel>();
	let queue: Held[] = [];
	let isBlocked = false;

	const admit = (frame: Frame): void => {
		const held: Held = { frame, pieces: [], isEdited: false };
		for (const [eventIndex, event] of frame.events.entries()) {
			if (!isText(event)) continue;
			const channel = channelOf(channels, event);
			const piece: Piece = { held, channel, eventIndex, text: event.text, isCleared: false };
			held.pieces.push(piece);
			channel.waiting.push(piece);
		}
		queue.push(held);
	};

	const judge = (channel: Channel, isFinal: boolean): Promise<void> | void => {
		if (channel.waiting.length === 0) return;
		const text = textOf(channel);
		const segments: readonly TextSegment[] = [{ source: channel.source, text, path: [] }];
		const judgement = runGuards(guards, segments, signal);
		if (judgement instanceof Promise) {
			return judgement.then((late) => conclude(channel, { text, isFinal, judgement: late }));
		}
		return conclude(channel, { text, isFinal, judgement });
	};

	const conclude = (channel: Channel, verdict: ChannelVerdict): void => {
		const { text, isFinal, judgement } = verdict;
		if (judgement.action === "block") {
			isBlocked = true;
			decided(judgement);
			return;
		}
		const certainTo = isFinal ? text.length : certainUpTo(text, judgement);
		const findings = judgement.findings.filter(
			(finding) => finding.end <= certainTo && isNew(channel, finding),
		);
		if (findings.length > 0) decided({ ...judgement, findings });
		const edits = judgement.edits.filter((edit) => edit.end <= certainTo);
		const shrunkBy = applyToPieces(channel, edits);
		clearUpTo(channel, certainTo - shrunkBy);
	};

	/** Where no guard waits any more, and before any edit that may still grow. */
	const certainUpTo = (text: string, { edits }: Judgement): number => {
		const free = holdFrom(guards, text);
		const open = edits.find((edit) => edit.end > free);
		return Math.min(free, open?.start ?? free);
	};

	const release = (): readonly Frame[] => {
		const ready: Frame[] = [];
		if (isBlocked) {
			queue = [];
			return ready;
		}
		let count = 0;
		for (const held of queue) {
			if (!held.pieces.every((piece) => piece.isCleared)) break;
			ready.push(leaving(held));
			for (const piece of held.pieces) {
				piece.channel.waiting.shift();
				piece.channel.gone += piece.text.length;
			}
			count++;
		}
		queue = queue.slice(count);
		return ready;
	};

	const settleChannels = (touched: ReadonlyMap<Channel, boolean>) => {
		const late: Promise<void>[] = [];
		for (const [channel, isFinal] of touched) {
			if (isBlocked) break;
			const work = judge(channel, isFinal);
			if (work instanceof Promise) late.push(work);
		}
		return late.length === 0 ? release() : Promise.all(late).then(release);
	};

	return {
		isBlocked: () => isBlocked,
		push: (frames) => {
			for (const frame of frames) admit(frame);
			return settleChannels(touchedBy(frames, channels));
		},
		flush: () => settleChannels(new Map([...channels.values()].map((channel) => [channel, true]))),
	};
}

/** Channels that have new text, and whether no more will come for them. */
function touchedBy(
	frames: readonly Frame[],
	channels: Map<string, Channel>,
): ReadonlyMap<Channel, boolean> {
	const touched = new Map<Channel, boolean>();
	for (const event of frames.flatMap((frame) => frame.events)) {
		if (isText(event)) {
			const channel = channelOf(channels, event);
			touched.set(channel, touched.get(channel) ?? false);
		} else if (event.type === "end") {
			for (const [id, channel] of channels) {
				if (id.startsWith(`${event.choice}:`)) touched.set(channel, true);
			}
		}
	}
	return touched;
}

interface ChannelVerdict {
	readonly text: string;
	readonly isFinal: boolean;
	readonly judgement: Judgement;
}

function isText(event: ChatEvent): event is TextEvent {
	return "text" in event;
}

function channelOf(channels: Map<string, Channel>, event: TextEvent): Channel {
	const part = event.type === "tool-arguments" ? `tool-${event.index}` : event.type;
	const id = `${event.choice}:${part}`;
	let channel = channels.get(id);
	if (channel === undefined) {
		channel = { source: sourceOf(event), waiting: [], gone: 0, reported: new Set() };
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

function textOf(channel: Channel): string {
	const [only] = channel.waiting;
	if (only !== undefined && channel.waiting.length === 1) return only.text;
	return channel.waiting.map((piece) => piece.text).join("");
}

/** The earliest point that any guard wants held, but never more than that guard's window. */
function holdFrom(guards: readonly CompiledGuard[], text: string): number {
	let from = text.length;
	for (const { inspector, holdBackMax } of guards) {
		const wanted = inspector.holdFrom?.(text) ?? text.length - holdBackMax;
		from = Math.min(from, Math.max(wanted, text.length - holdBackMax));
	}
	return Math.max(0, from);
}

function isNew(channel: Channel, finding: { rule: string; start: number }): boolean {
	const place = `${finding.rule}@${channel.gone + finding.start}`;
	if (channel.reported.has(place)) return false;
	channel.reported.add(place);
	return true;
}

/** Writes edits into the pieces they fall on; returns by how many characters the text became shorter. */
function applyToPieces(channel: Channel, edits: Judgement["edits"]): number {
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

function clearUpTo(channel: Channel, index: number): void {
	let at = 0;
	for (const piece of channel.waiting) {
		at += piece.text.length;
		if (at > index) return;
		piece.isCleared = true;
	}
}

function leaving({ frame, pieces, isEdited }: Held): Frame {
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
