import type { ContentPart } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { required } from "../anthropic/to-parts.ts";
import type { Fields } from "../openai/read-field.ts";
import { fieldsOf, invalid } from "../openai/read-field.ts";
import { dataUrl } from "../openai/to-message.ts";

/** Content of a message or of a tool's output: a string or parts. Throws `request.invalid`, `request.unsupported`. */
export function toParts(content: unknown, param: string): ContentPart[] {
	if (content === undefined || content === null) throw invalid(param, "is required");
	if (typeof content === "string") return [{ type: "text", text: content }];
	if (!Array.isArray(content)) throw invalid(param, "must be a string or an array of parts");
	return content.map((part, index) => {
		const at = `${param}[${index}]`;
		return toPart(fieldsOf(part, at), at);
	});
}

function toPart(field: Fields, param: string): ContentPart {
	switch (field.string("type")) {
		case "input_text":
		case "output_text":
		case "text":
			return { type: "text", text: required(field, "text", param) };
		// An assistant's earlier refusal; text for every other provider.
		case "refusal":
			return { type: "text", text: required(field, "refusal", param) };
		case "input_image":
			return toImage(field, param);
		case "input_audio": {
			const at = `${param}.input_audio`;
			const audio = fieldsOf(field.json["input_audio"], at);
			return {
				type: "audio",
				base64: required(audio, "data", at),
				format: required(audio, "format", at),
			};
		}
		case "input_file":
			return toFile(field, param);
		default:
			throw invalid(
				`${param}.type`,
				"must be `input_text`, `output_text`, `refusal`, `input_image`, `input_audio` or `input_file`",
			);
	}
}

function toImage(field: Fields, param: string): ContentPart {
	const url = field.string("image_url");
	if (url === undefined) {
		if (field.string("file_id") !== undefined) throw keptElsewhere(`${param}.file_id`);
		throw invalid(`${param}.image_url`, "is required");
	}
	const data = dataUrl(url);
	if (data === undefined && !/^https?:\/\//i.test(url))
		throw invalid(`${param}.image_url`, "must be an http(s) address or a base64 data URL");
	const detail = field.string("detail");
	if (detail !== undefined && !isDetail(detail))
		throw invalid(`${param}.detail`, "must be `auto`, `low`, `high` or `original`");
	return {
		type: "image",
		source: data === undefined ? { kind: "url", url } : { kind: "data", ...data },
		// `original` is the finest there is; the finest of the canonical scale is the nearest.
		...(detail !== undefined && { detail: detail === "original" ? "high" : detail }),
	};
}

function isDetail(text: string): text is "auto" | "low" | "high" | "original" {
	return ["auto", "low", "high", "original"].includes(text);
}

function toFile(field: Fields, param: string): ContentPart {
	if (field.string("file_id") !== undefined) throw keptElsewhere(`${param}.file_id`);
	if (field.string("file_url") !== undefined)
		throw new GatewayError("request.unsupported", {
			param: `${param}.file_url`,
			message: "A file by its address cannot be sent to the chosen model; send `file_data`.",
		});
	const content = required(field, "file_data", param);
	const data = dataUrl(content);
	if (data === undefined && content.startsWith("data:"))
		throw invalid(`${param}.file_data`, "must be base64");
	const name = field.string("filename");
	return {
		type: "file",
		...(name !== undefined && { name }),
		...(data ?? { base64: content }),
	};
}

function keptElsewhere(param: string): GatewayError {
	return new GatewayError("request.unsupported", {
		param,
		message: "An uploaded file is kept by OpenAI and cannot be sent to the chosen model.",
	});
}
