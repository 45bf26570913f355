import type { ChatEvent, TypedEvent } from "../../contract/chat.ts";
import { spliceJson } from "../../text/json-splice.ts";
import { event, sse } from "../anthropic/sse.ts";
import { cutEvents } from "./forward-cut.ts";

/** An upstream's own event, its deltas already edited. */
interface Passing {
	readonly data: string;
	readonly typed: TypedEvent;
}

/** Hands typed events on. Holds one answer's state. */
export interface Forwarder {
	readonly pass: (events: readonly ChatEvent[], passing: Passing) => string;
	readonly cut: () => string;
	readonly end: () => string;
	/** The sequence number after that of the last event. */
	readonly nextNumber: () => number;
}

const lastEvents: ReadonlySet<string> = new Set([
	"response.completed",
	"response.incomplete",
	"response.cancelled",
]);

/** What an answer that is cut short has to be closed with. */
const skeletons: ReadonlySet<string> = new Set([
	"response.created",
	"response.output_item.added",
	"response.output_item.done",
]);

/**
 * Remembers what left of every run of text, and puts exactly that wherever a later event says the
 * run again. What a guard took out of a delta can therefore not come back at the end.
 */
export function createForwarder(): Forwarder {
	const sent = new Map<string, string>();
	const kept: Passing[] = [];
	let lastData = "{}";
	let closing = "";

	const note = (events: readonly ChatEvent[], { runs }: TypedEvent): void => {
		for (const [index, said] of events.entries()) {
			const run = runs[index];
			if (run !== undefined && "text" in said) sent.set(run, (sent.get(run) ?? "") + said.text);
		}
	};
	const nextNumber = (): number => numberOf(lastData) + 1;
	return {
		nextNumber,
		pass: (events, { data: received, typed }) => {
			note(events, typed);
			const data = withWhatLeft(received, typed, sent);
			if (skeletons.has(typed.name)) kept.push({ data, typed });
			if (lastEvents.has(typed.name)) {
				closing = sse(typed.name, data);
				return "";
			}
			lastData = data;
			return sse(typed.name, data);
		},
		cut: () => {
			const datas = kept.map(({ data }) => data);
			const { items, last } = cutEvents(datas, sent);
			let number = nextNumber();
			let text = "";
			for (const fields of items) {
				text += event("response.output_item.done", { sequence_number: number, ...fields });
				number += 1;
			}
			closing = event("response.incomplete", { sequence_number: number, response: last });
			return text;
		},
		end: () => closing,
	};
}

function withWhatLeft(
	data: string,
	{ repeats }: TypedEvent,
	sent: ReadonlyMap<string, string>,
): string {
	const edits = repeats.flatMap(({ path, runs, text }) => {
		const left = runs.map((run) => sent.get(run) ?? "").join("");
		if (left === text) return [];
		const logprobs = [...path.slice(0, -1), "logprobs"];
		return [
			{ path, value: left },
			{ path: logprobs, value: undefined },
		];
	});
	return spliceJson(data, edits);
}

function numberOf(data: string): number {
	const value: unknown = JSON.parse(data);
	const number =
		typeof value === "object" && value !== null && "sequence_number" in value
			? value.sequence_number
			: undefined;
	return typeof number === "number" ? number : -1;
}
