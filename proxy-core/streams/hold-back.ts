import type { Frame } from "../contract/chat.ts";
import type { TextSegment } from "../contract/verdict.ts";
import type { CompiledGuard } from "../guards/define-guard.ts";
import type { Judgement } from "../guards/run-guards.ts";
import { runGuards } from "../guards/run-guards.ts";
import type { Channel, Held } from "./answer-channel.ts";
import {
	applyToPieces,
	channelOf,
	hold,
	isNew,
	isText,
	leaving,
	textOf,
} from "./answer-channel.ts";

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

export interface AnswerJudge {
	readonly guards: readonly CompiledGuard[];
	readonly signal: AbortSignal;
	/** Called once per finding, when it is certain. */
	readonly decided: (judgement: Judgement) => void;
}

export function createHoldBack({ guards, signal, decided }: AnswerJudge): HoldBack {
	const channels = new Map<string, Channel>();
	let queue: Held[] = [];
	let isBlocked = false;

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
			for (const frame of frames) queue.push(hold(frame, channels));
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
	for (const { events } of frames) {
		for (const event of events) {
			if (isText(event)) {
				const channel = channelOf(channels, event);
				if (!touched.has(channel)) touched.set(channel, false);
			} else if (event.type === "end") endChoice(event.choice, channels, touched);
		}
	}
	return touched;
}

function endChoice(
	choice: number,
	channels: ReadonlyMap<string, Channel>,
	touched: Map<Channel, boolean>,
): void {
	for (const [id, channel] of channels) {
		if (id.startsWith(`${choice}:`)) touched.set(channel, true);
	}
}

interface ChannelVerdict {
	readonly text: string;
	readonly isFinal: boolean;
	readonly judgement: Judgement;
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

function clearUpTo(channel: Channel, index: number): void {
	let at = 0;
	for (const piece of channel.waiting) {
		at += piece.text.length;
		if (at > index) return;
		piece.isCleared = true;
	}
}
