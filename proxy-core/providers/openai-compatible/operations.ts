import type { Usage } from "../../contract/chat.ts";
import type { OperationId } from "../../contract/settled-record.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import { writeForm } from "../../operations/write-form.ts";
import type { JsonEdit } from "../../text/json-splice.ts";
import { spliceJson } from "../../text/json-splice.ts";
import type {
	Connector,
	OperationAnswer,
	OperationInput,
	OperationWire,
	UpstreamBody,
	WireRequest,
} from "../define-provider.ts";
import { base64Of } from "../shared/embeddings.ts";
import { parseObject, readList, readObject } from "../shared/read-json.ts";
import { createOperationStreamDecoder } from "./operation-stream.ts";
import { embeddingUsage, imageUsage, rerankUsage, transcriptUsage } from "./operation-usage.ts";

type Operations = NonNullable<Connector["operations"]>;
/** Moderations are answered by the gateway itself. */
export type OfferedOperation = Exclude<OperationId, "moderations">;

export interface OperationsOptions {
	/** What the upstream really offers. */
	readonly offered: readonly OfferedOperation[];
	readonly headers: Readonly<Record<string, string>>;
	/** Where an operation is; OpenAI's paths below the base URL unless told otherwise. */
	readonly pathOf?: (operation: OfferedOperation, model: string) => string;
	/** Edits of a JSON body for an upstream that names things otherwise. Throws `request.unsupported`. */
	readonly adapt?: (operation: OfferedOperation, input: OperationInput) => readonly JsonEdit[];
}

const paths: Readonly<Record<OfferedOperation, string>> = {
	embeddings: "/embeddings",
	"images.generations": "/images/generations",
	"images.edits": "/images/edits",
	"audio.speech": "/audio/speech",
	"audio.transcriptions": "/audio/transcriptions",
	"audio.translations": "/audio/translations",
	rerank: "/rerank",
};

/** Below the base URL, at OpenAI and those who copy it. */
export function operationPath(operation: OfferedOperation): string {
	return paths[operation];
}

export const everyOperation = Object.keys(paths) as readonly OfferedOperation[];

/** Operations in OpenAI's shape; bodies are forwarded as sent but for the model's name. */
export function openaiOperations(options: OperationsOptions): Operations {
	return Object.fromEntries(
		options.offered.map((operation) => [operation, openaiOperation(operation, options)]),
	);
}

function openaiOperation(operation: OfferedOperation, options: OperationsOptions): OperationWire {
	const { headers, pathOf = operationPath, adapt = () => [] } = options;
	return {
		encode: (input) => ({
			method: "POST",
			path: pathOf(operation, input.model),
			...bodyOf(input, { headers, edits: adapt(operation, input) }),
		}),
		decode: (answer, input) => decodeOperation(operation, answer, input),
		decodeStream: createOperationStreamDecoder,
		...(operation === "audio.speech" && { isPassedThrough: true }),
	};
}

interface BodyOptions {
	readonly headers: Readonly<Record<string, string>>;
	readonly edits: readonly JsonEdit[];
}

function bodyOf(
	input: OperationInput,
	{ headers, edits }: BodyOptions,
): Pick<WireRequest, "headers" | "body"> {
	const accept = input.stream ? "text/event-stream" : "*/*";
	if (input.files.length > 0) {
		const form = writeForm({ ...input.json, model: input.model }, input.files);
		return { headers: { ...headers, "content-type": form.contentType, accept }, body: form.body };
	}
	return {
		headers: { ...headers, "content-type": "application/json", accept },
		body: spliceJson(input.body, [{ path: ["model"], value: input.model }, ...edits]),
	};
}

/** An answer in OpenAI's shape, which is the caller's too. */
function decodeOperation(
	operation: OfferedOperation,
	{ contentType, body }: UpstreamBody,
	input: OperationInput,
): OperationAnswer {
	const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
	if (/[/+]json\b/i.test(contentType)) {
		const usage = usageIn(operation, text, input);
		return {
			contentType: "application/json",
			body: operation === "embeddings" ? inAskedEncoding(text, input) : text,
			...(usage !== undefined && { usage }),
		};
	}
	if (operation === "audio.transcriptions" || operation === "audio.translations") {
		const type = /^text\/vtt\b/i.test(contentType) ? "text/vtt" : "text/plain";
		return { contentType: `${type}; charset=utf-8`, body: text };
	}
	throw new GatewayError("upstream.malformed");
}

/**
 * Many servers pass over `encoding_format` and send numbers; OpenAI's own SDK asks for base64 unless
 * told otherwise and then reads nothing else.
 */
function inAskedEncoding(text: string, { json }: OperationInput): string {
	if (json["encoding_format"] !== "base64") return text;
	const { data } = parseObject<"data">(text);
	const edits = readList(data).flatMap((entry, index) => {
		const vector = readObject<"embedding">(entry)?.embedding;
		if (!Array.isArray(vector)) return [];
		return [{ path: ["data", index, "embedding"], value: base64Of(vector.map(Number)) }];
	});
	return spliceJson(text, edits);
}

function usageIn(
	operation: OfferedOperation,
	text: string,
	{ json }: OperationInput,
): Usage | undefined {
	switch (operation) {
		case "embeddings":
			return embeddingUsage(parseObject(text));
		case "images.generations":
		case "images.edits":
			return imageUsage(parseObject(text), json);
		case "rerank":
			return rerankUsage(parseObject(text));
		case "audio.transcriptions":
		case "audio.translations":
			// Some servers send the bare text as JSON.
			return text.trimStart().startsWith("{") ? transcriptUsage(parseObject(text)) : undefined;
		case "audio.speech":
			// Whoever asked for sound and gets JSON got none.
			throw new GatewayError("upstream.malformed");
	}
}
