import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { readFault } from "../shared/read-fault.ts";
import { parseObject, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import { createAnswerDecoder, decodeAnswer } from "./decode.ts";
import { encodeBody } from "./encode.ts";
import { ollamaOperations } from "./operations.ts";

export const provider = defineProvider({
	id: "ollama",
	title: "Ollama",
	credentialsUrl: "https://ollama.com/download",
	settings: z.strictObject({
		baseUrl: baseUrlField.default("http://127.0.0.1:11434").meta({
			title: "Base URL",
			description: "Without /api.",
		}),
		apiKey: apiKeyField.optional().meta({
			title: "API key",
			description: "Only for Ollama's cloud or a server behind a proxy that asks for one.",
			ui: { control: "secret" },
		}),
	}),
	localPorts: [11434],
	suggestedModels: [],
	connect: ({ baseUrl, apiKey }) => {
		const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
		return {
			dialect: "ollama",
			baseUrl: baseUrl.replace(/\/api$/, ""),
			encode: (input) => ({
				method: "POST",
				path: "/api/chat",
				headers: {
					...headers,
					"content-type": "application/json",
					accept: input.stream ? "application/x-ndjson" : "application/json",
				},
				body: encodeBody(input),
			}),
			decode: decodeAnswer,
			decodeStream: createAnswerDecoder,
			operations: ollamaOperations(headers),
			decodeFault: (status, body) => readFault({ status, body, secrets: [apiKey] }),
			secrets: apiKey === undefined ? [] : [apiKey],
			models: {
				request: () => ({ method: "GET", path: "/api/tags", headers }),
				parse: (body) =>
					readModelIds(parseObject<"models">(body).models, (entry) => {
						const model = readObject<"model" | "name">(entry);
						return readText(model?.model) ?? readText(model?.name);
					}),
			},
		};
	},
});
