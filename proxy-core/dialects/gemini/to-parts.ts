import type { ChatMessage, ContentPart } from "../../contract/chat.ts";
import type { Fields, Json } from "../openai/read-field.ts";
import { fieldsOf, invalid } from "../openai/read-field.ts";
import { foreign } from "./foreign.ts";
import { asList } from "./spelling.ts";

/** A part that is no text. Throws `request.invalid`, `request.unsupported`. */
export function toAttachment(field: Fields, param: string): ContentPart {
	if (field.json["videoMetadata"]) throw foreign(`${param}.videoMetadata`, "A video");
	const blob = field.object("inlineData");
	if (blob !== undefined) return toInline(blob, `${param}.inlineData`);
	const file = field.object("fileData");
	if (file !== undefined) return toFile(file, `${param}.fileData`);
	const [kind] = Object.keys(field.json);
	if (kind === undefined) throw invalid(param, "must not be empty");
	throw foreign(`${param}.${kind}`, `A part with \`${kind.slice(0, 60)}\``);
}

/** Names of sound formats that differ from their media types. */
const formats: Readonly<Record<string, string>> = {
	mpeg: "mp3",
	"x-wav": "wav",
	wave: "wav",
	"vnd.wave": "wav",
	"x-flac": "flac",
};

function toInline(blob: Json, param: string): ContentPart {
	const field = fieldsOf(blob, param);
	const mediaType = field.string("mimeType")?.toLowerCase().split(";", 1)[0]?.trim();
	const base64 = field.string("data");
	if (!mediaType) throw invalid(`${param}.mimeType`, "is required");
	if (base64 === undefined) throw invalid(`${param}.data`, "is required");
	const [kind, format = ""] = mediaType.split("/");
	switch (kind) {
		case "image":
			return {
				type: "image",
				source: { kind: "data", mediaType, base64: inPlainAlphabet(base64) },
			};
		case "audio":
			return {
				type: "audio",
				base64: inPlainAlphabet(base64),
				format: formats[format] ?? format,
			};
		case "video":
			throw foreign(`${param}.mimeType`, "A video");
		default: {
			const name = field.string("displayName");
			return {
				type: "file",
				mediaType,
				base64: inPlainAlphabet(base64),
				...(name !== undefined && { name }),
			};
		}
	}
}

/** Python's client writes Base64 in the alphabet for addresses, which other providers refuse. */
function inPlainAlphabet(base64: string): string {
	return /[-_]/.test(base64) ? base64.replaceAll("-", "+").replaceAll("_", "/") : base64;
}

/** Where Google keeps files that were uploaded to it. */
const ownFiles = /^(?:gs:|files\/|https:\/\/generativelanguage\.googleapis\.com\/)/;

function toFile(file: Json, param: string): ContentPart {
	const field = fieldsOf(file, param);
	const url = field.string("fileUri");
	if (url === undefined) throw invalid(`${param}.fileUri`, "is required");
	if (ownFiles.test(url)) throw foreign(`${param}.fileUri`, "A file of Google's");
	const mediaType = field.string("mimeType") ?? "image/";
	if (!/^https?:\/\//i.test(url) || !mediaType.startsWith("image/")) {
		throw foreign(`${param}.fileUri`, "A file by its address, unless it is an image");
	}
	return { type: "image", source: { kind: "url", url } };
}

/** What a tool answered. Throws `request.invalid`, `request.unsupported`. */
export function toResult(
	field: Fields,
	param: string,
): Pick<Extract<ChatMessage, { role: "tool" }>, "parts" | "isError"> {
	const response = field.object("response") ?? {};
	const attachments = asList(field.json["parts"]).map((part, index) =>
		toAttachment(fieldsOf(part, `${param}.parts[${index}]`), `${param}.parts[${index}]`),
	);
	const [name, ...others] = Object.keys(response);
	const isError = name === "error" && others.length === 0;
	return {
		parts: [{ type: "text", text: textOf(response) }, ...attachments],
		...(isError && { isError }),
	};
}

/** Names under which Google's clients wrap what a tool said. */
const wrappers: ReadonlySet<string> = new Set(["result", "output", "error"]);

function textOf(response: Json): string {
	const [entry, ...others] = Object.entries(response);
	if (entry === undefined || others.length > 0 || !wrappers.has(entry[0])) {
		return JSON.stringify(response);
	}
	const [, value] = entry;
	return typeof value === "string" ? value : JSON.stringify(value);
}
