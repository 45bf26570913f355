import type { ChatWire, Connector, EncodeInput, WireRequest } from "../define-provider.ts";
import { createMessageDecoder, decodeMessage } from "../shared/anthropic/decode.ts";
import { readFault } from "../shared/read-fault.ts";
import { parseObject, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { createAccessTokens } from "./access-token.ts";
import { createEitherDecoder, decodeEither } from "./decode.ts";
import { encodeBody, isClaude, modelPath, readModel } from "./encode.ts";
import { vertexOperations } from "./operations.ts";
import type { ServiceAccount } from "./service-account.ts";

export type VertexAccess =
	| { readonly kind: "api-key"; readonly apiKey: string }
	| { readonly kind: "token"; readonly accessToken: string }
	| { readonly kind: "account"; readonly account: ServiceAccount };

export interface VertexOptions {
	readonly project: string;
	readonly location: string;
	readonly access: VertexAccess;
	/** Undefined: the location's own address. */
	readonly baseUrl: string | undefined;
	/** Epoch milliseconds; assertions and the age of tokens go by it. */
	readonly now: () => number;
}

/** A connector for the models of Google and Anthropic in one project and location. */
export function vertexConnector(options: VertexOptions): Connector {
	const { project, location, access, now } = options;
	const baseUrl = options.baseUrl ?? addressOf(location);
	const parent = `/v1/projects/${project}/locations/${location}`;
	const headers = staticHeaders(access);
	const tokens = access.kind === "account" ? createAccessTokens(access.account, now) : undefined;
	const secrets = () =>
		[...secretsIn(access), tokens?.current()].filter((secret) => secret !== undefined);
	const encode = (input: EncodeInput): WireRequest => {
		const model = readModel(input.model);
		return {
			method: "POST",
			path: modelPath(model, { parent, stream: input.stream }),
			headers: {
				...(model.publisher === "anthropic" && input.dialect === "anthropic" && input.headers),
				...headers,
				"content-type": "application/json",
				accept: input.stream ? "text/event-stream" : "application/json",
			},
			body: encodeBody(input, model),
		};
	};
	const claude: ChatWire = {
		dialect: "anthropic",
		encode,
		decode: decodeMessage,
		decodeStream: createMessageDecoder,
	};
	return {
		dialect: "gemini",
		baseUrl,
		encode,
		decode: decodeEither,
		decodeStream: createEitherDecoder,
		operations: vertexOperations({ parent, headers }),
		wires: (model) => (isClaude(model) ? { anthropic: claude } : {}),
		decodeFault: (status, body) => readFault({ status, body, secrets: secrets() }),
		// A renewed token is a secret too, so the list is made when it is read.
		get secrets() {
			return secrets();
		},
		models: {
			request: () => ({
				method: "GET",
				path: "/v1beta1/publishers/google/models?pageSize=200",
				// The list belongs to no project, so whose quota it counts against has to be said.
				headers: { ...headers, "x-goog-user-project": project },
			}),
			parse: (body) => readModelIds(parseObject<"publisherModels">(body).publisherModels, geminiId),
		},
		...(tokens !== undefined && {
			authorize: async (request, http) => ({
				...request,
				headers: { ...request.headers, authorization: `Bearer ${await tokens.get(http)}` },
			}),
		}),
	};
}

function addressOf(location: string): string {
	if (location === "global") return "https://aiplatform.googleapis.com";
	// Multi-regions have addresses of another form.
	if (location === "us" || location === "eu")
		return `https://aiplatform.${location}.rep.googleapis.com`;
	return `https://${location}-aiplatform.googleapis.com`;
}

function staticHeaders(access: VertexAccess): Readonly<Record<string, string>> {
	switch (access.kind) {
		case "api-key":
			return { "x-goog-api-key": access.apiKey };
		case "token":
			return { authorization: `Bearer ${access.accessToken}` };
		case "account":
			return {};
	}
}

function secretsIn(access: VertexAccess): readonly string[] {
	switch (access.kind) {
		case "api-key":
			return [access.apiKey];
		case "token":
			return [access.accessToken];
		case "account":
			return [access.account.privateKey];
	}
}

function geminiId(entry: unknown): string | undefined {
	const id = readText(readObject<"name">(entry)?.name)?.replace(
		/^publishers\/google\/models\//,
		"",
	);
	return id?.startsWith("gemini-") ? id : undefined;
}
