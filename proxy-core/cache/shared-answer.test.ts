import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Frame } from "../contract/chat.ts";
import type { FrameSource } from "../streams/frame-source.ts";
import { testTarget } from "../testing/test-gateway.ts";
import type { AnswerReader, KeptAnswer } from "./shared-answer.ts";
import { shareAnswer } from "./shared-answer.ts";

const target = testTarget("http://127.0.0.1:1/v1");

function textFrame(text: string): Frame {
	return { events: [{ type: "text", choice: 0, text }] };
}

function sourceOf(texts: readonly string[]): FrameSource {
	let at = 0;
	return {
		next: async () => {
			const text = texts[at++];
			return text === undefined ? undefined : [textFrame(text)];
		},
		cancel: () => {},
	};
}

async function readAll({ source }: AnswerReader): Promise<readonly string[]> {
	const texts: string[] = [];
	for (let frames = await source.next(); frames !== undefined; frames = await source.next()) {
		for (const event of frames.flatMap((frame) => frame.events)) {
			if (event.type === "text") texts.push(event.text);
		}
	}
	return texts;
}

describe("shareAnswer", () => {
	it("gives every reader the whole answer, whenever and however fast it reads", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.string(), { maxLength: 8 }),
				fc.array(fc.nat(8), { minLength: 1, maxLength: 5 }),
				async (texts, headStarts) => {
					let kept: KeptAnswer | undefined;
					const shared = shareAnswer({
						target,
						omitted: [],
						source: sourceOf(texts),
						completed: (answer) => {
							kept = answer;
						},
						abandoned: () => {},
					});
					const { signal } = new AbortController();
					const readers = headStarts.map(() => shared.join(signal));
					for (const [index, count] of headStarts.entries()) {
						// Some have read a part before the others begin; the texts they took are not lost.
						for (let step = 0; step < count; step++) await readers[index]?.source.next();
					}
					const late = shared.join(signal);
					expect(await readAll(late)).toEqual(texts);
					expect(kept?.batches).toHaveLength(texts.length);
					expect(readers.filter((reader) => !reader.isPaid())).toHaveLength(1);
				},
			),
			{ numRuns: 60 },
		);
	});

	it("lets the next reader pay when the first one leaves, and cancels after the last", async () => {
		let cancelled = 0;
		const endless: FrameSource = {
			next: () => new Promise(() => {}),
			cancel: () => {
				cancelled++;
			},
		};
		const shared = shareAnswer({
			target,
			omitted: [],
			source: endless,
			completed: () => {},
			abandoned: () => {},
		});
		const [one, two] = [new AbortController(), new AbortController()];
		const first = shared.join(one.signal);
		const second = shared.join(two.signal);
		const waiting = first.source.next();
		one.abort();
		await expect(waiting).rejects.toMatchObject({ code: "request.cancelled" });
		expect([first.isPaid(), second.isPaid()]).toEqual([true, false]);
		expect(cancelled).toBe(0);
		two.abort();
		expect(cancelled).toBe(1);
		expect(second.isPaid()).toBe(false);
	});

	it("tells every reader of the same failure", async () => {
		const shared = shareAnswer({
			target,
			omitted: [],
			source: { next: () => Promise.reject(new Error("broke off")), cancel: () => {} },
			completed: () => {},
			abandoned: () => {},
		});
		const { signal } = new AbortController();
		for (const reader of [shared.join(signal), shared.join(signal)]) {
			await expect(reader.source.next()).rejects.toThrow("broke off");
		}
	});
});
