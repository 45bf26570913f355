import { GatewayError } from "../errors/gateway-error.ts";
import { identityHeaders, limitHeaders } from "../http/answer-headers.ts";
import { sendError } from "../http/send-error.ts";
import type { Identified, Limited, Received, Responded } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { allowedModels, mayUse } from "../routing/model-access.ts";
import { planRoute } from "../routing/plan-route.ts";
import type { Target } from "../snapshot.ts";

type Needs = Received & Identified & Limited;

/**
 * `GET /v1/models` and `/v1/models/{id}`: what this caller may use, and nothing else. Anthropic's
 * callers get pages (`limit`, `after_id`, `before_id`), and so do Google's (`pageSize`, `pageToken`);
 * everybody else gets the whole list.
 */
export const listModels: Stage<Needs, Responded> = {
	name: "respond",
	run: (context) => {
		const { exchange } = context;
		const [, id] = singleModel.exec(exchange.incoming.path) ?? [];
		const body = JSON.stringify(
			id === undefined ? listed(context) : findModel(context, decode(id)),
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

const singleModel = /^\/v1(?:beta)?\/models\/(.+)$/;

/** A name that a request may give as its model. */
interface Named {
	readonly id: string;
	/** What it stands for first. */
	readonly target: Target;
	readonly isRoute: boolean;
}

function listed(context: Readonly<Needs>): object {
	const { snapshot, caller, dialect, exchange } = context;
	const patterns = allowedModels(caller);
	const routes = [...snapshot.routes.keys()].map((id) => named(context, id));
	const targets = [...snapshot.targets.values()]
		.filter((target) => mayUse(patterns, target))
		.map((target) => ({ id: target.id, target, isRoute: false }));
	const models = [...routes.filter((route) => route !== undefined), ...targets];
	const query = new URLSearchParams(exchange.incoming.query);
	if (dialect.id === "anthropic") return pageOf(models, query);
	if (dialect.id === "gemini") return geminiPageOf(models, query);
	return { object: "list", data: models.map(openaiEntry) };
}

/** Undefined: there is no such name, or not for this caller. */
function named({ snapshot, caller }: Readonly<Needs>, id: string): Named | undefined {
	try {
		const { route, choices } = planRoute(snapshot, caller, id);
		const [first] = choices;
		return first && { id, target: first.target, isRoute: route !== null };
	} catch (error) {
		if (GatewayError.is(error)) return undefined;
		throw error;
	}
}

function findModel(context: Readonly<Needs>, id: string): object {
	const model = named(context, id);
	if (model === undefined) throw new GatewayError("route.unknown_model", { param: "model" });
	if (context.dialect.id === "anthropic") return anthropicEntry(model);
	return context.dialect.id === "gemini" ? geminiEntry(model) : openaiEntry(model);
}

function openaiEntry({ id, target, isRoute }: Named): object {
	const owner = isRoute ? "llmproxy" : target.providerId;
	return { id, object: "model", created: target.createdAtSeconds, owned_by: owner };
}

function anthropicEntry({ id, target, isRoute }: Named): object {
	const { model, traits, createdAtSeconds } = target;
	return {
		type: "model",
		id,
		display_name: isRoute ? id : model,
		created_at: new Date(createdAtSeconds * 1000).toISOString(),
		max_input_tokens: traits?.contextTokens ?? null,
		max_tokens: traits?.outputTokensMax ?? null,
	};
}

function geminiEntry({ id, target, isRoute }: Named): object {
	const { model, traits } = target;
	return {
		name: `models/${id}`,
		version: "001",
		displayName: isRoute ? id : model,
		...(traits?.contextTokens && { inputTokenLimit: traits.contextTokens }),
		...(traits?.outputTokensMax && { outputTokenLimit: traits.outputTokensMax }),
		supportedGenerationMethods: ["generateContent", "countTokens"],
	};
}

/** Google's own bounds and default; the token is the number of models before the page. */
function geminiPageOf(models: readonly Named[], query: URLSearchParams): object {
	const asked = Number(query.get("pageSize") ?? 0);
	if (!Number.isInteger(asked) || asked < 0) throw invalid("pageSize", "must be a whole number");
	const size = Math.min(asked === 0 ? 50 : asked, pageLimit.max);
	const start = Number(query.get("pageToken") || 0);
	if (!Number.isInteger(start) || start < 0 || start > models.length) {
		throw invalid("pageToken", "must be the `nextPageToken` of an earlier page");
	}
	const next = start + size;
	return {
		models: models.slice(start, next).map(geminiEntry),
		...(next < models.length && { nextPageToken: String(next) }),
	};
}

/** Anthropic's own bounds and default. */
const pageLimit = { usual: 20, max: 1000 };

/** The page after or before the named model. Throws `request.invalid`. */
function pageOf(models: readonly Named[], query: URLSearchParams): object {
	const limit = Number(query.get("limit") ?? pageLimit.usual);
	if (!Number.isInteger(limit) || limit < 1 || limit > pageLimit.max) {
		throw invalid("limit", `must be a whole number from 1 to ${pageLimit.max}`);
	}
	const before = placeOf(models, query, "before_id");
	const start =
		before === undefined
			? (placeOf(models, query, "after_id") ?? -1) + 1
			: Math.max(0, before - limit);
	const page = models.slice(start, before ?? start + limit);
	return {
		data: page.map(anthropicEntry),
		has_more: before === undefined ? start + limit < models.length : start > 0,
		first_id: page[0]?.id ?? null,
		last_id: page.at(-1)?.id ?? null,
	};
}

function placeOf(
	models: readonly Named[],
	query: URLSearchParams,
	param: "before_id" | "after_id",
): number | undefined {
	const id = query.get(param);
	if (id === null) return undefined;
	const place = models.findIndex((model) => model.id === id);
	if (place === -1) throw invalid(param, "must be the id of a model in the list");
	return place;
}

function invalid(param: string, what: string): GatewayError {
	return new GatewayError("request.invalid", { param, message: `\`${param}\` ${what}.` });
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch (cause) {
		throw new GatewayError("route.unknown_model", { param: "model", cause });
	}
}
