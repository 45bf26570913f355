import { GatewayError } from "../../errors/gateway-error.ts";
import { estimateTokens } from "../../text/estimate-tokens.ts";
import type { OperationAnswer, OperationInput } from "../define-provider.ts";
import { unsupported } from "./refuse.ts";

/** An embedding request as wires that are not OpenAI's can express it. */
export interface EmbeddingRequest {
	readonly texts: readonly string[];
	readonly dimensions: number | undefined;
	/** What the vectors are for, in Cohere's words; undefined when the caller did not say. */
	readonly inputType: string | undefined;
}

const ownFields = ["model", "input", "encoding_format", "dimensions", "user", "input_type"];

/**
 * Reads what every such wire needs. Throws `request.unsupported` for tokens instead of texts, for
 * encodings that nobody here can make, and for fields that are neither known nor in `more`.
 */
export function readEmbeddingRequest(
	{ json }: OperationInput,
	wire: string,
	more: readonly string[] = [],
): EmbeddingRequest {
	const { input, dimensions, encoding_format: encoding, input_type: inputType } = json;
	const texts: readonly unknown[] = Array.isArray(input) ? input : [input];
	if (!texts.every((text) => typeof text === "string")) {
		throw unsupported("input", `${wire} takes texts, not token ids.`);
	}
	if (
		encoding !== undefined &&
		encoding !== null &&
		encoding !== "float" &&
		encoding !== "base64"
	) {
		throw unsupported("encoding_format", `${wire} gives vectors as float or base64.`);
	}
	const foreign = Object.keys(json).find((name) => ![...ownFields, ...more].includes(name));
	if (foreign !== undefined) {
		throw unsupported(foreign, `${wire} has no equivalent of \`${foreign}\`.`);
	}
	return {
		texts,
		dimensions: typeof dimensions === "number" ? dimensions : undefined,
		inputType: typeof inputType === "string" ? inputType : undefined,
	};
}

interface Vectors {
	readonly vectors: readonly (readonly number[])[];
	/** Undefined: the provider did not say. */
	readonly inputTokens: number | undefined;
}

/** OpenAI's answer, with vectors in the encoding that was asked for. */
export function embeddingAnswer(
	{ vectors, inputTokens }: Vectors,
	{ json, model }: OperationInput,
): OperationAnswer {
	const isBase64 = json["encoding_format"] === "base64";
	const tokens = inputTokens ?? estimatedTokens(json["input"]);
	const body = {
		object: "list",
		data: vectors.map((vector, index) => ({
			object: "embedding",
			index,
			embedding: isBase64 ? base64Of(vector) : vector,
		})),
		model,
		usage: { prompt_tokens: tokens, total_tokens: tokens },
	};
	return {
		contentType: "application/json",
		body: JSON.stringify(body),
		usage: { inputTokens: tokens, outputTokens: 0, estimated: inputTokens === undefined },
	};
}

/** 32-bit floats, little-endian, as OpenAI packs them. */
export function base64Of(vector: readonly number[]): string {
	const bytes = Buffer.alloc(vector.length * 4);
	for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
	return bytes.toString("base64");
}

/** One vector per text that was sent. Throws `upstream.malformed` when there are more or fewer. */
export function readVectors(
	list: readonly unknown[],
	{ json }: OperationInput,
): readonly (readonly number[])[] {
	const { input } = json;
	const vectors = list.map((value) => {
		if (!Array.isArray(value) || value.length === 0 || !value.every(isNumber))
			throw new GatewayError("upstream.malformed");
		return value;
	});
	if (vectors.length !== (Array.isArray(input) ? input.length : 1))
		throw new GatewayError("upstream.malformed");
	return vectors;
}

function isNumber(value: unknown): value is number {
	return typeof value === "number";
}

function estimatedTokens(input: unknown): number {
	const texts: readonly unknown[] = Array.isArray(input) ? input : [input];
	let tokens = 0;
	for (const text of texts) if (typeof text === "string") tokens += estimateTokens(text);
	return tokens;
}
