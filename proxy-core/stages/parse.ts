import { GatewayError } from "../errors/gateway-error.ts";
import { checkBodyLimits } from "../limits/body-limits.ts";
import type { Identified, Parsed, Read, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { findDuplicateKey } from "../text/json-splice.ts";

/** Body → request. What cannot be read one way only is refused: guards and providers must see the same. */
export const parse: Stage<Received & Read & Partial<Identified>, Parsed> = {
	name: "parse",
	run: (context) => {
		const { body, dialect } = context;
		const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
		const json = parseObject(text);
		const duplicate = findDuplicateKey(text);
		if (duplicate !== undefined) {
			throw new GatewayError("request.duplicate_key", { param: duplicate });
		}
		const request = { ...dialect.readRequest(json), text, json, files: [] };
		checkBodyLimits(context, request);
		return { request };
	},
};

function parseObject(text: string): Readonly<Record<string, unknown>> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new GatewayError("request.malformed_json", { cause });
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		throw new GatewayError("request.invalid", { message: "The body must be a JSON object." });
	}
	return value as Record<string, unknown>;
}
