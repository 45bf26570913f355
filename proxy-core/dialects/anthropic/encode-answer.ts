import type { ChatEvent } from "../../contract/chat.ts";
import type { StreamEncoderOptions } from "../define-dialect.ts";
import { encodeUsage, estimatedUsage, inputOf, messageId, stopOf, toolUse } from "./blocks.ts";

type Draft =
	| { readonly type: "text"; text: string }
	| { readonly type: "thinking"; thinking: string; signature: string; isClosed: boolean }
	| { readonly type: "redacted_thinking"; readonly data: string }
	| {
			readonly type: "tool_use";
			readonly start: Extract<ChatEvent, { type: "tool-start" }>;
			arguments: string;
	  };

/** A whole answer as a `message` object, its blocks in the order in which the model said them. */
export function encodeMessage(
	events: readonly ChatEvent[],
	{ identity, request }: Pick<StreamEncoderOptions, "identity" | "request">,
): string {
	const drafts: Draft[] = [];
	for (const event of events) {
		if ("choice" in event && event.choice === 0) addEvent(drafts, event);
	}
	const end = events.findLast((event) => event.type === "end");
	const usage = events.findLast((event) => event.type === "usage")?.usage;
	return JSON.stringify({
		id: messageId(identity),
		type: "message",
		role: "assistant",
		model: identity.model,
		content: drafts.map(blockOf),
		...stopOf({
			reason: end?.reason ?? "stop",
			stopSequence: end?.stopSequence,
			hasTools: drafts.some((draft) => draft.type === "tool_use"),
			isRefused: events.some((event) => event.type === "refusal"),
		}),
		usage: encodeUsage(usage ?? estimatedUsage(request, charactersOf(events))),
	});
}

function charactersOf(events: readonly ChatEvent[]): number {
	return events.reduce((sum, event) => sum + ("text" in event ? event.text.length : 0), 0);
}

type ChoiceEvent = Extract<ChatEvent, { readonly choice: number }>;

function addEvent(drafts: Draft[], event: ChoiceEvent): void {
	const last = drafts.at(-1);
	switch (event.type) {
		case "text":
		case "refusal":
			if (last?.type === "text") last.text += event.text;
			else drafts.push({ type: "text", text: event.text });
			return;
		case "reasoning":
			if (last?.type === "thinking" && !last.isClosed) last.thinking += event.text;
			else drafts.push({ type: "thinking", thinking: event.text, signature: "", isClosed: false });
			return;
		case "reasoning-signature":
			addSignature(drafts, event);
			return;
		case "tool-start":
			drafts.push({ type: "tool_use", start: event, arguments: "" });
			return;
		case "tool-arguments": {
			const call = drafts.find(
				(draft) => draft.type === "tool_use" && draft.start.index === event.index,
			);
			if (call?.type === "tool_use") call.arguments += event.text;
			return;
		}
		case "end":
	}
}

function addSignature(
	drafts: Draft[],
	{ signature, isRedacted }: Extract<ChatEvent, { type: "reasoning-signature" }>,
): void {
	const last = drafts.at(-1);
	if (isRedacted) drafts.push({ type: "redacted_thinking", data: signature });
	else if (last?.type === "thinking" && !last.isClosed) {
		last.signature = signature;
		last.isClosed = true;
	} else drafts.push({ type: "thinking", thinking: "", signature, isClosed: true });
}

function blockOf(draft: Draft): object {
	switch (draft.type) {
		case "text":
		case "redacted_thinking":
			return draft;
		case "thinking":
			return { type: "thinking", thinking: draft.thinking, signature: draft.signature };
		case "tool_use":
			return toolUse(draft.start, inputOf(draft.arguments));
	}
}
