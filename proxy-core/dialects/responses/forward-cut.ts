import type { Json } from "../openai/read-field.ts";

export interface CutEvents {
	/** Fields of an `output_item.done` for every item that was open. */
	readonly items: readonly object[];
	/** The `response` as incomplete. */
	readonly last: object;
}

/**
 * Closes an upstream's answer that a guard cut. `kept` are the events that showed the response and
 * its items, `sent` the texts that left, by run.
 */
export function cutEvents(kept: readonly string[], sent: ReadonlyMap<string, string>): CutEvents {
	const output = new Map<number, Shown>();
	let response: Json = {};
	for (const data of kept) {
		const json = objectOf(JSON.parse(data));
		if (json["response"] !== undefined) response = objectOf(json["response"]);
		const index = json["output_index"];
		if (typeof index !== "number") continue;
		const isDone = json["type"] === "response.output_item.done";
		output.set(index, { item: objectOf(json["item"]), isDone });
	}
	const shown = [...output].toSorted(([a], [b]) => a - b);
	const whole = shown.map(([index, { item, isDone }]) =>
		isDone ? item : filled(item, index, sent),
	);
	const items = shown.flatMap(([index, { isDone }], position) =>
		isDone ? [] : [{ output_index: index, item: whole[position] }],
	);
	const last = {
		...response,
		status: "incomplete",
		incomplete_details: { reason: "content_filter" },
		output: whole,
	};
	return { items, last };
}

interface Shown {
	readonly item: Json;
	readonly isDone: boolean;
}

/** `0.arguments` or `0.content.2.text`; what stands beside the words is left out. */
const runOfItem = /^(\d+)\.(\w+)(?:\.\d+\.(text|refusal))?$/;

/** The item with what left of its texts; parts that nobody has seen complete are made. */
function filled(item: Json, outputIndex: number, sent: ReadonlyMap<string, string>): Json {
	const lists: Record<string, object[]> = {};
	const members: Record<string, string> = {};
	for (const [run, text] of sent) {
		const [, index, member = "", leaf] = runOfItem.exec(run) ?? [];
		if (index !== String(outputIndex)) continue;
		if (leaf === undefined) members[member] = text;
		else {
			lists[member] ??= [];
			lists[member].push(partOf({ type: item["type"], member, leaf, text }));
		}
	}
	return { ...item, ...lists, ...members, status: "incomplete" };
}

interface PartInput {
	readonly type: unknown;
	readonly member: string;
	readonly leaf: string;
	readonly text: string;
}

function partOf({ type, member, leaf, text }: PartInput): object {
	if (member === "summary") return { type: "summary_text", text };
	if (type === "reasoning") return { type: "reasoning_text", text };
	if (leaf === "refusal") return { type: "refusal", refusal: text };
	return { type: "output_text", text, annotations: [], logprobs: [] };
}

function objectOf(value: unknown): Json {
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Json)
		: {};
}
