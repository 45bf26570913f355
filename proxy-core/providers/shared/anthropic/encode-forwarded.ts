import type { JsonEdit } from "../../../text/json-splice.ts";
import { sliceJson, spliceJson } from "../../../text/json-splice.ts";
import type { EncodeInput } from "../../define-provider.ts";
import type { Loose } from "../read-json.ts";
import { readList, readObject } from "../read-json.ts";

/**
 * Edits that take out of a forwarded conversation what other providers left in it: thinking that
 * nobody signed, and their proofs on tool calls. The API refuses a request for either, and a
 * conversation must be able to move here. What Anthropic's models said themselves stays untouched.
 */
export function foreignLeftovers({ body, json }: Pick<EncodeInput, "body" | "json">): JsonEdit[] {
	const edits: JsonEdit[] = [];
	for (const [turn, item] of readList(json["messages"]).entries()) {
		const message = readObject<"role" | "content">(item);
		if (message?.role !== "assistant") continue;
		const blocks = readList(message.content).map((block) => readObject<BlockFields>(block));
		const path = ["messages", turn, "content"];
		if (blocks.some(isUnsigned)) {
			const content = sliceJson(body, path) ?? "[]";
			edits.push({ path, json: withoutLeftovers(content, blocks) });
		} else {
			for (const [index, block] of blocks.entries())
				if (carriesProof(block))
					edits.push({ path: [...path, index, "extra_content"], value: undefined });
		}
	}
	return edits;
}

/** Blocks cannot be taken out of an array one by one, so the array is made anew from the kept ones' own text. */
function withoutLeftovers(content: string, blocks: readonly Block[]): string {
	const kept = blocks.flatMap((block, index) => {
		if (isUnsigned(block)) return [];
		const text = sliceJson(content, [index]) ?? "null";
		if (!carriesProof(block)) return [text];
		return [spliceJson(text, [{ path: ["extra_content"], value: undefined }])];
	});
	return `[${kept.join(",")}]`;
}

type BlockFields = "type" | "signature" | "extra_content";
type Block = Loose<BlockFields> | undefined;

function isUnsigned(block: Block): boolean {
	return block?.type === "thinking" && !block.signature;
}

function carriesProof(block: Block): boolean {
	return block?.type === "tool_use" && block.extra_content !== undefined;
}
