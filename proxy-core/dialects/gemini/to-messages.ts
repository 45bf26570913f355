import type { ChatMessage, ContentPart, Reasoning, ToolCall } from "../../contract/chat.ts";
import type { Fields } from "../openai/read-field.ts";
import { fieldsOf, invalid } from "../openai/read-field.ts";
import { foreign } from "./foreign.ts";
import { decodeProof } from "./proof.ts";
import { asList } from "./spelling.ts";
import { toAttachment, toResult } from "./to-parts.ts";

/** Notes the name of a field that was left out because an answer is right without it. */
type Note = (field: string) => void;

/** The system instruction; undefined when there is none. Throws `request.invalid`, `request.unsupported`. */
export function toSystem(value: unknown): ChatMessage | undefined {
	if (value === undefined || value === null) return undefined;
	const param = "systemInstruction";
	if (typeof value === "string") return { role: "system", parts: [{ type: "text", text: value }] };
	const parts = asList(fieldsOf(value, param).json["parts"]).map((part, index) => {
		const text = fieldsOf(part, `${param}.parts[${index}]`).string("text");
		if (text === undefined) throw invalid(`${param}.parts[${index}].text`, "is required");
		return { type: "text", text } as const;
	});
	return parts.length === 0 ? undefined : { role: "system", parts };
}

interface OpenCall {
	readonly id: string;
	readonly name: string;
}

interface Conversation {
	readonly messages: ChatMessage[];
	/** Calls that nobody has answered, in order. Google's clients may answer by name alone. */
	readonly open: OpenCall[];
	/** Calls without an id so far. */
	unnamed: number;
	readonly omit: Note;
}

/**
 * The turns of a conversation. Neighbouring turns of the model are one, because clients keep a
 * streamed answer piece by piece. Throws `request.invalid`, `request.unsupported`.
 */
export function toMessages(value: unknown, omit: Note): readonly ChatMessage[] {
	const contents = asList(value);
	if (contents.length === 0) throw invalid("contents", "must not be empty");
	const conversation: Conversation = { messages: [], open: [], unnamed: 0, omit };
	let said: ModelTurn | undefined;
	const endTurn = (): void => {
		if (said !== undefined) conversation.messages.push(messageOf(said));
		said = undefined;
	};
	for (const [index, content] of contents.entries()) {
		const param = `contents[${index}]`;
		const field = fieldsOf(content, param);
		const parts = asList(field.json["parts"]);
		const role = field.string("role") ?? "user";
		if (role === "model") {
			said ??= { parts: [], toolCalls: [], reasoning: [], thought: undefined };
			for (const [at, part] of parts.entries()) {
				addSpoken(said, fieldsOf(part, `${param}.parts[${at}]`), {
					param: `${param}.parts[${at}]`,
					conversation,
				});
			}
			continue;
		}
		endTurn();
		if (role !== "user" && role !== "function" && role !== "tool") {
			throw invalid(`${param}.role`, "must be `user` or `model`");
		}
		addHeard(conversation, parts, param);
	}
	if (said !== undefined) {
		if (said.parts.length > 0) {
			throw foreign(`contents[${contents.length - 1}]`, "An answer that the request begins");
		}
		endTurn();
	}
	return conversation.messages;
}

interface ModelTurn {
	readonly parts: ContentPart[];
	readonly toolCalls: ToolCall[];
	readonly reasoning: Reasoning[];
	/** Thinking whose proof has not come yet. */
	thought: string | undefined;
}

function messageOf(turn: ModelTurn): ChatMessage {
	closeThought(turn, undefined);
	const { parts, toolCalls, reasoning } = turn;
	return {
		role: "assistant",
		parts,
		toolCalls,
		...(reasoning.length > 0 && { reasoning }),
	};
}

interface Spoken {
	readonly param: string;
	readonly conversation: Conversation;
}

function addSpoken(turn: ModelTurn, field: Fields, { param, conversation }: Spoken): void {
	const proof = field.string("thoughtSignature");
	const known = proof === undefined ? undefined : decodeProof(proof);
	const text = field.string("text");
	if (field.boolean("thought") === true) {
		if (known?.isRedacted !== true) turn.thought = (turn.thought ?? "") + (text ?? "");
		if (known !== undefined) closeThought(turn, known);
		return;
	}
	closeThought(turn, undefined);
	const call = field.object("functionCall");
	if (call !== undefined) {
		const signature = known === undefined ? proof : undefined;
		turn.toolCalls.push({
			...toToolCall(fieldsOf(call, `${param}.functionCall`), param, conversation),
			...(signature !== undefined && { signature }),
		});
		return;
	}
	if (proof !== undefined) conversation.omit("thoughtSignature");
	if (text === undefined) turn.parts.push(toAttachment(field, param));
	else addText(turn.parts, text);
}

function closeThought(turn: ModelTurn, proof: Omit<Reasoning, "text"> | undefined): void {
	const text = turn.thought;
	turn.thought = undefined;
	if (text === undefined && proof === undefined) return;
	const position = turn.parts.length + turn.toolCalls.length;
	turn.reasoning.push({
		text: proof?.isRedacted === true ? "" : (text ?? ""),
		...proof,
		...(position > 0 && { position }),
	});
}

/** Pieces of one text. */
function addText(parts: ContentPart[], text: string): void {
	const last = parts.at(-1);
	if (last?.type === "text") parts[parts.length - 1] = { type: "text", text: last.text + text };
	else if (text !== "") parts.push({ type: "text", text });
}

function toToolCall(field: Fields, param: string, conversation: Conversation): ToolCall {
	const name = field.string("name");
	if (name === undefined || name === "") throw invalid(`${param}.functionCall.name`, "is required");
	const id = field.string("id") || `call_${++conversation.unnamed}`;
	conversation.open.push({ id, name });
	return { id, name, arguments: JSON.stringify(field.object("args") ?? {}) };
}

/** What a person says, and what tools answered before it. */
function addHeard(conversation: Conversation, values: readonly unknown[], param: string): void {
	const parts: ContentPart[] = [];
	for (const [index, value] of values.entries()) {
		const at = `${param}.parts[${index}]`;
		const field = fieldsOf(value, at);
		const response = field.object("functionResponse");
		const text = field.string("text");
		if (response !== undefined) {
			const inner = fieldsOf(response, `${at}.functionResponse`);
			conversation.messages.push({
				role: "tool",
				callId: takeCall(conversation.open, inner, `${at}.functionResponse`),
				...toResult(inner, `${at}.functionResponse`),
			});
		} else if (text !== undefined) parts.push({ type: "text", text });
		else parts.push(toAttachment(field, at));
	}
	if (parts.length > 0) conversation.messages.push({ role: "user", parts });
	else if (values.length === 0) throw invalid(`${param}.parts`, "must not be empty");
}

/** The call that a response is to: the one with its id, else the first of its name that is open. */
function takeCall(open: OpenCall[], field: Fields, param: string): string {
	const id = field.string("id");
	const name = field.string("name");
	const byId = id ? open.findIndex((known) => known.id === id) : -1;
	const at = byId === -1 ? open.findIndex((known) => known.name === name) : byId;
	const [call] = at === -1 ? [] : open.splice(at, 1);
	if (call === undefined) {
		throw invalid(`${param}.name`, "must be the name of an earlier call without a response");
	}
	return call.id;
}
