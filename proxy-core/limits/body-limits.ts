import type { EndpointId } from "../contract/settled-record.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Identified, Parsed, Received } from "../pipeline/context.ts";

/** How much a request may hold; 0 means no limit. */
export interface BodyLimits {
	/** UTF-8, all texts together. */
	readonly textBytesMax: number;
	readonly messagesMax: number;
}

/** Where each dialect keeps the turns of a conversation. */
const turnsAt: Readonly<Partial<Record<EndpointId, string>>> = {
	"chat.completions": "messages",
	messages: "messages",
	"messages.count_tokens": "messages",
	responses: "input",
	generate_content: "contents",
	"generate_content.count_tokens": "contents",
};

type Needs = Pick<Received, "endpoint" | "snapshot"> & Partial<Identified>;

/**
 * Refuses a request that is larger than its caller's limits. That is a matter of size and no attack, so
 * the error names the limit and who can raise it. Throws `request.too_large`, `request.invalid`.
 */
export function checkBodyLimits(
	{ endpoint, snapshot, caller }: Readonly<Needs>,
	{ json, segments }: Pick<Parsed["request"], "json" | "segments">,
): void {
	const { textBytesMax, messagesMax } = limitsOf(snapshot.settings.limits, caller);
	const field = turnsAt[endpoint];
	const turns = field === undefined ? undefined : json[field];
	if (field !== undefined && messagesMax > 0 && Array.isArray(turns)) {
		const count = countTurns(turns);
		if (count > messagesMax) throw tooManyMessages(field, count, messagesMax);
	}
	if (textBytesMax === 0) return;
	const bytes = textBytes(segments, textBytesMax);
	if (bytes <= textBytesMax) return;
	throw new GatewayError("request.too_large", {
		message: `The request holds ${bytes} bytes of text; the limit is ${textBytesMax}. ${raise("limits.textBytesMax")}`,
	});
}

/** Google's clients keep each piece of a streamed answer as a turn of the model's; together they are one. */
function countTurns(turns: readonly unknown[]): number {
	let count = 0;
	let wasModel = false;
	for (const turn of turns) {
		const { role } = (turn ?? {}) as { readonly role?: unknown };
		const isModel = role === "model";
		if (!(isModel && wasModel)) count++;
		wasModel = isModel;
	}
	return count;
}

function limitsOf(settings: BodyLimits, caller: Needs["caller"]): BodyLimits {
	return caller?.kind === "key" ? { ...settings, ...caller.teamLimits } : settings;
}

function tooManyMessages(field: string, found: number, most: number): GatewayError {
	return new GatewayError("request.invalid", {
		param: field,
		message: `The conversation has ${found} messages; the limit is ${most}. ${raise("limits.messagesMax")}`,
	});
}

function raise(setting: string): string {
	return `This is a limit on size, not a finding: an operator can raise it for everybody (${setting}) or for a team.`;
}

/** Exact only when it is near the limit: a code unit takes at most three bytes. */
function textBytes(segments: Parsed["request"]["segments"], max: number): number {
	let units = 0;
	for (const { text } of segments) units += text.length;
	if (units * 3 <= max) return units;
	let bytes = 0;
	for (const { text } of segments) bytes += Buffer.byteLength(text, "utf8");
	return bytes;
}
