import * as z from "zod";
import type { ChatWire, Connector, EncodeInput, Provider } from "../define-provider.ts";
import { defineProvider } from "../define-provider.ts";
import { readFault } from "../shared/read-fault.ts";
import { parseObject, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { apiKeyField, baseUrlField } from "../shared/settings-fields.ts";
import { createChunkDecoder, decodeCompletion } from "./decode.ts";
import type { OutputLimitField } from "./encode.ts";
import { encodeBody } from "./encode.ts";
import type { OperationsOptions } from "./operations.ts";
import { openaiOperations } from "./operations.ts";
import { responsesWire } from "./responses-wire.ts";
import { textWire } from "./text-wire.ts";

export interface OpenaiWire {
	readonly baseUrl: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Never repeated in a fault's message. */
	readonly secret: string | undefined;
	readonly chatPath: (input: EncodeInput) => string;
	readonly modelsPath: string;
	/** For lists of another shape than OpenAI's. Throws `upstream.malformed`. */
	readonly parseModels?: (body: string) => readonly string[];
	readonly outputLimit?: OutputLimitField;
	/** Top-level fields of a request that the upstream refuses or passes over. */
	readonly unsupported?: readonly string[];
	/** Where the upstream speaks OpenAI's Responses itself; without it they are translated. */
	readonly responsesPath?: string;
	/** Where it serves the older Completions itself. */
	readonly textPath?: string;
	/** Models that know the older Completions and nothing else; every model may know them when left out. */
	readonly isTextModel?: (model: string) => boolean;
	/** What it offers beside conversations; nothing when absent. */
	readonly operations?: Omit<OperationsOptions, "headers">;
}

/** A connector for anything that answers OpenAI's chat completions. */
export function openaiConnector(wire: OpenaiWire): Connector {
	return {
		...nativeWires(wire),
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
			body: encodeBody(input, {
				outputLimit: wire.outputLimit ?? "max_completion_tokens",
				unsupported: wire.unsupported ?? [],
			}),
		}),
		decode: decodeCompletion,
		decodeStream: createChunkDecoder,
		...(wire.operations !== undefined && {
			operations: openaiOperations({ ...wire.operations, headers: wire.headers }),
		}),
		decodeFault: (status, body) => readFault({ status, body, secrets: [wire.secret] }),
		secrets: wire.secret === undefined ? [] : [wire.secret],
		models: {
			request: () => ({ method: "GET", path: wire.modelsPath, headers: wire.headers }),
			parse: wire.parseModels ?? parseModels,
		},
	};
}

function nativeWires(wire: OpenaiWire): Pick<Connector, "wires"> {
	const { headers, responsesPath, textPath, isTextModel } = wire;
	if (responsesPath === undefined && textPath === undefined) return {};
	const responses =
		responsesPath === undefined
			? {}
			: { responses: responsesWire({ path: responsesPath, headers }) };
	const text: { readonly "openai-text"?: ChatWire } =
		textPath === undefined ? {} : { "openai-text": textWire({ path: textPath, headers }) };
	const both = { ...responses, ...text };
	if (isTextModel === undefined) return { wires: () => both };
	return { wires: (model) => (isTextModel(model) ? text : responses) };
}

/** OpenAI's `{ data: [{ id }] }`, or the bare list that some servers (Together) send. */
function parseModels(body: string): string[] {
	const text = body.trimStart().startsWith("[") ? `{"data":${body}}` : body;
	return readModelIds(parseObject<"data">(text).data, (entry) =>
		readText(readObject<"id">(entry)?.id),
	);
}

/** What sets one copy of the wire apart from the others. */
type Quirks = Partial<
	Pick<
		OpenaiWire,
		| "modelsPath"
		| "parseModels"
		| "outputLimit"
		| "unsupported"
		| "responsesPath"
		| "textPath"
		| "isTextModel"
		| "operations"
	>
>;

export interface OpenaiCompatibleOptions<Id extends string> extends Quirks {
	readonly id: Id;
	readonly title: string;
	readonly baseUrl: string;
	/** Shown beside the field of the address instead of the usual words. */
	readonly baseUrlHint?: string;
	readonly credentialsUrl?: string;
	readonly suggestedModels?: readonly string[];
}

function settingsFor(baseUrl: string, hint: string | undefined) {
	const field = baseUrlField.default(baseUrl);
	return z.strictObject({
		baseUrl: hint === undefined ? field : field.meta({ title: "Base URL", description: hint }),
		apiKey: apiKeyField,
	});
}

/** Declares a provider that speaks OpenAI's wire; only names, defaults and quirks differ. */
export function openaiCompatible<const Id extends string>(
	options: OpenaiCompatibleOptions<Id>,
): Provider<Id, ReturnType<typeof settingsFor>> {
	const { id, title, baseUrl, baseUrlHint, credentialsUrl, suggestedModels, ...quirks } = options;
	return defineProvider({
		id,
		title,
		...(credentialsUrl !== undefined && { credentialsUrl }),
		settings: settingsFor(baseUrl, baseUrlHint),
		suggestedModels: suggestedModels ?? [],
		connect: ({ baseUrl: address, apiKey }) =>
			openaiConnector({
				baseUrl: address,
				headers: { authorization: `Bearer ${apiKey}` },
				secret: apiKey,
				chatPath: () => "/chat/completions",
				modelsPath: "/models",
				...quirks,
			}),
	});
}
