import { GatewayError } from "../errors/gateway-error.ts";
import { identityHeaders, limitHeaders } from "../http/answer-headers.ts";
import { sendError } from "../http/send-error.ts";
import type { Identified, Limited, Received, Responded } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { allowedModels, mayUse } from "../routing/model-access.ts";
import type { Target } from "../snapshot.ts";

const prefix = "/v1/models/";

/** `GET /v1/models` and `/v1/models/{id}`: what this caller may use, and nothing else. */
export const listModels: Stage<Received & Identified & Limited, Responded> = {
	name: "respond",
	run: (context) => {
		const { exchange, snapshot, caller } = context;
		const patterns = allowedModels(caller);
		const { path } = exchange.incoming;
		const body = JSON.stringify(
			path.startsWith(prefix)
				? findModel(context, decode(path.slice(prefix.length)))
				: {
						object: "list",
						data: [...snapshot.targets.values()]
							.filter((target) => mayUse(patterns, target))
							.map(modelEntry),
					},
		);
		const bytesLeft = Buffer.byteLength(body);
		return {
			status: 200,
			bytesLeft,
			finish: () => {
				exchange.outgoing.begin(200, {
					"content-type": "application/json",
					"content-length": String(bytesLeft),
					...limitHeaders(context),
					...identityHeaders(context.requestId),
				});
				exchange.outgoing.end(body);
			},
			fail: (error) => sendError(context, error),
		};
	},
};

function findModel({ snapshot, caller }: Readonly<Received & Identified>, id: string): object {
	const named = [snapshot.targets.get(id), ...(snapshot.targetsByModel.get(id) ?? [])];
	const target = named.find((entry) => entry !== undefined && mayUse(allowedModels(caller), entry));
	if (target === undefined) throw new GatewayError("route.unknown_model", { param: "model" });
	return { ...modelEntry(target), id };
}

function modelEntry(target: Target): object {
	return {
		id: target.id,
		object: "model",
		created: target.createdAtSeconds,
		owned_by: target.providerId,
	};
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch (cause) {
		throw new GatewayError("route.unknown_model", { param: "model", cause });
	}
}
