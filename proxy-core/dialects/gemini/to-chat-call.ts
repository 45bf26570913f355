import type { ChatCall } from "../../contract/chat.ts";
import { parseExact } from "../../text/parse-exact.ts";
import type { Json } from "../openai/read-field.ts";
import { fieldsOf } from "../openai/read-field.ts";
import type { GeminiAddress } from "./address.ts";
import { foreign } from "./foreign.ts";
import { asksNothing, inUsualSpelling } from "./spelling.ts";
import { toMessages, toSystem } from "./to-messages.ts";
import { toOutput } from "./to-output.ts";
import { toToolChoice, toTools } from "./to-tools.ts";

/** Fields with a place in `ChatCall`, and those that the gateway answers itself. */
const understood = new Set([
	"model",
	"contents",
	"systemInstruction",
	"tools",
	"toolConfig",
	"safetySettings",
	"generationConfig",
]);

/** Fields about billing and storage: another provider's answer is right without them. */
const hints = new Set(["labels", "serviceTier", "store"]);

/** Filters that let everything through ask for nothing. */
const permissive = new Set([
	"BLOCK_NONE",
	"OFF",
	"HARM_BLOCK_THRESHOLD_UNSPECIFIED",
	undefined,
	null,
]);

/**
 * The canonical form of a call to Google's API. Strict about types: throws `request.invalid` with the
 * path of the field. What only Google can do (its own tools, files and caches, content filters)
 * throws `request.unsupported`; what the canonical form has no place for goes into `other`, hints
 * about billing into `omitted`. With `text`, numbers that a double cannot hold survive in calls and
 * schemas.
 */
export function toChatCall(json: Json, address: GeminiAddress, text = ""): ChatCall {
	const exact = hasLongNumber.test(text) ? (parseExact(text) as Json) : json;
	const spoken = inUsualSpelling(exact) as Json;
	const plain = exact === json ? spoken : (inUsualSpelling(json) as Json);
	const field = fieldsOf(plain, "");
	const omitted = new Set<string>();
	const omit = (name: string) => void omitted.add(name);
	refuseFilters(plain["safetySettings"], omit);
	const declared = toTools(spoken["tools"], omit);
	const { tools, ...choice } = toToolChoice(field.object("toolConfig"), declared, omit);
	const { other: otherOutput, ...output } = toOutput(field.object("generationConfig"), omit);
	const { other, dropped } = toOther(plain);
	for (const name of dropped) omit(name);
	const system = toSystem(spoken["systemInstruction"]);
	const messages = toMessages(spoken["contents"], omit);
	return {
		messages: system === undefined ? messages : [system, ...messages],
		stream: address.isStreaming,
		tools,
		...choice,
		...output,
		logprobs: false,
		other: { ...other, ...otherOutput },
		...(omitted.size > 0 && { omitted: [...omitted] }),
	};
}

/** Whether parsing could have changed a number; a false alarm costs a second parsing. */
const hasLongNumber = /[:,[\s]-?(?:[\d.]{16}|[\d.]+[eE])/;

function refuseFilters(value: unknown, omit: (name: string) => void): void {
	if (!Array.isArray(value)) return;
	for (const [index, setting] of value.entries()) {
		const param = `safetySettings[${index}]`;
		const { threshold } = fieldsOf(setting, param).json;
		if (!permissive.has(threshold as string | null | undefined)) {
			throw foreign(`${param}.threshold`, "A threshold of Google's content filters");
		}
		omit("safetySettings");
	}
}

function toOther(json: Json): { readonly other: Json; readonly dropped: readonly string[] } {
	const other: Record<string, unknown> = {};
	const dropped: string[] = [];
	for (const [name, value] of Object.entries(json)) {
		if (understood.has(name) || asksNothing(value)) continue;
		if (hints.has(name)) dropped.push(name);
		else other[name] = value;
	}
	return { other, dropped };
}
