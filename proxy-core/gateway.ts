import { createAnswerCache } from "./cache/answer-cache.ts";
import { createIdempotencyKeys } from "./cache/idempotency.ts";
import { createSemanticMemory } from "./cache/semantic-memory.ts";
import type { EndpointId } from "./contract/settled-record.ts";
import { anthropicDialect } from "./dialects/anthropic/dialect.ts";
import type { CallerDialect } from "./dialects/define-dialect.ts";
import { readCall } from "./dialects/gemini/address.ts";
import { geminiDialect, geminiDialectAt } from "./dialects/gemini/dialect.ts";
import { openaiDialect } from "./dialects/openai/dialect.ts";
import { openaiTextDialect } from "./dialects/openai-text/dialect.ts";
import { responsesDialect } from "./dialects/responses/dialect.ts";
import { createGuardServices } from "./guards/create-guard-services.ts";
import type { GuardServices } from "./guards/guard-services.ts";
import { answerHealth } from "./health.ts";
import type { Exchange, Incoming } from "./http/exchange.ts";
import type {
	Inspected,
	Inspection,
	InspectionInput,
	InspectionStages,
} from "./inspection/inspect-request.ts";
import { createInspector } from "./inspection/inspect-request.ts";
import { createTokenBuckets } from "./limits/token-bucket.ts";
import type { Operation } from "./operations/define-operation.ts";
import { operationDialect } from "./operations/operation-dialect.ts";
import { operations } from "./operations/registry.ts";
import { blankFacts } from "./pipeline/blank-facts.ts";
import { pipeline } from "./pipeline/pipeline.ts";
import type { GatewayPorts } from "./ports.ts";
import type { PrivacyDesk } from "./privacy/mask-desk.ts";
import { createPrivacyDesk } from "./privacy/mask-desk.ts";
import type { RoutingDesk } from "./routing/routing-desk.ts";
import { createRoutingDesk } from "./routing/routing-desk.ts";
import type { TargetBoard } from "./routing/target-board.ts";
import { createTargetBoard } from "./routing/target-board.ts";
import type { Endpoint } from "./serving.ts";
import { createServing, refuseUnknownPath } from "./serving.ts";
import type { AnswerSigner } from "./signing/answer-signer.ts";
import { authenticate, identify, tokenOf } from "./stages/authenticate.ts";
import { admit, authorise } from "./stages/authorise.ts";
import { budget } from "./stages/budget.ts";
import { createActorChecks } from "./stages/check-actor.ts";
import { countTokens } from "./stages/count-tokens.ts";
import { dispatch } from "./stages/dispatch.ts";
import { dispatchOperation } from "./stages/dispatch-operation.ts";
import { firewall } from "./stages/firewall.ts";
import { judgeAnswer } from "./stages/judge-answer.ts";
import { judgeOperation } from "./stages/judge-operation.ts";
import { limit, rate } from "./stages/limit.ts";
import { listModels } from "./stages/list-models.ts";
import { mask } from "./stages/mask.ts";
import { moderate, respondModeration } from "./stages/moderate-operation.ts";
import { parse } from "./stages/parse.ts";
import { parseForm } from "./stages/parse-operation.ts";
import { readBody, readFormBody } from "./stages/read-body.ts";
import { recall } from "./stages/recall.ts";
import type { Arrival } from "./stages/receive.ts";
import { receive, receiveForm } from "./stages/receive.ts";
import { remember } from "./stages/remember.ts";
import { renderMetrics } from "./stages/render-metrics.ts";
import { respond } from "./stages/respond.ts";
import { respondOperation } from "./stages/respond-operation.ts";
import { ring } from "./stages/ring.ts";
import { route } from "./stages/route.ts";
import { shield } from "./stages/shield.ts";
import { rehearsedTrajectory, trajectory } from "./stages/trajectory.ts";

/** Callers and addresses remembered by the rate limits; some 10 MB when full. */
const bucketsMax = 50_000;

/** Every endpoint is a list of stages, in the order in which they run. `settle` follows each of them. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the page that shows every order of stages at one look
function createEndpoints(
	ports: GatewayPorts,
	board: TargetBoard,
	services: GuardServices,
): readonly Endpoint[] {
	const { now } = ports;
	const buckets = () => createTokenBuckets({ bucketsMax, now });
	const strangers = buckets();
	const idempotencyKeys = createIdempotencyKeys(now);
	const { checkActor, checkLabels } = createActorChecks({ threats: ports.threats, now, services });
	const privacy = mask(services);
	const memory = {
		cache: createAnswerCache({
			bytesMax: ports.snapshots.current().settings.cache.megabytesMax * 1024 * 1024,
			now,
		}),
		semantic: createSemanticMemory(ports.egress),
	};

	const chat = pipeline<Arrival>(blankFacts)
		.use(receive) // method, content type, declared size
		.use(authenticate(strangers, now)) // key → caller
		.use(admit) // kill switch, caller × endpoint
		.use(checkActor) // banned, challenged or slowed down
		.use(rate(ports)) // requests of this caller and address
		.use(readBody) // only now: strangers cannot make us hold a body
		.use(firewall) // byte-level signatures; instant refusal
		.use(parse) // body → request; every text extracted once
		.use(checkLabels) // the same for whom only the body names
		.use(authorise) // caller × model
		.use(shield(services)) // request guards over every text
		.use(trajectory()) // what the turns of a conversation lead up to
		.use(ring("ingress"))
		.use(privacy) // personal data out of it, into a vault of this request
		.use(ring("pre-flight"))
		.use(limit(ports)) // tokens, parallel requests, requests of tags and models
		.use(budget(ports)) // the worst plausible cost, set aside
		.use(ring("routing"))
		.use(route({ board })) // ordered targets
		.use(recall(idempotencyKeys)) // may its answer come from memory
		.use(remember(dispatch({ egress: ports.egress, board }), memory)) // memory, then the only stage that opens sockets
		.use(ring("post-flight"))
		.use(judgeAnswer) // answer guards, with hold-back over streams
		.use(respond); // frames → the caller's wire

	/** Bodies in JSON, and forms with files, up to the request that is understood. */
	const askedInJson = pipeline<Arrival>(blankFacts)
		.use(receive)
		.use(authenticate(strangers, now))
		.use(admit)
		.use(checkActor)
		.use(rate(ports))
		.use(readBody)
		.use(firewall)
		.use(parse)
		.use(checkLabels);
	const askedInForm = (operation: Operation) =>
		pipeline<Arrival>(blankFacts)
			.use(receiveForm)
			.use(authenticate(strangers, now))
			.use(admit)
			.use(checkActor)
			.use(rate(ports))
			.use(readFormBody(operation.fileFields)) // texts and files, told apart
			.use(firewall)
			.use(parseForm(operation))
			.use(checkLabels);

	/** May it be asked of this model, is it safe, and within the limits. */
	const cleared = (asked: typeof askedInJson | ReturnType<typeof askedInForm>) =>
		asked
			.use(authorise)
			.use(shield(services))
			.use(ring("ingress"))
			.use(privacy)
			.use(ring("pre-flight"))
			.use(limit(ports));

	const tokenCount = cleared(askedInJson).use(countTokens(ports)); // the provider's own counter, or an estimate

	/** Whatever is asked of a model that is not a conversation. */
	const operate = (operation: Operation) =>
		cleared(operation.accepts === "json" ? askedInJson : askedInForm(operation))
			.use(budget(ports))
			.use(ring("routing"))
			.use(route({ board }))
			.use(recall(idempotencyKeys))
			.use(remember(dispatchOperation(operation, { egress: ports.egress, board }), memory))
			.use(ring("post-flight"))
			.use(judgeOperation(operation)) // answer guards over JSON, text, subtitles and events
			.use(respondOperation);

	const moderation = askedInJson
		.use(moderate(services)) // what the request guards say is the answer, so they refuse nothing
		.use(ring("ingress"))
		.use(ring("pre-flight"))
		.use(limit(ports))
		.use(ring("post-flight"))
		.use(respondModeration);

	const models = pipeline<Arrival>(blankFacts)
		.use(receive)
		.use(authenticate(strangers, now))
		.use(admit)
		.use(checkActor)
		.use(rate(ports))
		.use(limit(ports))
		.use(listModels);

	const metrics = pipeline<Arrival>(blankFacts)
		.use(receive)
		.use(authenticate(strangers, now))
		.use(admit)
		.use(checkActor)
		.use(renderMetrics(ports.meter));

	const post = { methods: ["POST"], isRecorded: true, dialect: openaiDialect } as const;
	const claude = { ...post, dialect: anthropicDialect } as const;
	const google = { ...post, dialect: geminiDialect } as const;
	const get = { ...post, methods: ["GET"] } as const;
	return [
		{ ...post, id: "chat.completions", path: "/v1/chat/completions", stages: chat },
		{ ...post, id: "responses", path: "/v1/responses", stages: chat, dialect: responsesDialect },
		{
			...post,
			id: "completions",
			path: "/v1/completions",
			stages: chat,
			dialect: openaiTextDialect,
		},
		{ ...claude, id: "messages", path: "/v1/messages", stages: chat },
		{
			...claude,
			id: "messages.count_tokens",
			path: "/v1/messages/count_tokens",
			stages: tokenCount,
		},
		// The model and the method stand in the path; see `endpointAt`.
		{ ...google, id: "generate_content", path: "generateContent", stages: chat },
		{
			...google,
			id: "generate_content.count_tokens",
			path: "countTokens",
			stages: tokenCount,
		},
		...Object.values(operations).map((operation) => ({
			...post,
			id: operation.id,
			path: operation.path,
			dialect: operationDialect(operation),
			stages: operation.id === "moderations" ? moderation : operate(operation),
		})),
		{ ...get, id: "models", path: "/v1/models", stages: models },
		{ ...get, id: "metrics", path: "/metrics", stages: metrics, isRecorded: false },
	];
}

/** The stages that judge what a request says, alone: for trying policies out. */
function createInspection(services: GuardServices): InspectionStages {
	return pipeline<Inspected>(blankFacts)
		.use(firewall)
		.use(parse)
		.use(shield(services))
		.use(rehearsedTrajectory())
		.use(mask(services));
}

/** Public: whoever holds a signed answer must be able to check it. */
const signingKeysPath = "/v1/signing-keys";

function answerSigningKeys({ outgoing }: Exchange, { keySet }: AnswerSigner): true {
	outgoing.begin(200, {
		"content-type": "application/jwk-set+json",
		"content-length": String(keySet.length),
		"cache-control": "public, max-age=300",
	});
	outgoing.end(keySet);
	return true;
}

/** Which endpoint a request is for; Google's callers name model and method in the path. */
function findEndpoint(
	endpoints: readonly Endpoint[],
): (incoming: Incoming) => Endpoint | undefined {
	const byPath = new Map(endpoints.map((endpoint) => [endpoint.path, endpoint]));
	const models = byPath.get("/v1/models");
	const google = { generate: byPath.get("generateContent"), count: byPath.get("countTokens") };
	return ({ method, path, query, headers }) => {
		const known = byPath.get(path);
		if (known !== undefined && known !== models) return known;
		const call = readCall(path, query);
		if (call !== undefined) {
			const called = google[call.method];
			return called && { ...called, dialect: geminiDialectAt(call.address) };
		}
		if (models === undefined || !modelList.test(path)) return undefined;
		// Other methods of Google's API stand below the same paths.
		if (path.startsWith("/v1beta/") && method !== "GET") return undefined;
		return { ...models, dialect: listDialect(path, headers) };
	};
}

const modelList = /^\/v1(?:beta)?\/models(?:\/|$)/;

/** Models are listed in the shape of whoever asks. */
function listDialect(path: string, headers: Incoming["headers"]): CallerDialect {
	if (headers["anthropic-version"] !== undefined) return anthropicDialect;
	const isGoogles = path.startsWith("/v1beta/") || headers["x-goog-api-key"] !== undefined;
	return isGoogles ? geminiDialect : openaiDialect;
}

export interface Gateway {
	/** Answers one request; `false` when the path is not the gateway's. Never rejects. */
	readonly handle: (exchange: Exchange) => Promise<boolean>;
	/** Whether the headers carry a key that is valid now. */
	readonly knowsKey: (headers: Incoming["headers"]) => boolean;
	/** Refuses new requests and resolves when the running ones have ended, or after `timeoutMs`. */
	readonly drain: (timeoutMs: number) => Promise<void>;
	/** How targets stand on this node, and where requests would go. */
	readonly routing: RoutingDesk;
	/** Tries privacy settings out, and asks analyzers whether they are there. */
	readonly privacy: PrivacyDesk;
	/** What the security stages say about a request, under any policy and without any effect. */
	readonly inspect: (input: InspectionInput) => Promise<Inspection>;
	/** Stage names of each endpoint, in order. */
	readonly stages: ReadonlyMap<EndpointId, readonly string[]>;
}

export function createGateway(ports: GatewayPorts): Gateway {
	const { snapshots, now } = ports;
	const board = createTargetBoard({ now, settings: () => snapshots.current().settings.routing });
	const services = createGuardServices(ports);
	const endpoints = createEndpoints(ports, board, services);
	const endpointAt = findEndpoint(endpoints);
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
			if (path === signingKeysPath) return answerSigningKeys(exchange, ports.signer);
			const endpoint = endpointAt(exchange.incoming);
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
		routing: createRoutingDesk({ board, snapshots }),
		privacy: createPrivacyDesk(services),
		inspect: createInspector(
			createInspection(services),
			(id) =>
				endpoints.find((endpoint) => endpoint.id === id && endpoint.methods.includes("POST"))
					?.dialect,
		),
		stages: new Map(Object.values(endpoints).map(({ id, stages }) => [id, stages.stages] as const)),
	};
}
