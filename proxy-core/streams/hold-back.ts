import type { Frame } from "../contract/chat.ts";
import type { TextSegment } from "../contract/verdict.ts";
import type { RequestView } from "../guards/define-guard.ts";
import type { Judgement, OpenGuard } from "../guards/run-guards.ts";
import { runAnswerGuards } from "../guards/run-guards.ts";
import type { Channel, Held } from "./answer-channel.ts";
import {
	applyToPieces,
	channelOf,
	hold,
	isNew,
	isText,
	leaving,
	letGo,
	remember,
	segmentOf,
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
	/** Opened for this answer. */
	readonly guards: readonly OpenGuard[];
	readonly request: RequestView;
	/** Called once per finding, when it is certain. */
	readonly decided: (judgement: Judgement) => void;
}

export function createHoldBack({ guards, request, decided }: AnswerJudge): HoldBack {
	const channels = new Map<string, Channel>();
	let queue: Held[] = [];
	let isBlocked = false;

	const judge = (channel: Channel, isFinal: boolean): Promise<void> | void => {
		if (channel.waiting.length === 0) return;
		const segment = segmentOf(channel, isFinal);
		const judgement = runAnswerGuards(guards, [segment], request);
		if (judgement instanceof Promise) {
			return judgement.then((late) => conclude(channel, { segment, isFinal, judgement: late }));
		}
		return conclude(channel, { segment, isFinal, judgement });
	};

	const conclude = (channel: Channel, verdict: ChannelVerdict): void => {
		const { segment, isFinal, judgement } = verdict;
		const { length } = segment.text;
		if (judgement.action === "block") {
			isBlocked = true;
			decided(judgement);
			return;
		}
		const certainTo = isFinal ? length : certainUpTo(segment, judgement);
		const findings = judgement.findings.filter(
			(finding) => finding.end <= certainTo && isNew(channel, finding),
		);
		if (findings.length > 0) decided({ ...judgement, findings });
		const edits = judgement.edits.filter((edit) => edit.end <= certainTo);
		const shrunkBy = applyToPieces(channel, edits);
		if (edits.length > 0) remember(channel, judgement.findings, { edits, certainTo });
		channel.shown = length - shrunkBy;
		clearUpTo(channel, certainTo - shrunkBy);
	};

	/** Where no guard waits any more, and before any edit that may still grow. */
	const certainUpTo = (segment: TextSegment, { edits }: Judgement): number => {
		const free = holdFrom(guards, segment);
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
			for (const piece of held.pieces) letGo(piece.channel);
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
	readonly segment: TextSegment;
	readonly isFinal: boolean;
	readonly judgement: Judgement;
}

/** The earliest point that any guard wants held, but never more than that guard's window. */
function holdFrom(guards: readonly OpenGuard[], { text, source, run }: TextSegment): number {
	let from = text.length;
	for (const { inspector, guard } of guards) {
		const earliest = text.length - guard.holdBackMax;
		const wanted = inspector.holdFrom?.(text, source, run) ?? earliest;
		from = Math.min(from, Math.max(wanted, earliest));
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
