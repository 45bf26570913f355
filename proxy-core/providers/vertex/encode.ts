import { spliceJson } from "../../text/json-splice.ts";
import type { EncodeInput } from "../define-provider.ts";
import { encodeBody as encodeAnthropic } from "../shared/anthropic/encode.ts";
import { encodeBody as encodeGemini } from "../shared/gemini/encode.ts";
import { pathSegment, unsupported } from "../shared/refuse.ts";

export interface VertexModel {
	readonly publisher: "google" | "anthropic";
	readonly name: string;
}

/**
 * `gemini-…`, `claude-…`, `google/…`, `anthropic/…` or `publishers/…/models/…`. Throws
 * `request.unsupported` for publishers whose models speak another wire.
 */
export function readModel(model: string): VertexModel {
	const short = model.replace(/^publishers\/([a-z-]+)\/models\//, "$1/");
	const slash = short.indexOf("/");
	const publisher = slash === -1 ? undefined : short.slice(0, slash);
	const name = short.slice(slash + 1);
	if (publisher === undefined) return { publisher: isClaude(name) ? "anthropic" : "google", name };
	if (publisher === "google" || publisher === "anthropic") return { publisher, name };
	throw unsupported("model", "On Vertex, the models of Google and of Anthropic can be used.");
}

/** Whether a name means one of Anthropic's models. */
export function isClaude(model: string): boolean {
	return /^(publishers\/anthropic\/models\/|anthropic\/|claude-)/.test(model);
}

/** Path after the API's version, from `projects` on. */
export function modelPath(
	{ publisher, name }: VertexModel,
	{ parent, stream }: { readonly parent: string; readonly stream: boolean },
): string {
	// `@` separates a version and may stand in a path as it is.
	const segment = pathSegment(name).replaceAll("%40", "@");
	const model = `${parent}/publishers/${publisher}/models/${segment}`;
	if (publisher === "anthropic") return `${model}:${stream ? "streamRawPredict" : "rawPredict"}`;
	return `${model}:${stream ? "streamGenerateContent?alt=sse" : "generateContent"}`;
}

/** The body in the publisher's wire. Anthropic's names its version instead of the model, which is in the path. */
export function encodeBody(input: EncodeInput, { publisher, name }: VertexModel): string {
	const named = { ...input, model: name };
	// Version 1 of the API refuses ids of calls.
	if (publisher === "google") return encodeGemini(named, { keepsCallIds: false });
	return spliceJson(encodeAnthropic(named), [
		{ path: ["model"], value: undefined },
		{ path: ["anthropic_version"], value: "vertex-2023-10-16" },
	]);
}
