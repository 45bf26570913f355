import * as z from "zod";
import { defineProvider } from "../define-provider.ts";
import { createMessageDecoder, decodeMessage } from "../shared/anthropic/decode.ts";
import { encodeBody } from "../shared/anthropic/encode.ts";
import { readFault } from "../shared/read-fault.ts";
import { parseObject, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";

export const provider = defineProvider({
	id: "anthropic",
	title: "Anthropic",
	credentialsUrl: "https://console.anthropic.com/settings/keys",
	settings: z.strictObject({
		baseUrl: baseUrlField.default("https://api.anthropic.com").meta({
			title: "Base URL",
			description: "Without /v1.",
		}),
		apiKey: apiKeyField,
	}),
	suggestedModels: ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"],
	connect: ({ baseUrl, apiKey }) => {
		const headers = { "x-api-key": apiKey, "anthropic-version": "2023-06-01" };
		return {
			dialect: "anthropic",
			baseUrl: baseUrl.replace(/\/v1$/, ""),
			encode: (input) => ({
				method: "POST",
				path: "/v1/messages",
				headers: {
					...headers,
					...(input.dialect === "anthropic" && input.headers),
					"content-type": "application/json",
					accept: input.stream ? "text/event-stream" : "application/json",
				},
				body: encodeBody(input),
			}),
			decode: decodeMessage,
			decodeStream: createMessageDecoder,
			decodeFault: (status, body) => readFault({ status, body, secrets: [apiKey] }),
			secrets: [apiKey],
			models: {
				request: () => ({ method: "GET", path: "/v1/models?limit=1000", headers }),
				parse: (body) =>
					readModelIds(parseObject<"data">(body).data, (entry) =>
						readText(readObject<"id">(entry)?.id),
					),
			},
		};
	},
});
