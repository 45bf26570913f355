import { GatewayError } from "../../errors/gateway-error.ts";

/** An object of an upstream's answer: known names, unproven values. */
export type Loose<Name extends string> = { readonly [K in Name]?: unknown };

/** Upstreams are read leniently: what is not of the expected type counts as absent. */
export function readObject<Name extends string>(value: unknown): Loose<Name> | undefined {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
}

export function readList(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** A text that is there and not empty. */
export function readText(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value : undefined;
}

/** A token count. Zero is a count; a negative or broken number is none. */
export function readCount(value: unknown): number | undefined {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Throws `upstream.malformed` unless `text` is a JSON object. */
export function parseObject<Name extends string>(text: string): Loose<Name> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new GatewayError("upstream.malformed", { cause });
	}
	const object = readObject<Name>(value);
	if (object === undefined) throw new GatewayError("upstream.malformed");
	return object;
}

/** The ids in a list of models. Throws `upstream.malformed` when `list` is no array. */
export function readModelIds(
	list: unknown,
	idOf: (entry: unknown) => string | undefined,
): string[] {
	if (!Array.isArray(list)) throw new GatewayError("upstream.malformed");
	return list.map(idOf).filter((id) => id !== undefined);
}
