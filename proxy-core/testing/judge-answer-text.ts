import type { ChatEvent, Frame } from "../contract/chat.ts";
import type { FindingRecord } from "../contract/settled-record.ts";
import type { CompiledGuard, RequestView } from "../guards/define-guard.ts";
import { createHoldBack } from "../streams/hold-back.ts";
import { judgeWhole } from "../streams/judge-whole.ts";
import { openedFor, testView } from "./guards.ts";

export interface JudgedText {
	/** What left after each chunk, and at the end. */
	readonly left: readonly string[];
	readonly text: string;
	readonly findings: readonly FindingRecord[];
	readonly isBlocked: boolean;
}

/** Sends chunks of an answer's text through the real hold-back, as a stream does. */
export async function streamed(
	guard: CompiledGuard,
	chunks: readonly string[],
	view: RequestView = testView(),
): Promise<JudgedText> {
	const findings: FindingRecord[] = [];
	const holdBack = createHoldBack({
		guards: openedFor(view, guard),
		request: view,
		decided: (judgement) => findings.push(...judgement.findings),
	});
	const left: string[] = [];
	for (const text of chunks) left.push(textIn(await holdBack.push([frameOf(text)])));
	left.push(textIn(await holdBack.flush()));
	return { left, text: left.join(""), findings, isBlocked: holdBack.isBlocked() };
}

/** Judges a whole answer, as for JSON. */
export async function judged(
	guard: CompiledGuard,
	text: string,
	view: RequestView = testView(),
): Promise<JudgedText> {
	const findings: FindingRecord[] = [];
	const frames = await judgeWhole([frameOf(text)], {
		guards: openedFor(view, guard),
		request: view,
		decided: (judgement) => findings.push(...judgement.findings),
	});
	const left = frames === undefined ? "" : textIn(frames);
	return { left: [left], text: left, findings, isBlocked: frames === undefined };
}

/** `text` cut at places given by any numbers. */
export function cutAt(text: string, cuts: readonly number[]): readonly string[] {
	const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
	return [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
}

/** A request with these texts: a system prompt, and what the user asks. */
export function askedOf(texts: { readonly system?: string; readonly user?: string }): RequestView {
	const { system, user } = texts;
	return testView({
		segments: [
			...(system === undefined
				? []
				: [{ source: "system" as const, text: system, path: ["messages", 0] }]),
			...(user === undefined
				? []
				: [{ source: "user" as const, text: user, path: ["messages", 1] }]),
		],
	});
}

function frameOf(text: string): Frame {
	const event: ChatEvent = { type: "text", choice: 0, text };
	return { events: [event] };
}

function textIn(frames: readonly Frame[]): string {
	return frames
		.flatMap(({ events }) => events.map((event) => ("text" in event ? event.text : "")))
		.join("");
}
