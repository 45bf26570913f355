import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { Pipe } from "./channel.ts";
import { openChannel } from "./channel.ts";

type Asked = { readonly double: { readonly asked: number; readonly answered: number } };
type Nothing = Record<never, never>;

/** Two ends; messages are copied, as they are between processes. */
function pipes(): readonly [Pipe, Pipe] {
	const bus = new EventEmitter();
	const end = (own: string, other: string): Pipe => ({
		send: (message) => void setImmediate(() => bus.emit(other, structuredClone(message))),
		onMessage: (listener) => bus.on(own, listener),
	});
	return [end("a", "b"), end("b", "a")];
}

function pair() {
	const [left, right] = pipes();
	return {
		asking: openChannel<Asked, Nothing>(left),
		answering: openChannel<Nothing, Asked>(right),
		right,
	};
}

describe("openChannel", () => {
	it("brings each answer to its question, in whatever order they come", async () => {
		const { asking, answering } = pair();
		const first = Promise.withResolvers<void>();
		answering.answer({
			double: async (number) => {
				if (number === 1) await first.promise;
				return number * 2;
			},
		});
		const slow = asking.ask("double", 1, 5000);
		expect(await asking.ask("double", 2, 5000)).toBe(4);
		first.resolve();
		expect(await slow).toBe(2);
	});

	it("rejects with what the other end threw, by name", async () => {
		const { asking, answering } = pair();
		answering.answer({
			double: () => {
				throw new RangeError("Too much.");
			},
		});
		await expect(asking.ask("double", 1, 5000)).rejects.toMatchObject({
			remoteName: "RangeError",
			message: "Too much.",
		});
	});

	it("rejects when nobody answers, in time or at all", async () => {
		const { asking, answering } = pair();
		await expect(asking.ask("double", 1, 5000)).rejects.toThrow("Nobody answers");
		answering.answer({ double: () => new Promise(() => {}) });
		await expect(asking.ask("double", 1, 10)).rejects.toThrow("in time");
	});

	it("tells whoever waits that the other end is gone, and everybody later", async () => {
		const { asking, answering } = pair();
		answering.answer({ double: () => new Promise(() => {}) });
		const waiting = asking.ask("double", 1, 5000);
		asking.close();
		await expect(waiting).rejects.toThrow("gone");
		await expect(asking.ask("double", 2, 5000)).rejects.toThrow("gone");
	});

	it("ignores messages that are not its own", async () => {
		const { asking, answering, right } = pair();
		answering.answer({ double: (number) => number * 2 });
		for (const message of [{ kind: "answer", id: 99, body: 1 }, { cmd: "NODE_X" }, []]) {
			right.send(message);
		}
		expect(await asking.ask("double", 4, 5000)).toBe(8);
	});
});
