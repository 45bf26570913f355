import { foreignReasoningId } from "./reasoning-proof.ts";

/** Tells the caller about a step; does nothing for an answer that is sent whole. */
export type Emit = (type: string, fields: object) => void;

/** One item of the output while it is written. */
export interface OutputItem {
	readonly kind: "message" | "reasoning" | "function_call";
	/** `isIncomplete`: the answer was cut while the item was open. Closing twice does nothing. */
	readonly close: (isIncomplete: boolean) => void;
	/** As it stands now. */
	readonly object: () => object;
}

export interface ItemInput {
	readonly idSuffix: string;
	readonly outputIndex: number;
	readonly emit: Emit;
}

type Status = "in_progress" | "completed" | "incomplete";

/** The life of an item that is the same for all kinds. */
function createItem(
	{ outputIndex, emit }: Pick<ItemInput, "outputIndex" | "emit">,
	{
		kind,
		object,
		closing,
	}: {
		readonly kind: OutputItem["kind"];
		readonly object: (status: Status) => object;
		readonly closing: () => void;
	},
): OutputItem {
	let status: Status = "in_progress";
	emit("response.output_item.added", { output_index: outputIndex, item: object(status) });
	return {
		kind,
		object: () => object(status),
		close: (isIncomplete) => {
			if (status !== "in_progress") return;
			closing();
			status = isIncomplete ? "incomplete" : "completed";
			emit("response.output_item.done", { output_index: outputIndex, item: object(status) });
		},
	};
}

export interface MessageItem extends OutputItem {
	readonly say: (kind: "text" | "refusal", text: string) => void;
}

interface Part {
	readonly kind: "text" | "refusal";
	text: string;
}

/** Words and refusals; each stretch of one kind is a part. */
export function createMessage({ idSuffix, outputIndex, emit }: ItemInput): MessageItem {
	const id = `msg_${idSuffix}_${outputIndex}`;
	const parts: Part[] = [];
	const place = () => ({
		item_id: id,
		output_index: outputIndex,
		content_index: parts.length - 1,
	});
	const closePart = (): void => {
		const part = parts.at(-1);
		if (part === undefined) return;
		const { text } = part;
		if (part.kind === "text") emit("response.output_text.done", { ...place(), text, logprobs: [] });
		else emit("response.refusal.done", { ...place(), refusal: text });
		emit("response.content_part.done", { ...place(), part: partOf(part) });
	};
	const item = createItem(
		{ outputIndex, emit },
		{
			kind: "message",
			object: (status) => ({
				id,
				type: "message",
				status,
				role: "assistant",
				content: parts.map(partOf),
			}),
			closing: closePart,
		},
	);
	return {
		...item,
		say: (kind, text) => {
			let part = parts.at(-1);
			if (part?.kind !== kind) {
				closePart();
				part = { kind, text: "" };
				parts.push(part);
				emit("response.content_part.added", { ...place(), part: partOf(part) });
			}
			part.text += text;
			if (kind === "text")
				emit("response.output_text.delta", { ...place(), delta: text, logprobs: [] });
			else emit("response.refusal.delta", { ...place(), delta: text });
		},
	};
}

function partOf({ kind, text }: Part): object {
	return kind === "text"
		? { type: "output_text", text, annotations: [], logprobs: [] }
		: { type: "refusal", refusal: text };
}

export interface ReasoningItem extends OutputItem {
	readonly say: (text: string) => void;
	/** What the provider wants back with its thinking. */
	readonly prove: (encryptedContent: string) => void;
}

/** Thinking, shown as a summary because that is the place which clients show. */
export function createReasoning({ idSuffix, outputIndex, emit }: ItemInput): ReasoningItem {
	const id = `${foreignReasoningId}${idSuffix}_${outputIndex}`;
	let said: string | undefined;
	let proof: string | undefined;
	const place = { item_id: id, output_index: outputIndex, summary_index: 0 };
	const part = () => ({ type: "summary_text", text: said ?? "" });
	const item = createItem(
		{ outputIndex, emit },
		{
			kind: "reasoning",
			object: () => ({
				id,
				type: "reasoning",
				summary: said === undefined ? [] : [part()],
				...(proof === undefined ? {} : { encrypted_content: proof }),
			}),
			closing: () => {
				if (said === undefined) return;
				emit("response.reasoning_summary_text.done", { ...place, text: said });
				emit("response.reasoning_summary_part.done", { ...place, part: part() });
			},
		},
	);
	return {
		...item,
		prove: (encryptedContent) => {
			proof = encryptedContent;
		},
		say: (text) => {
			if (said === undefined)
				emit("response.reasoning_summary_part.added", { ...place, part: part() });
			said = (said ?? "") + text;
			emit("response.reasoning_summary_text.delta", { ...place, delta: text });
		},
	};
}

export interface CallItem extends OutputItem {
	readonly say: (text: string) => void;
}

interface CallInput extends ItemInput {
	readonly callId: string;
	readonly name: string;
	readonly signature: string | undefined;
}

export function createCall(input: CallInput): CallItem {
	const { idSuffix, outputIndex, emit, callId, name, signature } = input;
	const id = `fc_${idSuffix}_${outputIndex}`;
	const place = { item_id: id, output_index: outputIndex };
	let text = "";
	const item = createItem(
		{ outputIndex, emit },
		{
			kind: "function_call",
			object: (status) => ({
				id,
				type: "function_call",
				status,
				arguments: text,
				call_id: callId,
				name,
				...(signature === undefined
					? {}
					: { extra_content: { google: { thought_signature: signature } } }),
			}),
			closing: () =>
				emit("response.function_call_arguments.done", { ...place, name, arguments: text }),
		},
	);
	return {
		...item,
		say: (more) => {
			text += more;
			emit("response.function_call_arguments.delta", { ...place, delta: more });
		},
	};
}
