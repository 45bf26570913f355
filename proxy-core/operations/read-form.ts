import { GatewayError } from "../errors/gateway-error.ts";
import type { Read } from "../pipeline/context.ts";
import type { RequestFile } from "../providers/define-provider.ts";
import type { Json } from "./define-operation.ts";

/** More parts than any form of these endpoints has. */
const partsMax = 256;

export interface Form {
	/** Text fields in their order; those that come more than once as arrays. */
	readonly json: Json;
	/** Files in their order. */
	readonly files: readonly RequestFile[];
	/** Everything that is text: names, values, file names. What signatures look at. */
	readonly text: Uint8Array;
}

/** A body that was a form. */
export interface FormRead extends Read {
	readonly form: Form;
}

interface FormInput {
	readonly body: Uint8Array;
	readonly contentType: string;
	readonly fileFields: readonly string[];
}

/**
 * A `multipart/form-data` body (RFC 7578). It is never passed on as it came but written anew from
 * this, so that nobody behind the gateway can read it another way. Throws `request.malformed_form`,
 * and `request.invalid` for a file where text belongs, and the other way round.
 */
export async function readForm({ body, contentType, fileFields }: FormInput): Promise<Form> {
	if ((contentType.match(/\bboundary\s*=/gi) ?? []).length !== 1) {
		throw malformed("The content type must name one boundary.");
	}
	const entries = await parse(body, contentType);
	if (entries.length > partsMax) throw malformed(`A form may have ${partsMax} parts at most.`);
	const fields = new Map<string, string | string[]>();
	const files: RequestFile[] = [];
	for (const [name, value] of entries) {
		const isFile = typeof value !== "string";
		if (isFile !== fileFields.includes(name)) {
			const expected = isFile ? "text, without a file name" : "a file";
			throw new GatewayError("request.invalid", {
				param: shown(name),
				message: `\`${shown(name)}\` must be ${expected}.`,
			});
		}
		if (isFile) files.push(await fileOf(name, value));
		else add(fields, name, value);
	}
	const words = entries.flatMap(([name, value]) => [
		name,
		typeof value === "string" ? value : value.name,
	]);
	return { json: Object.fromEntries(fields), files, text: Buffer.from(words.join("\n")) };
}

async function parse(
	body: Uint8Array,
	contentType: string,
): Promise<readonly (readonly [string, string | File])[]> {
	try {
		// The buffer is this request's own; nobody writes to it.
		const form = await new Response(body as Uint8Array<ArrayBuffer>, {
			headers: { "content-type": contentType },
		}).formData();
		return [...form.entries()] as (readonly [string, string | File])[];
	} catch (cause) {
		throw new GatewayError("request.malformed_form", { cause });
	}
}

async function fileOf(field: string, file: File): Promise<RequestFile> {
	return {
		field,
		name: file.name,
		mediaType: file.type === "" ? "application/octet-stream" : file.type,
		bytes: new Uint8Array(await file.arrayBuffer()),
	};
}

function add(fields: Map<string, string | string[]>, name: string, value: string): void {
	const before = fields.get(name);
	fields.set(name, before === undefined ? value : [before, value].flat());
}

function malformed(message: string): GatewayError {
	return new GatewayError("request.malformed_form", { message });
}

/** A caller's text in a message: bounded, without control characters. */
function shown(name: string): string {
	return name.slice(0, 64).replace(/\p{C}/gu, "?");
}
