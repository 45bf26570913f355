import { randomUUID } from "node:crypto";
import { GatewayError } from "../errors/gateway-error.ts";
import type { RequestFile } from "../providers/define-provider.ts";

interface WrittenForm {
	/** With the boundary. */
	readonly contentType: string;
	readonly body: Uint8Array;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A form as its provider gets it: text fields first, so that a server that reads as it receives knows
 * the model before the file. Values that are not text (a model's number, a guard's edit) become JSON.
 */
export function writeForm(fields: Fields, files: readonly RequestFile[]): WrittenForm {
	// Random, so that no content can be made to contain it.
	const boundary = `llmproxy-${randomUUID()}`;
	const parts: Uint8Array[] = [];
	const open = (head: string): void => {
		parts.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`));
	};
	for (const [name, value] of Object.entries(fields)) {
		for (const item of Array.isArray(value) ? value : [value]) {
			open(`name="${quoted(name)}"`);
			parts.push(Buffer.from(typeof item === "string" ? item : JSON.stringify(item)), lineEnd);
		}
	}
	for (const { field, name, mediaType, bytes } of files) {
		const type = plainMediaType(mediaType);
		open(`name="${quoted(field)}"; filename="${quoted(name)}"\r\ncontent-type: ${type}`);
		parts.push(bytes, lineEnd);
	}
	parts.push(Buffer.from(`--${boundary}--\r\n`));
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		body: Buffer.concat(parts),
	};
}

const lineEnd = Buffer.from("\r\n");

/** As HTML's form submission escapes names; a line break would begin a new header. */
function quoted(name: string): string {
	return name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}

function plainMediaType(type: string): string {
	if (/^[\w.+-]{1,64}\/[\w.+-]{1,64}(;[ \x21-\x7e]{0,128})?$/.test(type)) return type;
	throw new GatewayError("request.malformed_form", {
		message: "A file's media type is not valid.",
	});
}
