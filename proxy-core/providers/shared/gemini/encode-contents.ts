import type { ChatMessage, ContentPart, ToolCall } from "../../../contract/chat.ts";
import { GatewayError } from "../../../errors/gateway-error.ts";
import { argumentsObject, unsupported } from "../refuse.ts";
import type { Content, Part } from "./wire.ts";

/** Ids of this prefix were made here, because the upstream gave none; it would not know them. */
export const madeIdPrefix = "call_gemini_";

/** What Google documents for calls that no Gemini model made, such as another provider's earlier turns. */
const foreignSignature = "skip_thought_signature_validator";

export function isOlderThan3(model: string): boolean {
	return /gemini-[12](\.|-|$)/.test(model);
}

export function systemOf(messages: readonly ChatMessage[]): Part[] {
	return messages.flatMap((message, index) =>
		message.role === "system"
			? message.parts.map((part) => {
					if (part.type !== "text")
						throw unsupported(`messages[${index}].content`, "Gemini's system instruction is text.");
					return { text: part.text };
				})
			: [],
	);
}

interface ContentsOptions {
	readonly model: string;
	/** Whether the API knows ids of calls; without them it goes by names and order. */
	readonly keepsCallIds: boolean;
}

/** Turns of `user` and `model`; neighbours of one role are merged, as results of parallel calls must be. */
export function contentsOf(
	messages: readonly ChatMessage[],
	{ model, keepsCallIds }: ContentsOptions,
): Content[] {
	const contents: { role: Content["role"]; parts: Part[] }[] = [];
	const names = new Map<string, string>();
	for (const [index, message] of messages.entries()) {
		if (message.role === "system") continue;
		const role = message.role === "assistant" ? "model" : "user";
		const parts = saidBy(message, {
			param: `messages[${index}]`,
			model,
			keepsCallIds,
			names,
		});
		if (message.role === "assistant")
			for (const call of message.toolCalls) names.set(call.id, call.name);
		const last = contents.at(-1);
		if (last?.role === role) last.parts.push(...parts);
		else if (parts.length > 0) contents.push({ role, parts });
	}
	return contents;
}

interface MessageContext extends ContentsOptions {
	readonly param: string;
	/** Function names by call id. */
	readonly names: ReadonlyMap<string, string>;
}

function saidBy(
	message: Exclude<ChatMessage, { role: "system" }>,
	context: MessageContext,
): Part[] {
	if (message.role === "tool") return [responseOf(message, context)];
	const parts = partsOf(message.parts, `${context.param}.content`);
	if (message.role === "user") return parts;
	const refusal = message.refusal ? [{ text: message.refusal }] : [];
	return [...parts, ...refusal, ...callsOf(message.toolCalls, context)];
}

function callsOf(calls: readonly ToolCall[], context: MessageContext): Part[] {
	const { param, model } = context;
	// From Gemini 3 on, the first call of a turn must carry a signature or the request is refused.
	const lacksSignature = !isOlderThan3(model) && calls.every((call) => !call.signature);
	return calls.map((call, index) => {
		const signature =
			call.signature ?? (lacksSignature && index === 0 ? foreignSignature : undefined);
		const at = `${param}.tool_calls[${index}].function.arguments`;
		return {
			functionCall: {
				...idOf(call.id, context),
				name: call.name,
				args: argumentsObject(call.arguments, at),
			},
			...(signature !== undefined && { thoughtSignature: signature }),
		};
	});
}

function idOf(id: string, { keepsCallIds }: ContentsOptions): { readonly id?: string } {
	return id.startsWith(madeIdPrefix) || !keepsCallIds ? {} : { id };
}

function responseOf(
	message: Extract<ChatMessage, { role: "tool" }>,
	context: MessageContext,
): Part {
	const { param, names } = context;
	const name = names.get(message.callId);
	if (name === undefined)
		throw new GatewayError("request.invalid", {
			param: `${param}.tool_call_id`,
			message: "No earlier assistant message has a tool call with this id.",
		});
	let text = "";
	for (const part of message.parts) {
		if (part.type !== "text")
			throw unsupported(`${param}.content`, "Gemini's API takes tool results as text.");
		text += part.text;
	}
	return { functionResponse: { ...idOf(message.callId, context), name, response: resultOf(text) } };
}

/** The API wants an object; anything else is wrapped, as Google's SDKs do. */
function resultOf(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text);
		const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
		return isObject ? value : { result: value };
	} catch {
		return { result: text };
	}
}

function partsOf(parts: readonly ContentPart[], param: string): Part[] {
	return parts.flatMap((part, index) =>
		part.type === "text" && part.text === ""
			? []
			: [partOf(part, parts.length === 1 ? param : `${param}[${index}]`)],
	);
}

function partOf(part: ContentPart, param: string): Part {
	switch (part.type) {
		case "text":
			return { text: part.text };
		case "image": {
			const { source } = part;
			if (source.kind === "data")
				return { inlineData: { mimeType: source.mediaType, data: source.base64 } };
			return { fileData: { fileUri: source.url, ...mimeTypeOf(source.url) } };
		}
		case "audio":
			return { inlineData: { mimeType: `audio/${part.format}`, data: part.base64 } };
		case "file":
			if (part.base64 === undefined)
				throw unsupported(
					param,
					"A file id of another provider means nothing to Gemini; send `file_data`.",
				);
			return {
				inlineData: { mimeType: part.mediaType ?? "application/pdf", data: part.base64 },
			};
	}
}

function mimeTypeOf(url: string): { readonly mimeType?: string } {
	const extension = /\.(png|jpe?g|webp|gif|heic|heif)(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase();
	if (extension === undefined) return {};
	return { mimeType: `image/${extension === "jpg" ? "jpeg" : extension}` };
}
