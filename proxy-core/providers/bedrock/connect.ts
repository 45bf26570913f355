import type { Connector, WireRequest } from "../define-provider.ts";
import { readFault } from "../shared/read-fault.ts";
import { parseObject, readList, readModelIds, readObject, readText } from "../shared/read-json.ts";
import { decodeAnswer } from "./decode.ts";
import { createConverseDecoder } from "./decode-stream.ts";
import { encodeBody } from "./encode.ts";
import { listedModelId, modelSegment } from "./model-path.ts";
import { bedrockOperations } from "./operations.ts";
import type { AwsCredentials } from "./sign-request.ts";
import { signRequest } from "./sign-request.ts";

/** How Bedrock learns who calls: one of its own API keys, or a signature. */
export type BedrockAccess = { readonly apiKey: string } | AwsCredentials;

export interface BedrockOptions {
	readonly region: string;
	readonly access: BedrockAccess;
	/** Undefined: the region's own addresses. */
	readonly baseUrl: string | undefined;
	/** Epoch milliseconds; signatures carry it. */
	readonly now: () => number;
}

/** A connector for the Converse API of one region. */
export function bedrockConnector({ region, access, baseUrl, now }: BedrockOptions): Connector {
	const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
	const runtimeUrl = baseUrl ?? `https://bedrock-runtime.${region}.${suffix}`;
	// Models are listed by another service. A proxy in front of Bedrock has to answer for both.
	const controlUrl = baseUrl ?? `https://bedrock.${region}.${suffix}`;
	const secrets =
		"apiKey" in access
			? [access.apiKey]
			: [access.secretAccessKey, access.sessionToken].filter((secret) => secret !== undefined);
	const authorized = (address: string, request: WireRequest): WireRequest => ({
		...request,
		headers: { ...request.headers, ...proofFor(address, request) },
	});
	const proofFor = (address: string, request: WireRequest) => {
		if ("apiKey" in access) return { authorization: `Bearer ${access.apiKey}` };
		const { host, pathname } = new URL(address);
		const path = pathname.replace(/\/$/, "") + request.path;
		return signRequest(
			{ ...request, host, path, body: request.body ?? "" },
			{ credentials: access, region, service: "bedrock", nowMs: now() },
		);
	};
	return {
		dialect: "bedrock",
		baseUrl: runtimeUrl,
		encode: (input) =>
			authorized(runtimeUrl, {
				method: "POST",
				path: `/model/${modelSegment(input.model)}/converse${input.stream ? "-stream" : ""}`,
				headers: {
					"content-type": "application/json",
					accept: input.stream ? "application/vnd.amazon.eventstream" : "application/json",
				},
				body: encodeBody(input),
			}),
		decode: decodeAnswer,
		decodeStream: createConverseDecoder,
		operations: bedrockOperations((request) => authorized(runtimeUrl, request)),
		decodeFault: (status, body) => readFault({ status, body, secrets }),
		secrets,
		models: {
			baseUrl: controlUrl,
			request: () =>
				authorized(controlUrl, {
					method: "GET",
					path: "/foundation-models?byOutputModality=TEXT",
					headers: { accept: "application/json" },
				}),
			parse: (body) =>
				readModelIds(parseObject<"modelSummaries">(body).modelSummaries, (entry) =>
					modelId(entry, region),
				),
		},
	};
}

function modelId(entry: unknown, region: string): string | undefined {
	const model = readObject<"modelId" | "inferenceTypesSupported">(entry);
	const id = readText(model?.modelId);
	const types = readList(model?.inferenceTypesSupported);
	const isOnDemand = types.length === 0 || types.includes("ON_DEMAND");
	if (id === undefined || (!isOnDemand && !types.includes("INFERENCE_PROFILE"))) return undefined;
	return listedModelId(region, { id, isOnDemand });
}
