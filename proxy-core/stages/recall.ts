import { hash } from "node:crypto";
import type { KeyParts } from "../cache/cache-key.ts";
import { cacheKey, scopeOf } from "../cache/cache-key.ts";
import { cachePolicy } from "../cache/cache-policy.ts";
import type { IdempotencyKeys } from "../cache/idempotency.ts";
import type { Recollection } from "../cache/recollection.ts";
import type { Settings } from "../contract/settings.ts";
import { operationIds } from "../contract/settled-record.ts";
import type { TextSegment } from "../contract/verdict.ts";
import type { Identified, Masked, Parsed, Read, Recalled, Received } from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import { spliceJson } from "../text/json-splice.ts";

type Needs = Received & Identified & Read & Parsed & Masked;

/** Finds out whether this request's answer may come from memory, and under which name. */
export function recall(idempotencyKeys: IdempotencyKeys): Stage<Needs, Recalled> {
	const markOf = createPolicyMarks();
	return {
		name: "recall",
		run: (context) => {
			const { exchange, snapshot } = context;
			const key = exchange.incoming.headers["idempotency-key"];
			if (key !== undefined && key !== "") {
				return {
					recollection: idempotencyKeys.recollect({
						scope: scopeOf(context.caller, "key"),
						endpoint: context.endpoint,
						key,
						body: bodyOf(context),
					}),
				};
			}
			return { recollection: recollectionOf(context, markOf(snapshot.settings)) };
		},
	};
}

/** A form is sent again with another boundary; what counts are its fields and files. */
function bodyOf({ request, body }: Readonly<Needs>): Uint8Array {
	if (request.files.length > 0) {
		return Buffer.concat([Buffer.from(request.text), ...request.files.map((file) => file.bytes)]);
	}
	if (request.json["model"] === request.model) return body;
	// The address names the model, and says whether the answer is a stream.
	return Buffer.concat([Buffer.from(`${request.model} ${request.isStreaming}\n`), body]);
}

function recollectionOf(context: Readonly<Needs>, policyMark: string): Recollection | undefined {
	const { exchange, snapshot, caller, masked, request, endpoint } = context;
	const settings = snapshot.settings.cache;
	const policy = cachePolicy(settings, exchange.incoming.headers);
	if (policy === undefined || hasState(masked.json)) return undefined;
	const parts: KeyParts = {
		endpoint,
		caller,
		sharedBy: settings.sharedBy,
		namespace: policy.namespace,
		policyMark,
		json: masked.json,
		asked: { model: request.model, isStreaming: request.isStreaming },
		files: request.files.map((file) => file.bytes),
		headers: (context.dialect.passingHeaders ?? []).map((name) => [
			name,
			exchange.incoming.headers[name] ?? "",
		]),
	};
	const key = cacheKey(parts);
	return {
		key,
		mayRead: policy.mayRead,
		ttlMs: policy.mayKeep ? policy.ttlMs : 0,
		isIdempotent: false,
		...(settings.semantic.isOn ? questionOf(context, parts) : {}),
	};
}

/** Whether the provider keeps a part of the conversation, so that the same words may mean something else. */
function hasState(json: Parsed["request"]["json"]): boolean {
	const {
		previous_response_id: previous,
		conversation,
		prompt,
		cachedContent = json["cached_content"],
	} = json as Readonly<
		Record<"previous_response_id" | "conversation" | "prompt" | "cachedContent", unknown>
	>;
	// The older Completions have a `prompt` too: a text or a list.
	const isTemplate = typeof prompt === "object" && prompt !== null && !Array.isArray(prompt);
	return (previous ?? conversation ?? cachedContent ?? null) !== null || isTemplate;
}

/** The last thing the user said, and a name for everything around it. */
function questionOf(
	{ request, masked, dialect }: Readonly<Needs>,
	parts: KeyParts,
): Pick<Recollection, "question"> {
	const asked = request.segments.findLast((segment) => segment.source === "user");
	if (asked === undefined || request.files.length > 0 || !isConversation(parts.endpoint)) return {};
	// The text may have been edited and masked since it was extracted.
	const around = JSON.parse(spliceJson(masked.text, [{ path: asked.path, value: "" }]));
	const text = textAt(masked.json, asked.path);
	if (text === undefined || text === "") return {};
	const partition = cacheKey({ ...parts, endpoint: `${dialect.id} similar`, json: around });
	return { question: { text, partition } };
}

function isConversation(endpoint: string): boolean {
	return !(operationIds as readonly string[]).includes(endpoint);
}

function textAt(json: unknown, path: TextSegment["path"]): string | undefined {
	let value = json;
	for (const step of path) value = (value as Record<string | number, unknown> | undefined)?.[step];
	return typeof value === "string" ? value : undefined;
}

/** Settings are immutable, so each set of them is read once. */
function createPolicyMarks(): (settings: Settings) => string {
	const marks = new WeakMap<Settings, string>();
	return (settings) => {
		let mark = marks.get(settings);
		if (mark === undefined) {
			mark = hash("sha256", JSON.stringify(settings));
			marks.set(settings, mark);
		}
		return mark;
	};
}
