import { GatewayError } from "../errors/gateway-error.ts";
import { createLineReader } from "./line-reader.ts";

/** One server-sent event. `id` is the event's own, not the last one seen. */
export interface SseEvent {
	readonly event?: string;
	readonly data: string;
	readonly id?: string;
}

export interface SseParser {
	/** The events that `bytes` completes. Throws `upstream.malformed` when an event is too large. */
	readonly push: (bytes: Uint8Array) => readonly SseEvent[];
	/** An event that the stream ended without a blank line. */
	readonly end: () => readonly SseEvent[];
}

/**
 * Parses `text/event-stream` (WHATWG HTML, server-sent events) by event. It departs from the standard
 * in one point: an event at the very end counts without its blank line, because some servers leave it out.
 * `charactersMax` bounds one event.
 */
export function createSseParser(charactersMax = 16_777_216): SseParser {
	const reader = createLineReader(charactersMax);
	let data: string | undefined;
	let event: string | undefined;
	let id: string | undefined;

	const dispatch = (into: SseEvent[]) => {
		if (data !== undefined)
			into.push({
				data,
				...(event !== undefined && { event }),
				...(id !== undefined && { id }),
			});
		data = undefined;
		event = undefined;
		id = undefined;
	};

	const addData = (value: string) => {
		data = data === undefined ? value : `${data}\n${value}`;
		if (data.length > charactersMax)
			throw new GatewayError("upstream.malformed", {
				message: "The model's provider sent an event that is too large.",
			});
	};

	const take = (line: string, into: SseEvent[]) => {
		if (line === "") return dispatch(into);
		const colon = line.indexOf(":");
		// A line that begins with a colon is a comment; one without any is a field without a value.
		if (colon === 0) return;
		const field = colon === -1 ? line : line.slice(0, colon);
		const value = colon === -1 ? "" : valueAfter(line, colon);
		if (field === "data") addData(value);
		else if (field === "event") event = value || undefined;
		else if (field === "id" && !value.includes("\0")) id = value;
	};

	return {
		push: (bytes) => {
			const events: SseEvent[] = [];
			for (const line of reader.push(bytes)) take(line, events);
			return events;
		},
		end: () => {
			const events: SseEvent[] = [];
			take(reader.end(), events);
			dispatch(events);
			return events;
		},
	};
}

function valueAfter(line: string, colon: number): string {
	return line.slice(line.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1);
}
