import type { ChatEvent, EndReason, Frame, Usage } from "../../contract/chat.ts";
import type { StreamEncoder, StreamEncoderOptions } from "../define-dialect.ts";
import { encodeError } from "./encode-error.ts";
import type { PartWriter } from "./parts.ts";
import {
	candidate,
	createPartWriter,
	encodeUsage,
	endedCandidate,
	estimatedUsage,
	headOf,
	showsThinking,
} from "./parts.ts";

interface Options extends StreamEncoderOptions {
	/** How many answers were asked for. */
	readonly choices: number;
	/** One JSON array in the place of server-sent events. */
	readonly isArray: boolean;
}

/**
 * Chunks of an upstream that speaks Gemini's API leave as they came; those of any other become
 * Google's. The chunk that ends the last candidate is held until `end`, so that nobody has a whole
 * answer too early.
 */
export function createStreamEncoder(options: Options): StreamEncoder {
	const own = createOwnEncoder(options);
	const frame = options.isArray ? createArray() : events;
	const held: string[] = [];
	let isForwarding = false;
	let isCut = false;

	const forward = (data: string): string => {
		isForwarding = true;
		const line = oneLine(data);
		if (!own.hasEnded()) return frame.chunk(line);
		held.push(line);
		return "";
	};
	const chunkOf = ({ events: said, wire }: Frame): string => {
		// An upstream's error event is answered in our own shape, by whoever reads it next.
		if (said.some(({ type }) => type === "error")) return "";
		own.note(said);
		if (wire?.dialect === "gemini") return forward(wire.data);
		const chunk = own.encode(said);
		return chunk === undefined ? "" : frame.chunk(chunk);
	};

	return {
		encode: (frames) => frames.map(chunkOf).join(""),
		cut: () => {
			isCut = true;
			return "";
		},
		end: () => {
			const last = isForwarding && !isCut ? held : [own.last(isCut)];
			return last.map((chunk) => frame.chunk(chunk)).join("") + frame.close();
		},
		fail: (error) => frame.chunk(encodeError(error)) + frame.close(),
	};
}

/** Line breaks stand between tokens of JSON only. */
function oneLine(json: string): string {
	return json.includes("\n") ? json.replaceAll(/[\r\n]+/g, " ") : json;
}

interface Framing {
	readonly chunk: (json: string) => string;
	readonly close: () => string;
}

const events: Framing = { chunk: (json) => `data: ${json}\n\n`, close: () => "" };

function createArray(): Framing {
	let hasBegun = false;
	return {
		chunk: (json) => {
			const text = (hasBegun ? ",\n" : "[") + json;
			hasBegun = true;
			return text;
		},
		close: () => (hasBegun ? "]" : "[]"),
	};
}

/** What a client is told of an answer that was withheld in its middle. */
const withheld = "The rest of the answer was withheld.";

function createOwnEncoder({ identity, request, choices }: Options) {
	const showsThoughts = showsThinking(request);
	const writers = new Map<number, PartWriter>();
	const endings = new Map<number, EndReason>();
	const head = headOf(identity);
	let reported: Usage | undefined;
	let characters = 0;

	const writerOf = (choice: number): PartWriter => {
		const writer = writers.get(choice) ?? createPartWriter({ showsThoughts });
		writers.set(choice, writer);
		return writer;
	};

	return {
		hasEnded: () => endings.size >= choices,
		note: (said: readonly ChatEvent[]): void => {
			for (const event of said) {
				if (event.type === "usage") reported = event.usage;
				else if (event.type === "end") endings.set(event.choice, event.reason);
				else if ("choice" in event) writerOf(event.choice);
				if ("text" in event) characters += event.text.length;
			}
		},
		/** The next chunk; undefined when nothing of it can be shown yet. */
		encode: (said: readonly ChatEvent[]): string | undefined => {
			const parts = new Map<number, object[]>();
			for (const event of said) {
				if (!("choice" in event) || event.type === "end") continue;
				const written = writerOf(event.choice).write(event);
				if (written.length === 0) continue;
				parts.set(event.choice, [...(parts.get(event.choice) ?? []), ...written]);
			}
			if (parts.size === 0) return undefined;
			const candidates = [...parts].map(([choice, own]) => candidate(choice, own));
			return JSON.stringify({ candidates, ...head });
		},
		/** The chunk that ends every candidate. */
		last: (isCut: boolean): string => {
			const all = new Set([...writers.keys(), ...endings.keys()]);
			if (all.size === 0) all.add(0);
			const candidates = [...all]
				.toSorted((a, b) => a - b)
				.map((choice) =>
					isCut
						? endedCandidate({ choice, parts: [], reason: "filtered", message: withheld })
						: endedCandidate({
								choice,
								parts: writerOf(choice).close(),
								reason: endings.get(choice) ?? "stop",
							}),
				);
			const usage = encodeUsage(reported ?? estimatedUsage(request, characters));
			return JSON.stringify({ candidates, usageMetadata: usage, ...head });
		},
	};
}
