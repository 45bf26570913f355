import { describe, expect, it } from "vitest";
import { liveEvent } from "../../contracts/events.ts";
import { createEventBus } from "../events/event-bus.ts";
import type { Runtime } from "../runtime.ts";
import { installRuntime } from "../runtime.ts";
import { liveEventsService } from "./live-events.ts";

async function open() {
	const events = createEventBus();
	// The stream reads nothing else of the runtime.
	installRuntime({ events } as unknown as Runtime);
	const end = new AbortController();
	const request = new Request("http://localhost/api/v1/events", { signal: end.signal });
	const response = await liveEventsService.stream({ request });
	const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
	const next = async () => {
		const { value, done } = await reader.read();
		if (done || value === undefined) return undefined;
		const text = new TextDecoder().decode(value);
		return liveEvent.parse(JSON.parse(text.slice("data: ".length)));
	};
	return { events, end, reader, next, response };
}

describe("liveEventsService", () => {
	it("says at once that it lives, then passes events on", async () => {
		const { events, next, response, end } = await open();
		expect(response.headers.get("content-type")).toContain("text/event-stream");
		expect(await next()).toMatchObject({ type: "stream.alive" });
		events.publish({ type: "requests.settled", count: 3, refused: 1, failed: 0 });
		expect(await next()).toEqual({ type: "requests.settled", count: 3, refused: 1, failed: 0 });
		end.abort();
	});

	it("forgets the listener when the browser leaves", async () => {
		const { events, end, next } = await open();
		await next();
		expect(events.subscribers()).toBe(1);
		end.abort();
		expect(events.subscribers()).toBe(0);
		expect(await next()).toBeUndefined();
		const second = await open();
		await second.reader.cancel();
		expect(second.events.subscribers()).toBe(0);
	});

	it("gives up on a reader that does not read, instead of piling events up", async () => {
		const { events } = await open();
		for (let index = 0; index < 5000; index += 1) events.publish({ type: "keys.changed" });
		expect(events.subscribers()).toBe(0);
	});
});
