import { describe, expect, test } from "vitest";
import { createChunkQueue } from "./chunk-queue.ts";

function open(bytesMax = 10) {
	const calls: string[] = [];
	const queue = createChunkQueue({
		bytesMax,
		pause: () => calls.push("pause"),
		resume: () => calls.push("resume"),
	});
	return { queue, calls };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (chunk: Uint8Array | undefined) =>
	chunk === undefined ? undefined : new TextDecoder().decode(chunk);

describe("a chunk queue", () => {
	test("gives what waits in one piece, then waits for more, then ends", async () => {
		const { queue } = open();
		queue.push(bytes("a"));
		queue.push(bytes("b"));
		expect(textOf(await queue.next())).toBe("ab");
		const later = queue.next();
		queue.push(bytes("c"));
		expect(textOf(await later)).toBe("c");
		queue.end();
		expect(await queue.next()).toBeUndefined();
	});

	test("delivers what came before a failure, then fails", async () => {
		const { queue } = open();
		queue.push(bytes("a"));
		queue.fail(new Error("broken"));
		expect(textOf(await queue.next())).toBe("a");
		await expect(queue.next()).rejects.toThrow("broken");
	});

	test("pauses a source that is faster than its reader, and resumes it", async () => {
		const { queue, calls } = open(3);
		queue.push(bytes("abcd"));
		queue.push(bytes("efgh"));
		expect(calls).toEqual(["pause"]);
		expect(textOf(await queue.next())).toBe("abcdefgh");
		expect(calls).toEqual(["pause", "resume"]);
	});

	test("collects a whole text without pausing, also when it was cut inside a character", async () => {
		const { queue, calls } = open(3);
		const whole = bytes("grüße, 世界");
		const text = queue.text();
		for (const byte of whole) queue.push(Uint8Array.of(byte));
		queue.end();
		expect(await text).toBe("grüße, 世界");
		expect(calls).toEqual([]);
	});

	test("rejects a whole text that broke off", async () => {
		const { queue } = open();
		const text = queue.text();
		queue.push(bytes("a"));
		queue.fail(new Error("broken"));
		await expect(text).rejects.toThrow("broken");
	});
});
