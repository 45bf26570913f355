import { randomUUID } from "node:crypto";
import type { EndpointId } from "../contract/settled-record.ts";
import type { CallerDialect } from "../dialects/define-dialect.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Exchange } from "../http/exchange.ts";
import type { Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { createTrace } from "../pipeline/trace.ts";
import type { Snapshot } from "../snapshot.ts";

/** What is known before the first stage. */
export interface Arrival extends Received {
	/** Methods of this endpoint; the first is what clients should use. */
	readonly methods: readonly string[];
}

export interface ArrivalInput {
	readonly exchange: Exchange;
	readonly endpoint: EndpointId;
	readonly dialect: CallerDialect;
	readonly methods: readonly string[];
	readonly snapshot: Snapshot;
	/** Epoch milliseconds. */
	readonly now: number;
}

export function arrival(input: ArrivalInput): Arrival {
	return {
		requestId: requestId(input.now),
		receivedAt: input.now,
		endpoint: input.endpoint,
		dialect: input.dialect,
		methods: input.methods,
		exchange: input.exchange,
		snapshot: input.snapshot,
		trace: createTrace(performance.now()),
	};
}

/** Sorts by time, cannot be guessed, and is easy to read aloud: `req_` + time + 16 random hex digits. */
export function requestId(now: number): string {
	const random = randomUUID();
	return `req_${now.toString(36)}${random.slice(0, 8)}${random.slice(24, 32)}`;
}

/** Refuses what the head alone shows to be wrong. Ours to decide, so nothing of the body is read yet. */
export const receive: Stage<Arrival, object> = receiving({
	pattern: /^application\/(?:[\w.-]+\+)?json\b/i,
	name: "application/json",
});

/** The same for endpoints that take files. */
export const receiveForm: Stage<Arrival, object> = receiving({
	pattern: /^multipart\/form-data\s*;/i,
	name: "multipart/form-data with a boundary",
});

interface ContentType {
	readonly pattern: RegExp;
	readonly name: string;
}

function receiving(accepted: ContentType): Stage<Arrival, object> {
	return {
		name: "receive",
		run: ({ exchange: { incoming }, methods, snapshot }) => {
			if (!methods.includes(incoming.method)) {
				throw new GatewayError("route.method_not_allowed", {
					message: `This endpoint takes ${methods.join(" or ")}, not ${incoming.method}.`,
					headers: { allow: methods.join(", ") },
				});
			}
			if (incoming.method !== "POST") return {};
			if (!accepted.pattern.test(incoming.headers["content-type"] ?? "")) {
				throw new GatewayError("request.wrong_content_type", {
					message: `The body must be sent as ${accepted.name}.`,
				});
			}
			const declared = Number(incoming.headers["content-length"] ?? 0);
			if (declared > snapshot.settings.limits.bodyBytesMax) {
				throw new GatewayError("request.too_large", {
					message: `The body is larger than the ${snapshot.settings.limits.bodyBytesMax} bytes this gateway accepts.`,
				});
			}
			return {};
		},
	};
}
