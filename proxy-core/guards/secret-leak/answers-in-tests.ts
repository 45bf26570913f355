import type { ChatEvent, Frame } from "../../contract/chat.ts";
import type { TextSegment, Verdict } from "../../contract/verdict.ts";
import { createHoldBack } from "../../streams/hold-back.ts";
import { configuredGuard, openedFor, testView } from "../../testing/guards.ts";
import { applyEdits, runAnswerGuards } from "../run-guards.ts";
import { guard } from "./guard.ts";

export type Config = Readonly<Record<string, unknown>>;

/** Guesses about passwords are redacted too, so that a test sees what was found. */
export const thorough = { passwordAction: "redact" };

/** Stitched at run time, so that no scanner takes this file for a leak. */
export function made(head: string, length: number, alphabet = letters): string {
	let body = "";
	for (let index = 0; body.length < length; index += 1) {
		body += alphabet.charAt((index * 17 + 5 + ((index * index) % 7)) % alphabet.length);
	}
	return head + body;
}
export const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
export const hex = "0123456789abcdef";
export const armoured = (label: string, lines: number, newline = "\n") =>
	[
		`-----BEGIN ${label}-----`,
		...Array.from({ length: lines }, (_, index) =>
			made("", 64, `${letters}+/`)
				.slice(index % 8)
				.padEnd(64, "A"),
		),
		"c2hvcnQ=",
		`-----END ${label}-----`,
	].join(newline);

export function segment(
	text: string,
	source: TextSegment["source"] = "answer",
): readonly TextSegment[] {
	return [{ source, text, path: [] }];
}

/** What an answer becomes that is there as a whole. */
export function redacted(text: string, config: Config = thorough, view = testView()): string {
	const judgement = runAnswerGuards(
		openedFor(view, configuredGuard(guard, config)),
		segment(text),
		view,
	);
	if (judgement instanceof Promise) throw new Error("must stay synchronous");
	return applyEdits(text, judgement.edits);
}

export function requestVerdict(text: string, config: Config = {}): Verdict {
	const { inspectRequest } = configuredGuard(guard, config).inspector;
	const verdict = inspectRequest?.(segment(text, "user"), testView());
	if (verdict === undefined || verdict instanceof Promise) throw new Error("must stay synchronous");
	return verdict;
}

/** Sends `chunks` through the real hold-back; returns what has left after each of them. */
export async function streamed(
	chunks: readonly string[],
	config: Config = thorough,
	view = testView(),
) {
	const holdBack = createHoldBack({
		guards: openedFor(view, configuredGuard(guard, config)),
		request: view,
		decided: () => undefined,
	});
	const left: string[] = [];
	for (const text of chunks) {
		const events: readonly ChatEvent[] = [{ type: "text", choice: 0, text }];
		left.push(textOf(await holdBack.push([{ events }])));
	}
	left.push(textOf(await holdBack.flush()));
	return { left, whole: left.join(""), isBlocked: holdBack.isBlocked() };
}

function textOf(frames: readonly Frame[]): string {
	return frames
		.flatMap(({ events }) => events.map((event) => ("text" in event ? event.text : "")))
		.join("");
}
