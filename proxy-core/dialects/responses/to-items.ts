import type { ChatMessage, ContentPart, Reasoning, ToolCall } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { required } from "../anthropic/to-parts.ts";
import type { Fields } from "../openai/read-field.ts";
import { fieldsOf, invalid, listOf } from "../openai/read-field.ts";
import { decodeProof } from "./reasoning-proof.ts";
import { toParts } from "./to-parts.ts";

/** Notes the name of a field that was left out because an answer is right without it. */
export type OmitField = (field: string) => void;

/**
 * The items of `input` as messages. What the model did in one turn (thinking, words, parallel calls)
 * becomes one assistant message. Throws `request.invalid`, `request.unsupported`.
 */
export function toMessages(input: unknown, omit: OmitField): readonly ChatMessage[] {
	if (typeof input === "string") return [{ role: "user", parts: [{ type: "text", text: input }] }];
	const messages: ChatMessage[] = [];
	let turn: Turn | undefined;
	const assistant = (): Turn => {
		turn ??= { parts: [], toolCalls: [], reasoning: [] };
		return turn;
	};
	const close = (): void => {
		if (turn !== undefined) messages.push(messageOf(turn));
		turn = undefined;
	};
	for (const [index, item] of listOf(input, "input").entries()) {
		const param = `input[${index}]`;
		const field = fieldsOf(item, param);
		if (isAssistants(field)) {
			addToTurn(assistant(), { field, param, omit });
			continue;
		}
		close();
		messages.push(toMessage(field, param));
	}
	close();
	return messages;
}

interface Turn {
	readonly parts: ContentPart[];
	readonly toolCalls: ToolCall[];
	readonly reasoning: Reasoning[];
}

interface Item {
	readonly field: Fields;
	readonly param: string;
	readonly omit: OmitField;
}

function messageOf({ parts, toolCalls, reasoning }: Turn): ChatMessage {
	return { role: "assistant", parts, toolCalls, ...(reasoning.length > 0 && { reasoning }) };
}

function isAssistants(field: Fields): boolean {
	const type = field.string("type");
	if (type === "function_call" || type === "reasoning") return true;
	return (type === undefined || type === "message") && field.string("role") === "assistant";
}

function addToTurn(turn: Turn, { field, param, omit }: Item): void {
	switch (field.string("type")) {
		case "function_call":
			turn.toolCalls.push(toToolCall(field, param));
			return;
		case "reasoning":
			addReasoning(turn, { field, param, omit });
			return;
		default:
			turn.parts.push(...toParts(field.json["content"], `${param}.content`));
	}
}

/** Only what carries a proof means anything to a provider; a summary without one is for people. */
function addReasoning(turn: Turn, { field, param, omit }: Item): void {
	const proof = decodeProof(field.string("encrypted_content") ?? "");
	if (proof === undefined) {
		omit("reasoning");
		return;
	}
	const position = turn.parts.length + turn.toolCalls.length;
	const text = textOf(field, "summary", param) + textOf(field, "content", param);
	turn.reasoning.push({ text, ...proof, ...(position > 0 && { position }) });
}

function textOf(field: Fields, list: "summary" | "content", param: string): string {
	const parts = field.json[list];
	if (parts === undefined || parts === null) return "";
	return listOf(parts, `${param}.${list}`)
		.map((part, index) => fieldsOf(part, `${param}.${list}[${index}]`).string("text") ?? "")
		.join("");
}

function toToolCall(field: Fields, param: string): ToolCall {
	const extra = fieldsOf(field.object("extra_content") ?? {}, `${param}.extra_content`);
	const google = fieldsOf(extra.object("google") ?? {}, `${param}.extra_content.google`);
	const signature = google.string("thought_signature");
	return {
		id: required(field, "call_id", param),
		name: required(field, "name", param),
		arguments: field.string("arguments") ?? "",
		...(signature !== undefined && { signature }),
	};
}

/** An item that is not the assistant's. */
function toMessage(field: Fields, param: string): ChatMessage {
	const type = field.string("type") ?? "message";
	if (type === "function_call_output") {
		const parts = toParts(field.json["output"], `${param}.output`);
		return { role: "tool", callId: required(field, "call_id", param), parts };
	}
	if (type !== "message") throw unknownItem(type, `${param}.type`);
	// An `item_reference` may leave its type out.
	if (field.json["content"] === undefined && field.json["role"] === undefined)
		throw unknownItem("item_reference", param);
	const parts = toParts(field.json["content"], `${param}.content`);
	const role = field.string("role");
	switch (role) {
		case "user":
			return { role, parts };
		case "system":
		case "developer":
			return { role: "system", parts };
		default:
			throw invalid(`${param}.role`, "must be `user`, `assistant`, `system` or `developer`");
	}
}

function unknownItem(type: string, param: string): GatewayError {
	if (type === "item_reference")
		return new GatewayError("request.unsupported", {
			param,
			message:
				"An `item_reference` points to a stored item, and the chosen model's provider keeps none. Send the item itself: SDKs do with `store: false` (AI SDK: `providerOptions: { openai: { store: false } }`).",
		});
	return new GatewayError("request.unsupported", {
		param,
		message: `An item of type \`${type.slice(0, 60)}\` cannot be sent to the chosen model; only a provider that speaks OpenAI's Responses takes it.`,
	});
}
