import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { readFault } from "../shared/read-fault.ts";
import { parseObject, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import { createAnswerDecoder, decodeAnswer } from "./decode.ts";
import { encodeBody } from "./encode.ts";
import { cohereOperations } from "./operations.ts";

export const provider = defineProvider({
	id: "cohere",
	title: "Cohere",
	credentialsUrl: "https://dashboard.cohere.com/api-keys",
	settings: z.strictObject({
		baseUrl: baseUrlField.default("https://api.cohere.com").meta({
			title: "Base URL",
			description: "Without /v1 or /v2.",
		}),
		apiKey: apiKeyField,
	}),
	suggestedModels: ["command-a-03-2025", "command-a-reasoning-08-2025", "command-r7b-12-2024"],
	connect: ({ baseUrl, apiKey }) => {
		const headers = { authorization: `Bearer ${apiKey}` };
		return {
			dialect: "cohere",
			baseUrl: baseUrl.replace(/\/v[12]$/, ""),
			encode: (input) => ({
				method: "POST",
				path: "/v2/chat",
				headers: {
					...headers,
					"content-type": "application/json",
					accept: input.stream ? "text/event-stream" : "application/json",
				},
				body: encodeBody(input),
			}),
			decode: decodeAnswer,
			decodeStream: createAnswerDecoder,
			operations: cohereOperations(headers),
			decodeFault: (status, body) => readFault({ status, body, secrets: [apiKey] }),
			secrets: [apiKey],
			models: {
				request: () => ({ method: "GET", path: "/v1/models?page_size=1000", headers }),
				parse: (body) =>
					readModelIds(parseObject<"models">(body).models, (entry) =>
						readText(readObject<"name">(entry)?.name),
					),
			},
		};
	},
});
