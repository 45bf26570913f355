import type { EndpointId } from "./contract/settled-record.ts";
import type { CallerDialect } from "./dialects/define-dialect.ts";
import { openaiDialect } from "./dialects/openai/dialect.ts";
import { answerHealth } from "./health.ts";
import type { Exchange, Incoming } from "./http/exchange.ts";
import { createTokenBuckets } from "./limits/token-bucket.ts";
import { pipeline } from "./pipeline/pipeline.ts";
import type { GatewayPorts } from "./ports.ts";
import type { Endpoint } from "./serving.ts";
import { createServing, refuseUnknownPath } from "./serving.ts";
import { authenticate, identify, tokenOf } from "./stages/authenticate.ts";
import { admit, authorise } from "./stages/authorise.ts";
import { budget } from "./stages/budget.ts";
import { dispatch } from "./stages/dispatch.ts";
import { firewall } from "./stages/firewall.ts";
import { judgeAnswer } from "./stages/judge-answer.ts";
import { limit } from "./stages/limit.ts";
import { listModels } from "./stages/list-models.ts";
import { parse } from "./stages/parse.ts";
import { readBody } from "./stages/read-body.ts";
import type { Arrival } from "./stages/receive.ts";
import { recall } from "./stages/recall.ts";
import { receive } from "./stages/receive.ts";
import { renderMetrics } from "./stages/render-metrics.ts";
import { respond } from "./stages/respond.ts";
import { ring } from "./stages/ring.ts";
import { route } from "./stages/route.ts";
import { shield } from "./stages/shield.ts";

/** Callers and addresses remembered by the rate limits; some 10 MB when full. */
const bucketsMax = 50_000;

/** Every endpoint is a list of stages, in the order in which they run. `settle` follows each of them. */
function createEndpoints(ports: GatewayPorts): Readonly<Partial<Record<EndpointId, Endpoint>>> {
	const { now } = ports;
	const buckets = () => createTokenBuckets({ bucketsMax, now });
	const strangers = buckets();
	const limits = { keys: buckets(), addresses: buckets() };

	const chat = pipeline<Arrival>()
		.use(receive) // method, content type, declared size
		.use(authenticate(strangers, now)) // key → caller
		.use(admit) // kill switch, caller × endpoint
		.use(readBody) // only now: strangers cannot make us hold a body
		.use(firewall) // byte-level signatures; instant refusal
		.use(parse) // body → request; every text extracted once
		.use(authorise) // caller × model
		.use(shield) // request guards over every text
		.use(ring("ingress"))
		.use(ring("pre-flight"))
		.use(limit(limits)) // requests, tokens and parallel requests
		.use(budget) // the worst plausible cost, set aside
		.use(ring("routing"))
		.use(route) // ordered targets
		.use(recall) // an answer that is already known
		.use(dispatch(ports.egress)) // the only stage that opens sockets
		.use(ring("post-flight"))
		.use(judgeAnswer) // answer guards, with hold-back over streams
		.use(respond); // frames → the caller's wire

	const models = pipeline<Arrival>()
		.use(receive)
		.use(authenticate(strangers, now))
		.use(admit)
		.use(limit(limits))
		.use(listModels);

	const metrics = pipeline<Arrival>()
		.use(receive)
		.use(authenticate(strangers, now))
		.use(admit)
		.use(renderMetrics(ports.meter));

	return {
		"chat.completions": endpoint("chat.completions", "POST", chat),
		models: endpoint("models", "GET", models),
		metrics: { ...endpoint("metrics", "GET", metrics), isRecorded: false },
	};
}

function endpoint(
	id: EndpointId,
	method: "GET" | "POST",
	stages: Endpoint["stages"],
	dialect: CallerDialect = openaiDialect,
): Endpoint {
	return { id, dialect, methods: [method], stages, isRecorded: true };
}

function endpointAt(path: string): EndpointId | undefined {
	if (path === "/v1/chat/completions") return "chat.completions";
	if (path === "/v1/models" || path.startsWith("/v1/models/")) return "models";
	return path === "/metrics" ? "metrics" : undefined;
}

export interface Gateway {
	/** Answers one request; `false` when the path is not the gateway's. Never rejects. */
	readonly handle: (exchange: Exchange) => Promise<boolean>;
	/** Whether the headers carry a key that is valid now. */
	readonly knowsKey: (headers: Incoming["headers"]) => boolean;
	/** Refuses new requests and resolves when the running ones have ended, or after `timeoutMs`. */
	readonly drain: (timeoutMs: number) => Promise<void>;
	/** Stage names of each endpoint, in order. */
	readonly stages: ReadonlyMap<EndpointId, readonly string[]>;
}

export function createGateway(ports: GatewayPorts): Gateway {
	const endpoints = createEndpoints(ports);
	const serving = createServing(ports);
	return {
		handle: async (exchange) => {
			const { path } = exchange.incoming;
			if (path.startsWith("/health")) {
				return answerHealth(path, exchange.outgoing, {
					ports,
					isDraining: serving.isDraining(),
				});
			}
			const id = endpointAt(path);
			if (id === undefined) return refuseUnknownPath(exchange, ports.now());
			const endpoint = endpoints[id];
			if (endpoint === undefined) return refuseUnknownPath(exchange, ports.now());
			await serving.serve(exchange, endpoint);
			return true;
		},
		knowsKey: (headers) => {
			const token = tokenOf(headers);
			if (token === undefined) return false;
			try {
				identify(token, ports.snapshots.current(), ports.now());
				return true;
			} catch {
				return false;
			}
		},
		drain: serving.drain,
		stages: new Map(
			Object.values(endpoints).map(({ id, stages }) => [id, stages.stages] as const),
		),
	};
}
