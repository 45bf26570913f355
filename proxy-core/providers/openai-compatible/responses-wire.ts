import { foreignReasoningId } from "../../dialects/responses/reasoning-proof.ts";
import type { JsonEdit } from "../../text/json-splice.ts";
import { spliceJson } from "../../text/json-splice.ts";
import type { ChatWire, EncodeInput } from "../define-provider.ts";
import { readList, readObject, readText } from "../shared/read-json.ts";
import { decodeResponse } from "./responses-decode.ts";
import { createResponsesDecoder } from "./responses-stream.ts";

export interface NativeWire {
	readonly path: string;
	/** Credentials and whatever else every request carries. */
	readonly headers: Readonly<Record<string, string>>;
}

/** OpenAI's Responses as an upstream speaks it: forwarded as sent but for the model's name. */
export function responsesWire({ path, headers }: NativeWire): ChatWire {
	return {
		dialect: "responses",
		encode: (input) => ({
			method: "POST",
			path,
			headers: {
				...headers,
				"content-type": "application/json",
				accept: input.stream ? "text/event-stream" : "application/json",
			},
			body: spliceJson(input.body, editsFor(input)),
		}),
		decode: decodeResponse,
		decodeStream: createResponsesDecoder,
	};
}

/** Reasoning of another provider is not known here, and a request that refers to it fails. */
function editsFor({ model, json }: EncodeInput): readonly JsonEdit[] {
	const edits: JsonEdit[] = [{ path: ["model"], value: model }];
	const items = readList(json["input"]);
	const own = items.filter((item) => !isForeign(item));
	if (own.length < items.length) edits.push({ path: ["input"], value: own });
	return edits;
}

function isForeign(item: unknown): boolean {
	const fields = readObject<"type" | "id">(item);
	return (
		fields?.type === "reasoning" && readText(fields.id)?.startsWith(foreignReasoningId) === true
	);
}
