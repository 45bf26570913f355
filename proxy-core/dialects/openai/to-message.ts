import type { ChatMessage, ContentPart, Reasoning, ToolCall } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { Fields } from "./read-field.ts";
import { fieldsOf, invalid, listOf } from "./read-field.ts";

/** One entry of `messages`. `param` is its path. Throws `request.invalid`. */
export function toMessage(value: unknown, param: string): ChatMessage {
	const field = fieldsOf(value, param);
	const role = field.string("role");
	switch (role) {
		case "system":
		case "developer":
			return { role: "system", parts: requiredParts(field, param) };
		case "user": {
			const name = field.string("name");
			return { role, parts: requiredParts(field, param), ...(name !== undefined && { name }) };
		}
		case "assistant":
			return toAssistant(field, param);
		case "tool": {
			const callId = field.string("tool_call_id");
			if (callId === undefined) throw invalid(`${param}.tool_call_id`, "is required");
			return { role, callId, parts: requiredParts(field, param) };
		}
		case "function":
			throw new GatewayError("request.unsupported", {
				param: `${param}.role`,
				message: "The role `function` is not offered for this model; use `tool`.",
			});
		default:
			throw invalid(
				`${param}.role`,
				"must be `system`, `developer`, `user`, `assistant` or `tool`",
			);
	}
}

function toAssistant(field: Fields, param: string): ChatMessage {
	if (field.object("function_call") !== undefined)
		throw new GatewayError("request.unsupported", {
			param: `${param}.function_call`,
			message: "`function_call` is not offered for this model; use `tool_calls`.",
		});
	const refusal = field.string("refusal");
	const calls = field.json["tool_calls"] ?? [];
	const reasoning = toReasoning(field, param);
	return {
		role: "assistant",
		parts: toParts(field.json["content"] ?? [], `${param}.content`),
		toolCalls: listOf(calls, `${param}.tool_calls`).map((call, index) =>
			toToolCall(call, `${param}.tool_calls[${index}]`),
		),
		...(refusal !== undefined && { refusal }),
		...(reasoning.length > 0 && { reasoning }),
	};
}

/** `thinking_blocks`, which carry proofs; `reasoning_content` is the same thinking without them. */
function toReasoning(field: Fields, param: string): readonly Reasoning[] {
	const blocks = field.json["thinking_blocks"];
	if (blocks === undefined || blocks === null) {
		const text = field.string("reasoning_content") ?? "";
		return text === "" ? [] : [{ text }];
	}
	return listOf(blocks, `${param}.thinking_blocks`).map((block, index) => {
		const at = `${param}.thinking_blocks[${index}]`;
		const inner = fieldsOf(block, at);
		if (inner.string("type") === "redacted_thinking") {
			return { text: "", signature: required(inner, "data", at), isRedacted: true };
		}
		const signature = inner.string("signature");
		return { text: inner.string("thinking") ?? "", ...(signature && { signature }) };
	});
}

function toToolCall(value: unknown, param: string): ToolCall {
	const field = fieldsOf(value, param);
	const called = fieldsOf(field.json["function"], `${param}.function`);
	const id = field.string("id");
	const name = called.string("name");
	if (id === undefined) throw invalid(`${param}.id`, "is required");
	if (name === undefined) throw invalid(`${param}.function.name`, "is required");
	const signature = signatureOf(field, param);
	return {
		id,
		name,
		arguments: called.string("arguments") ?? "",
		...(signature !== undefined && { signature }),
	};
}

function signatureOf(field: Fields, param: string): string | undefined {
	const extra = field.object("extra_content");
	if (extra === undefined) return undefined;
	const google = fieldsOf(extra, `${param}.extra_content`).object("google");
	return google && fieldsOf(google, `${param}.extra_content.google`).string("thought_signature");
}

function requiredParts(field: Fields, param: string): ContentPart[] {
	const content = field.json["content"];
	if (content === undefined || content === null) throw invalid(`${param}.content`, "is required");
	return toParts(content, `${param}.content`);
}

function toParts(content: unknown, param: string): ContentPart[] {
	if (typeof content === "string") return [{ type: "text", text: content }];
	if (!Array.isArray(content)) throw invalid(param, "must be a string or an array of parts");
	return content.map((part, index) => toPart(part, `${param}[${index}]`));
}

function toPart(value: unknown, param: string): ContentPart {
	const field = fieldsOf(value, param);
	switch (field.string("type")) {
		case "text":
			return { type: "text", text: required(field, "text", param) };
		// An assistant's earlier refusal; text for every other provider.
		case "refusal":
			return { type: "text", text: required(field, "refusal", param) };
		case "image_url":
			return toImage(fieldsOf(field.json["image_url"], `${param}.image_url`), `${param}.image_url`);
		case "input_audio": {
			const audio = fieldsOf(field.json["input_audio"], `${param}.input_audio`);
			return {
				type: "audio",
				base64: required(audio, "data", `${param}.input_audio`),
				format: required(audio, "format", `${param}.input_audio`),
			};
		}
		case "file":
			return toFile(fieldsOf(field.json["file"], `${param}.file`), `${param}.file`);
		default:
			throw invalid(
				`${param}.type`,
				"must be `text`, `refusal`, `image_url`, `input_audio` or `file`",
			);
	}
}

function toImage(field: Fields, param: string): ContentPart {
	const url = required(field, "url", param);
	const detail = field.string("detail");
	if (detail !== undefined && detail !== "auto" && detail !== "low" && detail !== "high")
		throw invalid(`${param}.detail`, "must be `auto`, `low` or `high`");
	const data = dataUrl(url);
	if (data === undefined && !/^https?:\/\//i.test(url))
		throw invalid(`${param}.url`, "must be an http(s) address or a base64 data URL");
	return {
		type: "image",
		source: data === undefined ? { kind: "url", url } : { kind: "data", ...data },
		...(detail !== undefined && { detail }),
	};
}

function toFile(field: Fields, param: string): ContentPart {
	const name = field.string("filename");
	const fileId = field.string("file_id");
	const fileData = field.string("file_data");
	if (fileId === undefined && fileData === undefined)
		throw invalid(param, "must have `file_data` or `file_id`");
	const data = fileData === undefined ? undefined : dataUrl(fileData);
	if (fileData !== undefined && data === undefined && fileData.startsWith("data:"))
		throw invalid(`${param}.file_data`, "must be base64");
	return {
		type: "file",
		...(name !== undefined && { name }),
		...(fileId !== undefined && { fileId }),
		...(data ?? (fileData !== undefined && { base64: fileData })),
	};
}

function required(field: Fields, name: string, param: string): string {
	const value = field.string(name);
	if (value === undefined) throw invalid(`${param}.${name}`, "is required");
	return value;
}

/** The parts of a base64 data URL. Images can be megabytes, so the payload is cut off, not matched. */
export function dataUrl(
	url: string,
): { readonly mediaType: string; readonly base64: string } | undefined {
	if (!/^data:/i.test(url)) return undefined;
	const comma = url.indexOf(",");
	if (comma === -1 || comma > 200) return undefined;
	const [mediaType = "", ...parameters] = url.slice("data:".length, comma).split(";");
	if (parameters.at(-1)?.toLowerCase() !== "base64") return undefined;
	return { mediaType: mediaType.toLowerCase() || "text/plain", base64: url.slice(comma + 1) };
}
