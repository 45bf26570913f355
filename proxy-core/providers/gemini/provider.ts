import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { createAnswerDecoder, decodeAnswer } from "../shared/gemini/decode.ts";
import { encodeBody } from "../shared/gemini/encode.ts";
import { readFault } from "../shared/read-fault.ts";
import { parseObject, readList, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { pathSegment } from "../shared/refuse.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import { geminiOperations } from "./operations.ts";

export const provider = defineProvider({
	id: "gemini",
	title: "Google Gemini",
	credentialsUrl: "https://aistudio.google.com/apikey",
	settings: z.strictObject({
		baseUrl: baseUrlField.default("https://generativelanguage.googleapis.com/v1beta"),
		apiKey: apiKeyField,
	}),
	suggestedModels: ["gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite"],
	connect: ({ baseUrl: configured, apiKey }) => {
		// Google's SDKs are given the address without a version, so that form is understood as well.
		const baseUrl = new URL(configured).pathname === "/" ? `${configured}/v1beta` : configured;
		const headers = { "x-goog-api-key": apiKey };
		return {
			dialect: "gemini",
			baseUrl,
			encode: (input) => ({
				method: "POST",
				path: `${modelPath(input.model)}:${
					input.stream ? "streamGenerateContent?alt=sse" : "generateContent"
				}`,
				headers: {
					...headers,
					"content-type": "application/json",
					accept: input.stream ? "text/event-stream" : "application/json",
				},
				body: encodeBody(input),
			}),
			decode: decodeAnswer,
			decodeStream: createAnswerDecoder,
			operations: geminiOperations(headers),
			decodeFault: (status, body) => readFault({ status, body, secrets: [apiKey] }),
			secrets: [apiKey],
			models: {
				request: () => ({ method: "GET", path: "/models?pageSize=1000", headers }),
				parse: (body) => readModelIds(parseObject<"models">(body).models, chatModelId),
			},
		};
	},
});

/** Models that were tuned are a collection of their own. */
function modelPath(model: string): string {
	const [, tuned] = /^tunedModels\/(.+)$/.exec(model) ?? [];
	return tuned === undefined
		? `/models/${pathSegment(model.replace(/^models\//, ""))}`
		: `/tunedModels/${pathSegment(tuned)}`;
}

function chatModelId(entry: unknown): string | undefined {
	const model = readObject<"name" | "supportedGenerationMethods">(entry);
	const methods = readList(model?.supportedGenerationMethods);
	if (methods.length > 0 && !methods.includes("generateContent")) return undefined;
	return readText(model?.name)?.replace(/^models\//, "");
}
