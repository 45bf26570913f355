import * as z from "zod";
import type { Connector, EncodeInput, Provider } from "../define-provider.ts";
import { defineProvider } from "../define-provider.ts";
import { readFault } from "../shared/read-fault.ts";
import { parseObject, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import { createChunkDecoder, decodeCompletion } from "./decode.ts";
import type { OutputLimitField } from "./encode.ts";
import { encodeBody } from "./encode.ts";

export interface OpenaiWire {
	readonly baseUrl: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Never repeated in a fault's message. */
	readonly secret: string | undefined;
	readonly chatPath: (input: EncodeInput) => string;
	readonly modelsPath: string;
	readonly outputLimit?: OutputLimitField;
}

/** A connector for anything that answers OpenAI's chat completions. */
export function openaiConnector(wire: OpenaiWire): Connector {
	return {
		dialect: "openai",
		baseUrl: wire.baseUrl,
		encode: (input) => ({
			method: "POST",
			path: wire.chatPath(input),
			headers: {
				...wire.headers,
				"content-type": "application/json",
				accept: input.stream ? "text/event-stream" : "application/json",
			},
			body: encodeBody(input, wire.outputLimit ?? "max_completion_tokens"),
		}),
		decode: decodeCompletion,
		decodeStream: createChunkDecoder,
		decodeFault: (status, body) => readFault({ status, body, secrets: [wire.secret] }),
		secrets: wire.secret === undefined ? [] : [wire.secret],
		models: {
			request: () => ({ method: "GET", path: wire.modelsPath, headers: wire.headers }),
			parse: parseModels,
		},
	};
}

/** OpenAI's `{ data: [{ id }] }`, or the bare list that some servers (Together) send. */
function parseModels(body: string): string[] {
	const text = body.trimStart().startsWith("[") ? `{"data":${body}}` : body;
	return readModelIds(parseObject<"data">(text).data, (entry) =>
		readText(readObject<"id">(entry)?.id),
	);
}

export interface OpenaiCompatibleOptions<Id extends string> {
	readonly id: Id;
	readonly title: string;
	readonly baseUrl: string;
	readonly credentialsUrl?: string;
	readonly suggestedModels?: readonly string[];
	/** For wires that know only the old name. */
	readonly outputLimit?: OutputLimitField;
}

function settingsFor(baseUrl: string) {
	return z.strictObject({ baseUrl: baseUrlField.default(baseUrl), apiKey: apiKeyField });
}

/** Declares a provider that speaks OpenAI's wire unchanged; only names and defaults differ. */
export function openaiCompatible<const Id extends string>(
	options: OpenaiCompatibleOptions<Id>,
): Provider<Id, ReturnType<typeof settingsFor>> {
	return defineProvider({
		id: options.id,
		title: options.title,
		...(options.credentialsUrl !== undefined && { credentialsUrl: options.credentialsUrl }),
		settings: settingsFor(options.baseUrl),
		suggestedModels: options.suggestedModels ?? [],
		connect: ({ baseUrl, apiKey }) =>
			openaiConnector({
				baseUrl,
				headers: { authorization: `Bearer ${apiKey}` },
				secret: apiKey,
				chatPath: () => "/chat/completions",
				modelsPath: "/models",
				...(options.outputLimit !== undefined && { outputLimit: options.outputLimit }),
			}),
	});
}
