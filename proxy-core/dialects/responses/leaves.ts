import type { ErrorCode } from "../../contract/errors.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { JsonPath } from "../../text/json-scan.ts";
import { isLabel } from "../collect-texts.ts";

/** A string of an item of Responses that somebody, or something, wrote. */
export interface Leaf {
	/** From the value that was walked. */
	readonly path: JsonPath;
	readonly text: string;
}

export interface LeavesOptions {
	/** From the item to the walked value, when that is only a part of it. */
	readonly at?: JsonPath;
	/** Thrown when the value is nested deeper than anybody could mean. */
	readonly tooDeep: ErrorCode;
}

/**
 * Members of items and of their parts that hold identifiers and enumerations, as long as they look like
 * such. Every other string counts as words, so that a kind of item that is new tomorrow is read
 * completely; so does a member of the same name further down, where callers and tools choose the names.
 */
const labels: ReadonlySet<string> = new Set([
	"id",
	"type",
	"object",
	"status",
	"role",
	"phase",
	"detail",
	"name",
	"namespace",
	"call_id",
	"caller_id",
	"item_id",
	"file_id",
	"container_id",
	"response_id",
	"approval_request_id",
	"server_label",
	"fingerprint",
	"obfuscation",
]);

/** The same with encoded bytes, proofs and addresses, whatever they look like. */
const opaque: ReadonlySet<string> = new Set([
	"encrypted_content",
	// Addresses are signed often enough that an edit would break them.
	"image_url",
	"file_url",
	"file_data",
	"partial_image_b64",
	// They spell a text out again, token by token, and are taken out when it is edited.
	"logprobs",
]);

const depthMax = 64;

/** Every string below `value` that may hold words, in order. */
export function leavesOf(value: unknown, options: LeavesOptions): readonly Leaf[] {
	const leaves: Leaf[] = [];
	collect(value, [], { ...options, leaves });
	return leaves;
}

interface Walk extends LeavesOptions {
	readonly leaves: Leaf[];
}

function collect(value: unknown, path: JsonPath, walk: Walk): void {
	if (typeof value === "string") {
		if (value !== "") walk.leaves.push({ path, text: value });
		return;
	}
	if (typeof value !== "object" || value === null) return;
	if (path.length > depthMax) throw new GatewayError(walk.tooDeep);
	if (Array.isArray(value)) {
		for (const [index, item] of value.entries()) collect(item, [...path, index], walk);
		return;
	}
	const isPart = isItemOrPart([...(walk.at ?? []), ...path]);
	for (const [name, inner] of Object.entries(value)) {
		if (isPart && (isWordless(name, inner) || isPicture(value, name))) continue;
		collect(inner, [...path, name], walk);
	}
}

function isWordless(name: string, value: unknown): boolean {
	if (opaque.has(name)) return true;
	return labels.has(name) && typeof value === "string" && isLabel(value);
}

/** The item itself, an entry of one of its lists, or a tool's one output. */
function isItemOrPart(path: JsonPath): boolean {
	if (path.length === 1) return path[0] === "output";
	return path.length === 0 || (path.length === 2 && typeof path[1] === "number");
}

/** The bytes of a generated image stand where a program puts its words. */
function isPicture(holder: object, name: string): boolean {
	return name === "result" && "type" in holder && holder.type === "image_generation_call";
}
