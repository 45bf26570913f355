import type { ContentPart } from "../../contract/chat.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { Fields, Json } from "../openai/read-field.ts";
import { fieldsOf, invalid, listOf } from "../openai/read-field.ts";

/** Notes the name of a field that was left out because an answer is right without it. */
export type Omit = (field: string) => void;

/** `request.unsupported`: only Anthropic's own API, or one that copies it, can do what `param` asks for. */
export function foreign(param: string, what: string): GatewayError {
	return new GatewayError("request.unsupported", {
		param,
		message: `${what} cannot be sent to the chosen model; only a provider that speaks Anthropic's API takes it.`,
	});
}

/** Content as text: a string or text blocks. Throws `request.invalid`, `request.unsupported`. */
export function toTexts(content: unknown, param: string, omit: Omit): ContentPart[] {
	return toContent(content, param, (field, at) => {
		if (field.string("type") !== "text") throw invalid(`${at}.type`, "must be `text`");
		return toParts(field, at, omit);
	});
}

/** A string, or blocks that `read` turns into parts. Throws `request.invalid`. */
export function toContent(
	content: unknown,
	param: string,
	read: (field: Fields, param: string) => readonly ContentPart[],
): ContentPart[] {
	if (typeof content === "string") return [{ type: "text", text: content }];
	if (!Array.isArray(content)) throw invalid(param, "must be a string or an array of blocks");
	return content.flatMap((block, index) => {
		const at = `${param}[${index}]`;
		return read(fieldsOf(block, at), at);
	});
}

/** One block that a person or a tool may send. Throws `request.invalid`, `request.unsupported`. */
export function toParts(field: Fields, param: string, omit: Omit): readonly ContentPart[] {
	noteHints(field.json, omit);
	const type = field.string("type");
	switch (type) {
		case "text":
			return [{ type: "text", text: required(field, "text", param) }];
		case "image":
			if (field.json["transformations"]) {
				throw foreign(`${param}.transformations`, "Transformations of an image");
			}
			return [toImage(fieldsOf(field.json["source"], `${param}.source`), `${param}.source`)];
		case "document":
			return toDocument(field, param, omit);
		case "search_result":
			return toSearchResult(field, param, omit);
		case undefined:
			throw invalid(`${param}.type`, "is required");
		default:
			throw foreign(`${param}.type`, `A block of type \`${type.slice(0, 60)}\``);
	}
}

/** A field that must be there. Throws `request.invalid`. */
export function required(field: Fields, name: string, param: string): string {
	const value = field.string(name);
	if (value === undefined) throw invalid(`${param}.${name}`, "is required");
	return value;
}

/** What only saves money or names sources of earlier answers. */
function noteHints(block: Json, omit: Omit): void {
	if (block["cache_control"]) omit("cache_control");
	if (Array.isArray(block["citations"]) && block["citations"].length > 0) omit("citations");
}

function toImage(source: Fields, param: string): ContentPart {
	const type = source.string("type");
	if (type === "url") {
		const url = required(source, "url", param);
		if (!/^https?:\/\//i.test(url)) throw invalid(`${param}.url`, "must be an http(s) address");
		return { type: "image", source: { kind: "url", url } };
	}
	if (type === "base64") {
		const mediaType = required(source, "media_type", param);
		return {
			type: "image",
			source: { kind: "data", mediaType, base64: required(source, "data", param) },
		};
	}
	if (type === "file") throw foreign(`${param}.type`, "A file of Anthropic's Files API");
	throw invalid(`${param}.type`, "must be `base64` or `url`");
}

function toDocument(field: Fields, param: string, omit: Omit): readonly ContentPart[] {
	refuseCitations(field, param);
	const title = field.string("title");
	const context = field.string("context");
	const source = fieldsOf(field.json["source"], `${param}.source`);
	const at = `${param}.source`;
	const heading = [title, context].filter((text) => text !== undefined && text !== "").join("\n");
	const headed = (parts: readonly ContentPart[]): readonly ContentPart[] =>
		heading === "" ? parts : [{ type: "text", text: heading }, ...parts];
	const type = source.string("type");
	switch (type) {
		case "text":
			return headed([{ type: "text", text: required(source, "data", at) }]);
		case "content":
			return headed(
				toContent(source.json["content"], `${at}.content`, (block, inner) =>
					toParts(block, inner, omit),
				),
			);
		case "base64": {
			const file: ContentPart = {
				type: "file",
				mediaType: source.string("media_type") ?? "application/pdf",
				base64: required(source, "data", at),
				...(title !== undefined && { name: title }),
			};
			return context ? [{ type: "text", text: context }, file] : [file];
		}
		case "url":
			throw foreign(`${at}.type`, "A document by its address");
		case "file":
			throw foreign(`${at}.type`, "A file of Anthropic's Files API");
		default:
			throw invalid(`${at}.type`, "must be `base64`, `text`, `content`, `url` or `file`");
	}
}

/** A result of the caller's own search, as the text that it is. */
function toSearchResult(field: Fields, param: string, omit: Omit): readonly ContentPart[] {
	refuseCitations(field, param);
	const heading = `${required(field, "title", param)}\n${required(field, "source", param)}`;
	const content = listOf(field.json["content"], `${param}.content`);
	return [{ type: "text", text: heading }, ...toTexts(content, `${param}.content`, omit)];
}

/** Whoever asks for citations relies on getting them. */
function refuseCitations(field: Fields, param: string): void {
	if (field.object("citations")?.["enabled"] === true) {
		throw foreign(`${param}.citations`, "A request for citations");
	}
}
