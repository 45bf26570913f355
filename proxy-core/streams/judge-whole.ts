import type { Frame } from "../contract/chat.ts";
import type { Judgement } from "../guards/run-guards.ts";
import { runAnswerGuards } from "../guards/run-guards.ts";
import type { Channel, Held } from "./answer-channel.ts";
import { applyToPieces, hold, isNew, leaving, segmentOf } from "./answer-channel.ts";
import type { AnswerJudge } from "./hold-back.ts";

/**
 * Judges an answer that is there as a whole: every text once, and nothing has to wait for more of it.
 * Gives the frames as they may leave, or `undefined` when a guard blocked.
 */
export function judgeWhole(
	frames: readonly Frame[],
	judge: AnswerJudge,
): readonly Frame[] | undefined | Promise<readonly Frame[] | undefined> {
	const channels = new Map<string, Channel>();
	const held = frames.map((frame) => hold(frame, channels));
	const texts = [...channels.values()];
	const verdicts = texts.map((channel) =>
		runAnswerGuards(judge.guards, [segmentOf(channel, true)], judge.request),
	);
	const settled: Judgement[] = [];
	for (const verdict of verdicts) {
		if (verdict instanceof Promise) {
			return Promise.all(verdicts).then((all) => conclude(held, { texts, all, judge }));
		}
		settled.push(verdict);
	}
	return conclude(held, { texts, all: settled, judge });
}

interface Judged {
	readonly texts: readonly Channel[];
	/** One for each of `texts`. */
	readonly all: readonly Judgement[];
	readonly judge: AnswerJudge;
}

function conclude(
	held: readonly Held[],
	{ texts, all, judge }: Judged,
): readonly Frame[] | undefined {
	for (const [index, judgement] of all.entries()) {
		const channel = texts[index];
		if (channel === undefined) continue;
		if (judgement.action === "block") {
			judge.decided(judgement);
			return undefined;
		}
		const findings = judgement.findings.filter((finding) => isNew(channel, finding));
		if (findings.length > 0) judge.decided({ ...judgement, findings });
		applyToPieces(channel, judgement.edits);
	}
	return held.map(leaving);
}
