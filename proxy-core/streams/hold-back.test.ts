import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChatEvent, Frame } from "../contract/chat.ts";
import { nothingFound } from "../contract/verdict.ts";
import type { OpenGuard } from "../guards/run-guards.ts";
import { openedGuard, testView } from "../testing/guards.ts";
import { createHoldBack } from "./hold-back.ts";

/** Finds `KEY` and nine digits; waits where one may begin. */
function keyGuard(action: "redact" | "block" | "flag"): OpenGuard {
	const pattern = /KEY\d{9}/g;
	return openedGuard(
		{
			holdFrom: (text) => {
				const tail = /(?:K|KE|KEY\d{0,8})$/.exec(text);
				return tail === null ? text.length : tail.index;
			},
			inspect: (segments) => ({
				findings: segments.flatMap(({ text }, segment) =>
					Array.from(text.matchAll(pattern), (match) => ({
						rule: "key",
						segment,
						start: match.index,
						end: match.index + match[0].length,
						score: 1,
						action,
						replacement: "[key]",
					})),
				),
			}),
		},
		12,
	);
}

interface Outcome {
	readonly text: string;
	readonly frames: readonly Frame[];
	readonly findings: number;
	readonly isBlocked: boolean;
}

async function stream(
	frames: readonly Frame[],
	action: "redact" | "block" | "flag" = "redact",
): Promise<Outcome> {
	let findings = 0;
	const holdBack = createHoldBack({
		guards: [keyGuard(action)],
		request: testView(),
		decided: (judgement) => {
			findings += judgement.findings.length;
		},
	});
	const out: Frame[] = [];
	for (const frame of frames) out.push(...(await holdBack.push([frame])));
	out.push(...(await holdBack.flush()));
	const text = out
		.flatMap((frame) => frame.events)
		.map((event) => ("text" in event ? event.text : ""))
		.join("");
	return { text, frames: out, findings, isBlocked: holdBack.isBlocked() };
}

function textFrame(text: string): Frame {
	return { events: [{ type: "text", choice: 0, text }] };
}

function split(text: string, cuts: readonly number[]): readonly Frame[] {
	const points = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
	return [0, ...points].map((from, index) =>
		textFrame(text.slice(from, points[index] ?? text.length)),
	);
}

const secret = "KEY123456789";

describe("hold-back over a stream", () => {
	test("redacts a key however it is split over chunks", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.string(),
				fc.string(),
				fc.array(fc.nat(80), { maxLength: 12 }),
				async (before, after, cuts) => {
					const whole = before + secret + after;
					const { text } = await stream(split(whole, cuts));
					expect(text).toBe(whole.replaceAll(/KEY\d{9}/g, "[key]"));
				},
			),
		);
	});

	test("reports each finding once, however often the text is judged", async () => {
		const frames = [...`a ${secret} b ${secret} c`].map(textFrame);
		expect((await stream(frames)).findings).toBe(2);
		expect((await stream(frames, "flag")).findings).toBe(2);
	});

	test("lets nothing of a key out when the guard blocks", async () => {
		const { text, isBlocked } = await stream([...`before ${secret}`].map(textFrame), "block");
		expect(isBlocked).toBe(true);
		expect(text).toBe("before ");
	});

	test("sends harmless text on without waiting for the end", async () => {
		const holdBack = createHoldBack({
			guards: [keyGuard("redact")],
			request: testView(),
			decided: () => {},
		});
		const frame = textFrame("Hello there. ");
		expect(await holdBack.push([frame])).toEqual([frame]);
		expect(await holdBack.push([textFrame("A KE")])).toEqual([]);
	});

	test("passes frames that nobody edits as the same objects, in order", async () => {
		const frames: readonly Frame[] = [
			{ events: [{ type: "start" }] },
			textFrame("one K"),
			{ events: [{ type: "tool-start", choice: 0, index: 0, id: "c", name: "f" }] },
			textFrame("ey two"),
			{ events: [{ type: "end", choice: 0, reason: "stop" }] },
		];
		const { frames: out } = await stream(frames);
		expect(out).toHaveLength(frames.length);
		for (const [index, frame] of frames.entries()) expect(out[index]).toBe(frame);
	});

	test("keeps channels apart: halves in text and in tool arguments are not a key", async () => {
		const events: readonly ChatEvent[] = [
			{ type: "text", choice: 0, text: "KEY1234" },
			{ type: "tool-arguments", choice: 0, index: 0, text: "56789" },
			{ type: "text", choice: 1, text: "56789" },
		];
		const { text } = await stream(events.map((event) => ({ events: [event] })));
		expect(text).toBe("KEY12345678956789");
	});

	test("finds a key in tool arguments and in reasoning", async () => {
		const halves = ["KEY123", "456789"];
		const inTool = halves.map((text) => ({
			events: [{ type: "tool-arguments", choice: 0, index: 2, text } as const],
		}));
		const inReasoning = halves.map((text) => ({
			events: [{ type: "reasoning", choice: 0, text } as const],
		}));
		expect((await stream(inTool)).text).toBe("[key]");
		expect((await stream(inReasoning)).text).toBe("[key]");
	});

	test("waits with all of an edit that another guard still holds a part of", async () => {
		const holdsLastTwo = openedGuard({
			inspect: () => nothingFound,
			holdFrom: (tail) => tail.length - 2,
		});
		const holdBack = createHoldBack({
			guards: [keyGuard("redact"), holdsLastTwo],
			request: testView(),
			decided: () => {},
		});
		const first = await holdBack.push([textFrame("a "), textFrame("KEY1234"), textFrame("56789")]);
		expect(first.flatMap((frame) => frame.events)).toEqual(textFrame("a ").events);
		const rest = await holdBack.flush();
		const text = rest.flatMap(({ events }) =>
			events.map((event) => ("text" in event ? event.text : "")),
		);
		expect(text.join("")).toBe("[key]");
	});

	test("rewrites the upstream's own JSON when a frame is edited", async () => {
		const frame: Frame = {
			events: [{ type: "text", choice: 0, text: secret }],
			wire: {
				dialect: "openai",
				data: JSON.stringify({ t: secret }),
				rewrite: (events) =>
					JSON.stringify(events.map((event) => ("text" in event ? event.text : ""))),
			},
		};
		const { frames } = await stream([frame]);
		expect(frames[0]?.wire?.data).toBe('["[key]"]');
	});
});
