import type { Usage } from "../../../contract/chat.ts";
import { GatewayError } from "../../../errors/gateway-error.ts";
import type {
	OperationAnswer,
	OperationInput,
	OperationWire,
	UpstreamBody,
	WireRequest,
} from "../../define-provider.ts";
import { parseObject, readCount, readList, readObject, readText } from "../read-json.ts";
import { unsupported } from "../refuse.ts";

/** Makes a request for a method of a model, such as `generateContent`. */
export type MethodRequest = (model: string, method: string, body: object) => WireRequest;

/** Sizes in points that stand for a shape: those of Gemini's models, and those of Imagen's. */
const geminiShapes: Readonly<Record<string, string>> = {
	"1024x1024": "1:1",
	"832x1248": "2:3",
	"1248x832": "3:2",
	"864x1184": "3:4",
	"1184x864": "4:3",
	"768x1344": "9:16",
	"1344x768": "16:9",
};
const imagenShapes: Readonly<Record<string, string>> = {
	"1024x1024": "1:1",
	"896x1280": "3:4",
	"1280x896": "4:3",
	"768x1408": "9:16",
	"1408x768": "16:9",
};

const ownFields = ["model", "prompt", "n", "size", "response_format", "user", "image", "image[]"];

/** Images by Gemini's image models (`generateContent`) and by Imagen (`predict`). */
export function googleImages(request: MethodRequest): OperationWire {
	return {
		encode: (input) => {
			refuseForeign(input);
			return isImagen(input.model) ? encodeImagen(input, request) : encodeGemini(input, request);
		},
		decode: (answer, input) =>
			isImagen(input.model) ? decodeImagen(answer, input) : decodeGemini(answer, input),
	};
}

function isImagen(model: string): boolean {
	return /(^|\/)imagen-/.test(model);
}

function refuseForeign({ json, stream, files }: OperationInput): void {
	const foreign = Object.keys(json).find((name) => !ownFields.includes(name));
	if (foreign !== undefined)
		throw unsupported(foreign, `Google's images have no equivalent of \`${foreign}\`.`);
	if (stream) throw unsupported("stream", "Google's images come whole.");
	if (json["response_format"] === "url")
		throw unsupported("response_format", "Google's images come as b64_json.");
	const other = files.find(({ field }) => field !== "image" && field !== "image[]");
	if (other !== undefined)
		throw unsupported(other.field, `Google's images have no equivalent of \`${other.field}\`.`);
}

function shapeOf(
	{ json }: OperationInput,
	shapes: Readonly<Record<string, string>>,
): string | undefined {
	const { size } = json;
	if (size === undefined || size === null || size === "auto") return undefined;
	const shape = shapes[String(size)];
	if (shape !== undefined) return shape;
	throw unsupported("size", `This model makes ${Object.keys(shapes).join(", ")}.`);
}

function countOf({ json }: OperationInput): number {
	return json["n"] === undefined || json["n"] === null ? 1 : Number(json["n"]);
}

function encodeImagen(input: OperationInput, request: MethodRequest): WireRequest {
	if (input.files.length > 0)
		throw unsupported("image", "Imagen makes images from a prompt alone here.");
	return request(input.model, "predict", {
		instances: [{ prompt: input.json["prompt"] }],
		parameters: { sampleCount: countOf(input), aspectRatio: shapeOf(input, imagenShapes) },
	});
}

function encodeGemini(input: OperationInput, request: MethodRequest): WireRequest {
	if (countOf(input) !== 1) throw unsupported("n", "Gemini makes one image a request.");
	const images = input.files.map(({ mediaType, bytes }) => ({
		inlineData: { mimeType: mediaType, data: Buffer.from(bytes).toString("base64") },
	}));
	const aspectRatio = shapeOf(input, geminiShapes);
	return request(input.model, "generateContent", {
		contents: [{ role: "user", parts: [...images, { text: input.json["prompt"] }] }],
		generationConfig: {
			responseModalities: ["IMAGE"],
			...(aspectRatio !== undefined && { imageConfig: { aspectRatio } }),
		},
	});
}

function decodeImagen({ body }: UpstreamBody, input: OperationInput): OperationAnswer {
	const answer = parseObject<"predictions">(Buffer.from(body).toString("utf8"));
	const images = readList(answer.predictions)
		.map((entry) => readText(readObject<"bytesBase64Encoded">(entry)?.bytesBase64Encoded))
		.filter((image) => image !== undefined);
	return imagesAnswer(images, input, { inputTokens: 0, outputTokens: 0, estimated: false });
}

type CountFields = "promptTokenCount" | "candidatesTokenCount" | "thoughtsTokenCount";

function decodeGemini({ body }: UpstreamBody, input: OperationInput): OperationAnswer {
	const answer = parseObject<"candidates" | "usageMetadata">(Buffer.from(body).toString("utf8"));
	const images = readList(answer.candidates).flatMap((candidate) => {
		const content = readObject<"parts">(readObject<"content">(candidate)?.content);
		return readList(content?.parts)
			.map((part) => readObject<"data">(readObject<"inlineData">(part)?.inlineData)?.data)
			.map(readText)
			.filter((image) => image !== undefined);
	});
	const usage = readObject<CountFields>(answer.usageMetadata);
	const drawn = readCount(usage?.candidatesTokenCount) ?? 0;
	const thoughts = readCount(usage?.thoughtsTokenCount) ?? 0;
	return imagesAnswer(images, input, {
		inputTokens: readCount(usage?.promptTokenCount) ?? 0,
		outputTokens: drawn + thoughts,
		...(drawn > 0 && { outputImageTokens: drawn }),
		...(thoughts > 0 && { reasoningTokens: thoughts }),
		estimated: false,
	});
}

function imagesAnswer(
	images: readonly string[],
	{ json }: OperationInput,
	usage: Usage,
): OperationAnswer {
	// Both models answer with status 200 and without an image when their filter refuses.
	if (images.length === 0) throw new GatewayError("upstream.content_policy");
	const { size } = json;
	return {
		contentType: "application/json",
		body: JSON.stringify({
			created: Math.floor(Date.now() / 1000),
			data: images.map((image) => ({ b64_json: image })),
		}),
		usage: {
			...usage,
			images: images.length,
			...(typeof size === "string" && size !== "auto" && { imageVariant: size }),
		},
	};
}
