import type { ChatEvent, EndReason, Usage } from "../../contract/chat.ts";
import type { AnswerIdentity } from "../define-dialect.ts";
import { encodeUsage } from "../openai/encode-answer.ts";

/** There are no calls of tools in this dialect; a model that wanted one has stopped. */
const finishReasons = {
	stop: "stop",
	length: "length",
	"tool-calls": "stop",
	filtered: "content_filter",
} as const satisfies Record<EndReason, string>;

/** A whole answer as a `text_completion` object, JSON text. Thinking and calls have no place in it. */
export function encodeCompletion(events: readonly ChatEvent[], identity: AnswerIdentity): string {
	const choices = new Map<number, { text: string; finish: string }>([
		[0, { text: "", finish: "stop" }],
	]);
	let usage: Usage | undefined;
	for (const event of events) {
		if (event.type === "usage") usage = event.usage;
		if (!("choice" in event)) continue;
		const choice = choices.get(event.choice) ?? { text: "", finish: "stop" };
		choices.set(event.choice, choice);
		if (event.type === "text" || event.type === "refusal") choice.text += event.text;
		else if (event.type === "end") choice.finish = finishReasons[event.reason];
	}
	const sorted = [...choices].toSorted(([a], [b]) => a - b);
	return encode(
		identity,
		sorted.map(([index, { text, finish }]) => choiceOf(index, text, finish)),
		usage,
	);
}

/** Events as chunks, one JSON text each. `started` remembers which choices have begun. */
export function encodeChunks(
	events: readonly ChatEvent[],
	identity: AnswerIdentity,
	started: Set<number>,
): readonly string[] {
	return events.flatMap((event) => {
		if (event.type !== "text" && event.type !== "refusal" && event.type !== "end") return [];
		started.add(event.choice);
		const choice =
			event.type === "end"
				? choiceOf(event.choice, "", finishReasons[event.reason])
				: choiceOf(event.choice, event.text, null);
		return [encode(identity, [choice])];
	});
}

export function encodeUsageChunk(usage: Usage, identity: AnswerIdentity): string {
	return encode(identity, [], usage);
}

function choiceOf(index: number, text: string, finish: string | null): object {
	return { text, index, logprobs: null, finish_reason: finish };
}

function encode(identity: AnswerIdentity, choices: readonly object[], usage?: Usage): string {
	return JSON.stringify({
		id: `cmpl-${identity.requestId}`,
		object: "text_completion",
		created: identity.createdAtSeconds,
		model: identity.model,
		choices,
		...(usage === undefined ? {} : { usage: encodeUsage(usage) }),
	});
}
