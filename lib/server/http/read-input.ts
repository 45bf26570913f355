import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";

/** Admin requests are small; the largest is a provider with a thousand models. */
const bodyBytesMax = 2_097_152;

/** Throws `request.invalid` with every issue. A name given twice becomes a list. */
export function readQuery<Query extends z.ZodType>(
	schema: Query,
	request: Request,
): z.output<Query> {
	const search = new URL(request.url).searchParams;
	const given: Record<string, string | string[]> = {};
	for (const name of new Set(search.keys())) {
		const values = search.getAll(name);
		given[name] = values.length === 1 ? (values[0] ?? "") : values;
	}
	return check(schema, given);
}

/** Throws `request.invalid`, `request.malformed_json`, `request.too_large`. No body counts as `{}`. */
export async function readBody<Body extends z.ZodType>(
	schema: Body,
	request: Request,
): Promise<z.output<Body>> {
	if (request.method === "GET" || request.method === "HEAD") return check(schema, {});
	const text = await readText(request);
	return check(schema, text.trim() === "" ? {} : parseJson(text));
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
	const parsed = schema.safeParse(storable(value));
	if (!parsed.success) throw new GatewayError("request.invalid", { cause: parsed.error });
	return parsed.data;
}

/** The value itself. PostgreSQL takes neither NUL nor half a surrogate pair, and would answer with an error of its own. */
export function storable<Value>(value: Value): Value {
	if (!holdsUnstorable(value)) return value;
	throw new GatewayError("request.invalid", {
		message: "A text contains a NUL character or half of a surrogate pair.",
	});
}

function holdsUnstorable(value: unknown): boolean {
	if (typeof value === "string") return value.includes("\u0000") || !value.isWellFormed();
	if (typeof value !== "object" || value === null) return false;
	return Object.entries(value).some(
		([key, inner]) => holdsUnstorable(key) || holdsUnstorable(inner),
	);
}

async function readText(request: Request): Promise<string> {
	if (request.body === null) return "";
	const decoder = new TextDecoder();
	let text = "";
	let size = 0;
	for await (const chunk of request.body) {
		size += chunk.byteLength;
		if (size > bodyBytesMax) throw new GatewayError("request.too_large");
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new GatewayError("request.malformed_json", { cause });
	}
}
