import type { Json } from "../openai/read-field.ts";
import { isObject } from "../openai/read-field.ts";
import { foreignProof } from "./proof.ts";

type Path = readonly (string | number)[];

/**
 * Whether the text at `path` belongs to a thought that another provider's proof closes. Clients keep a
 * streamed thought in pieces, so the proof may stand in a later one, also of the model's next turn.
 */
export function isSignedThought(json: Json, path: Path): boolean {
	const [root, turn, list, piece, leaf] = path;
	if (root !== "contents" || list !== "parts" || leaf !== "text") return false;
	for (const part of partsFrom(json["contents"], Number(turn), Number(piece))) {
		if (!isObject(part) || part["thought"] !== true) return false;
		const proof = part["thoughtSignature"] ?? part["thought_signature"];
		if (typeof proof === "string" && proof !== "") return proof.startsWith(foreignProof);
	}
	return false;
}

/** The parts of the model's turns from one of them on, until somebody else speaks. */
function* partsFrom(contents: unknown, turn: number, piece: number): Generator<unknown> {
	const turns: readonly unknown[] = Array.isArray(contents) ? contents.slice(turn) : [];
	for (const [index, content] of turns.entries()) {
		if (!isObject(content) || content["role"] !== "model") return;
		const parts: readonly unknown[] = Array.isArray(content["parts"]) ? content["parts"] : [];
		yield* index === 0 ? parts.slice(piece) : parts;
	}
}
