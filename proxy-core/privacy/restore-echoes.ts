import type { Frame } from "../contract/chat.ts";
import { applyEdits } from "../guards/run-guards.ts";
import type { JsonPath } from "../text/json-scan.ts";
import type { JsonEdit } from "../text/json-splice.ts";
import { spliceJson } from "../text/json-splice.ts";
import { restoringEdits } from "./restore-text.ts";
import type { Vault } from "./vault.ts";
import { findPlaceholders } from "./vault-placeholder.ts";

/** Members by which OpenAI's Responses repeat the request; what a model says is in `output`. */
const echoes = ["instructions", "metadata", "tools", "prompt", "text", "user"] as const;

/** A response object that repeats its request repeats it as its caller wrote it. */
export function restoreEchoes(frame: Frame, vault: Vault): Frame {
	const { wire } = frame;
	if (wire?.dialect !== "responses" || !mayEcho(wire.data)) return frame;
	return {
		...frame,
		wire: {
			...wire,
			data: restoredJson(wire.data, vault),
			rewrite: (events, keepUsage) => restoredJson(wire.rewrite(events, keepUsage), vault),
		},
	};
}

/** Deltas repeat nothing, and there are many of them. */
function mayEcho(data: string): boolean {
	return data.includes('"response"') && findPlaceholders(data).length > 0;
}

function restoredJson(data: string, vault: Vault): string {
	const json = JSON.parse(data) as Readonly<Record<string, unknown>>;
	const isEvent = typeof json["response"] === "object" && json["response"] !== null;
	const root: JsonPath = isEvent ? ["response"] : [];
	const response = (isEvent ? json["response"] : json) as Readonly<Record<string, unknown>>;
	const edits: JsonEdit[] = [];
	const collect = (value: unknown, path: JsonPath): void => {
		if (typeof value === "string") {
			const found = restoringEdits(value, vault, { isJson: false });
			if (found.length > 0) edits.push({ path, value: applyEdits(value, found) });
		} else if (typeof value === "object" && value !== null) {
			for (const [name, inner] of Object.entries(value)) {
				collect(inner, [...path, Array.isArray(value) ? Number(name) : name]);
			}
		}
	};
	for (const member of echoes) collect(response[member], [...root, member]);
	return spliceJson(data, edits);
}
