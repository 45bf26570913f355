import { foreignProof } from "../../../dialects/gemini/proof.ts";
import type { JsonPath } from "../../../text/json-scan.ts";
import type { JsonEdit } from "../../../text/json-splice.ts";
import { spliceJson } from "../../../text/json-splice.ts";
import type { EncodeInput } from "../../define-provider.ts";

/**
 * A body that came in Gemini's own dialect: as it was sent, but for the model's name, which the caller
 * knows by another one, and for proofs of other providers' thinking, which Google would refuse.
 */
export function forwardedBody({
	body,
	json,
	model,
}: Pick<EncodeInput, "body" | "json" | "model">): string {
	const edits: JsonEdit[] = [];
	if (json["model"] !== undefined) edits.push({ path: ["model"], value: undefined });
	for (const name of ["generateContentRequest", "generate_content_request"]) {
		const nested = json[name];
		if (typeof nested !== "object" || nested === null) continue;
		edits.push({ path: [name, "model"], value: `models/${model.replace(/^models\//, "")}` });
	}
	if (body.includes(foreignProof)) collectProofs(json, [], edits);
	return spliceJson(body, edits);
}

function collectProofs(value: unknown, path: JsonPath, edits: JsonEdit[]): void {
	if (typeof value !== "object" || value === null) return;
	for (const [key, inner] of Object.entries(value)) {
		const at = [...path, Array.isArray(value) ? Number(key) : key];
		const isProof = key === "thoughtSignature" || key === "thought_signature";
		if (!isProof) collectProofs(inner, at, edits);
		else if (typeof inner === "string" && inner.startsWith(foreignProof)) {
			edits.push({ path: at, value: undefined });
		}
	}
}
