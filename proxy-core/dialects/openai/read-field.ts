import { GatewayError } from "../../errors/gateway-error.ts";

export type Json = Readonly<Record<string, unknown>>;

interface Bounds {
	readonly min?: number;
	readonly max?: number;
}

/** Typed access to one object of a request. Every reader throws `request.invalid` with the field's path. */
export interface Fields {
	readonly json: Json;
	/** `null` counts as absent in all of these. */
	readonly string: (name: string) => string | undefined;
	readonly boolean: (name: string) => boolean | undefined;
	readonly number: (name: string, bounds: Bounds) => number | undefined;
	readonly integer: (name: string, bounds: Bounds) => number | undefined;
	readonly object: (name: string) => Json | undefined;
}

export function fieldsOf(value: unknown, param: string): Fields {
	if (!isObject(value)) throw invalid(param, "must be an object");
	const pathOf = (name: string) => (param === "" ? name : `${param}.${name}`);
	const read = <Value>(name: string, accepts: (found: unknown) => found is Value, what: string) => {
		const found = value[name];
		if (found === undefined || found === null) return undefined;
		if (!accepts(found)) throw invalid(pathOf(name), `must be ${what}`);
		return found;
	};
	const readNumber = (name: string, bounds: Bounds, what: string) => {
		const found = read(name, isNumber, what);
		if (found === undefined) return undefined;
		if (what === "an integer" && !Number.isInteger(found))
			throw invalid(pathOf(name), `must be ${what}`);
		if (bounds.min !== undefined && found < bounds.min)
			throw invalid(pathOf(name), `must be at least ${bounds.min}`);
		if (bounds.max !== undefined && found > bounds.max)
			throw invalid(pathOf(name), `must be at most ${bounds.max}`);
		return found;
	};
	return {
		json: value,
		string: (name) => read(name, isString, "a string"),
		boolean: (name) => read(name, isBoolean, "true or false"),
		number: (name, bounds) => readNumber(name, bounds, "a number"),
		integer: (name, bounds) => readNumber(name, bounds, "an integer"),
		object: (name) => read(name, isObject, "an object"),
	};
}

export function listOf(value: unknown, param: string): readonly unknown[] {
	if (!Array.isArray(value)) throw invalid(param, "must be an array");
	return value;
}

export function invalid(param: string, what: string): GatewayError {
	return new GatewayError("request.invalid", { param, message: `\`${param}\` ${what}.` });
}

export function isObject(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
	return typeof value === "string";
}

function isBoolean(value: unknown): value is boolean {
	return typeof value === "boolean";
}

function isNumber(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value);
}
