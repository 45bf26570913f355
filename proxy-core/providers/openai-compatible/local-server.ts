import * as z from "zod";
import type { Provider } from "../define-provider.ts";
import { defineProvider } from "../define-provider.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import type { OpenaiWire } from "./openai-compatible.ts";
import { openaiConnector } from "./openai-compatible.ts";

export interface LocalServerOptions<Id extends string> {
	readonly id: Id;
	readonly title: string;
	/** Where it listens unless told otherwise. */
	readonly port: number;
	/** How to get it. */
	readonly credentialsUrl: string;
	readonly operations: OpenaiWire["operations"];
}

function settingsFor(port: number) {
	return z.strictObject({
		baseUrl: baseUrlField.default(`http://127.0.0.1:${port}/v1`),
		apiKey: apiKeyField.optional().meta({
			title: "API key",
			description: "Only for a server that was started with one.",
			ui: { control: "secret" },
		}),
	});
}

/** Declares a server that people run themselves and that speaks OpenAI's wire, with or without a key. */
export function localServer<const Id extends string>({
	id,
	title,
	port,
	credentialsUrl,
	operations,
}: LocalServerOptions<Id>): Provider<Id, ReturnType<typeof settingsFor>> {
	return defineProvider({
		id,
		title,
		credentialsUrl,
		settings: settingsFor(port),
		localPorts: [port],
		suggestedModels: [],
		connect: ({ baseUrl, apiKey }) =>
			openaiConnector({
				baseUrl,
				headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
				secret: apiKey,
				chatPath: () => "/chat/completions",
				modelsPath: "/models",
				// All of them know the old name, not every version the new one.
				outputLimit: "max_tokens",
				textPath: "/completions",
				...(operations !== undefined && { operations }),
			}),
	});
}
