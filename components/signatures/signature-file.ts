import type { OwnSignature } from "../../proxy-core/contract/firewall-settings.ts";
import { ownSignatureSchema } from "../../proxy-core/contract/firewall-settings.ts";

/** What an export holds; an import may also be the bare list. */
export function signatureFile(own: readonly OwnSignature[]): string {
	return `${JSON.stringify({ signatures: own }, null, "\t")}\n`;
}

export type ReadSignatures =
	| { readonly ok: true; readonly signatures: readonly OwnSignature[] }
	| { readonly ok: false; readonly message: string };

/** A file's own signatures, or the first thing that is wrong with it. */
export function readSignatureFile(text: string): ReadSignatures {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		return { ok: false, message: "This is not JSON." };
	}
	const list =
		typeof json === "object" && json !== null && "signatures" in json ? json.signatures : json;
	const read = ownSignatureSchema.array().max(10_000).safeParse(list);
	if (read.success) return { ok: true, signatures: read.data };
	const [issue] = read.error.issues;
	return { ok: false, message: `${placeOf(issue?.path ?? [])}${issue?.message ?? ""}` };
}

/** People count from one. */
function placeOf([index, ...path]: readonly PropertyKey[]): string {
	if (typeof index !== "number") return "";
	const inside = path.map((part) =>
		typeof part === "number" ? ` ${part + 1}` : `, ${String(part)}`,
	);
	return `Signature ${index + 1}${inside.join("")}: `;
}

/** Signatures of `added` replace those with the same id. */
export function mergeSignatures(
	current: readonly OwnSignature[],
	added: readonly OwnSignature[],
): readonly OwnSignature[] {
	const replaced = new Set(added.map(({ id }) => id));
	return [...current.filter(({ id }) => !replaced.has(id)), ...added];
}
