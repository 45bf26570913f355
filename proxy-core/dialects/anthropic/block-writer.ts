import type { ChatEvent } from "../../contract/chat.ts";
import { toolUse } from "./blocks.ts";
import { event } from "./sse.ts";

type ToolStart = Extract<ChatEvent, { type: "tool-start" }>;
export type SpokenEvent = Exclude<Extract<ChatEvent, { readonly choice: number }>, { type: "end" }>;

/** Writes content blocks one after the other, as this dialect has them. */
export interface BlockWriter {
	readonly write: (spoken: SpokenEvent) => string;
	/** Ends whatever has begun. */
	readonly close: () => string;
	readonly hasTools: () => boolean;
}

export function createBlockWriter(): BlockWriter {
	const blocks = createBlocks();
	const calls = createCalls(blocks);

	const speak = (kind: "text" | "thinking", text: string): string =>
		calls.drain(true) + blocks.continue(kind) + blocks.delta(`${kind}_delta`, { [kind]: text });

	const sign = (signature: string, isRedacted: boolean): string => {
		const before = calls.drain(true);
		if (isRedacted) {
			const block = { type: "redacted_thinking", data: signature };
			return before + blocks.begin("thinking", block) + blocks.close();
		}
		const proof = blocks.continue("thinking") + blocks.delta("signature_delta", { signature });
		return before + proof + blocks.close();
	};

	return {
		hasTools: calls.hasAny,
		close: () => calls.drain(true) + blocks.close(),
		write: (spoken) => {
			switch (spoken.type) {
				case "text":
				case "refusal":
					return speak("text", spoken.text);
				case "reasoning":
					return speak("thinking", spoken.text);
				case "reasoning-signature":
					return sign(spoken.signature, spoken.isRedacted === true);
				case "tool-start":
					return calls.start(spoken);
				case "tool-arguments":
					return calls.argue(spoken.index, spoken.text);
			}
		},
	};
}

type Kind = "text" | "thinking" | "tool";

interface Blocks {
	readonly kind: () => Kind | undefined;
	/** Ends the open block and begins another. */
	readonly begin: (kind: Kind, block: object) => string;
	/** Begins a block unless one of its kind is open. */
	readonly continue: (kind: "text" | "thinking") => string;
	readonly delta: (type: string, fields: object) => string;
	readonly close: () => string;
}

const empty = {
	text: { type: "text", text: "" },
	thinking: { type: "thinking", thinking: "", signature: "" },
};

function createBlocks(): Blocks {
	let open: Kind | undefined;
	let count = 0;
	const close = (): string => {
		if (open === undefined) return "";
		open = undefined;
		return event("content_block_stop", { index: count - 1 });
	};
	const begin = (kind: Kind, block: object): string => {
		const closed = close();
		open = kind;
		return closed + event("content_block_start", { index: count++, content_block: block });
	};
	return {
		kind: () => open,
		begin,
		close,
		continue: (kind) => (open === kind ? "" : begin(kind, empty[kind])),
		delta: (type, fields) =>
			event("content_block_delta", { index: count - 1, delta: { type, ...fields } }),
	};
}

/** Tool calls, whose arguments may come mixed, although a block cannot stand inside another. */
function createCalls(blocks: Blocks) {
	/** Calls that began before the one that is being written was complete. */
	const waiting = new Map<number, { readonly start: ToolStart; text: string }>();
	let current: { readonly index: number; text: string } | undefined;
	let hasAny = false;

	const append = (text: string): string => {
		if (current !== undefined) current.text += text;
		return text === "" ? "" : blocks.delta("input_json_delta", { partial_json: text });
	};

	const isBusy = (): boolean =>
		blocks.kind() === "tool" && current !== undefined && !isComplete(current.text);

	/** Begins waiting calls; unless the answer goes on after them, each only when the one before is complete. */
	const drain = (isOver: boolean): string => {
		let text = "";
		for (const [index, { start, text: begun }] of waiting) {
			if (!isOver && isBusy()) break;
			waiting.delete(index);
			current = { index, text: "" };
			text += blocks.begin("tool", toolUse(start, {})) + append(begun);
		}
		return text;
	};

	return {
		hasAny: () => hasAny,
		drain,
		start: (start: ToolStart): string => {
			hasAny = true;
			waiting.set(start.index, { start, text: "" });
			return drain(false);
		},
		argue: (index: number, text: string): string => {
			if (blocks.kind() === "tool" && current?.index === index) {
				return append(text) + (waiting.size === 0 ? "" : drain(false));
			}
			const later = waiting.get(index);
			if (later !== undefined) later.text += text;
			return "";
		},
	};
}

function isComplete(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
