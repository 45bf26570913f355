import * as z from "zod";
import { liveEvent, streamEvents } from "../../lib/contracts/events.ts";
import { problem } from "../../lib/contracts/shapes.ts";
import { playgroundChat } from "../../lib/contracts/system.ts";
import type { NamedEndpoint } from "./endpoint-names.ts";

type Json = Readonly<Record<string, unknown>>;

/** Endpoints whose answer is not one JSON object, with what their events hold. */
const streams = [
	{
		endpoint: streamEvents,
		description: "One event a `data:` line, until the caller hangs up",
		schema: liveEvent,
	},
	{
		endpoint: playgroundChat,
		description: "What `/v1/chat/completions` answers: JSON, or events when `stream` is true",
		schema: z.unknown(),
	},
] as const;

const description = `What the console itself uses. Signing in happens in the browser (\`/api/auth\`); every call carries the session's cookie. A change must be sent as \`application/json\` and from the same origin. Unknown fields are refused.

The gateway's own endpoints (\`/v1\`) follow OpenAI's API and are not part of this document.`;

/** The admin API as an OpenAPI 3.1 document. Equal contracts give equal documents. */
export function openapiDocument(
	endpoints: readonly NamedEndpoint[],
	info: { readonly version: string; readonly license: string },
): Json {
	const schemas = createSchemaCollector();
	const paths: Record<string, Record<string, Json>> = {};
	for (const named of endpoints) {
		const { method, path } = named.endpoint;
		const address = path.replaceAll(/\[(\w+)\]/g, "{$1}");
		paths[address] = {
			...paths[address],
			[method.toLowerCase()]: operation(named, schemas),
		};
	}
	const problemSchema = schemas.convert(problem, "output");
	return {
		openapi: "3.1.0",
		info: {
			title: "LLMProxy admin API",
			version: info.version,
			description,
			license: { name: info.license, identifier: info.license },
		},
		servers: [{ url: "http://localhost:8090" }],
		security: [{ session: [] }],
		paths,
		components: {
			securitySchemes: {
				session: {
					type: "apiKey",
					in: "cookie",
					name: "llmproxy.session",
					description: "`__Host-llmproxy.session` when the public address is https.",
				},
			},
			responses: {
				Problem: {
					description: "The call failed; `code` says why",
					content: { "application/json": { schema: problemSchema } },
				},
			},
			schemas: schemas.collected(),
		},
	};
}

function operation({ name, endpoint }: NamedEndpoint, schemas: SchemaCollector): Json {
	const { method, access, summary, path, query, body, answer } = endpoint;
	const stream = streams.find((candidate) => candidate.endpoint === endpoint);
	const parameters = [...pathParameters(path), ...queryParameters(query, schemas)];
	return {
		operationId: name,
		summary,
		tags: [path.split("/")[3] ?? ""],
		"x-access": access,
		...(access === "public" ? { security: [] } : {}),
		...(parameters.length === 0 ? {} : { parameters }),
		...(method === "GET" || isEmpty(body)
			? {}
			: {
					requestBody: {
						required: true,
						content: { "application/json": { schema: schemas.convert(body, "input") } },
					},
				}),
		responses: {
			"200": {
				description: stream?.description ?? "Done",
				content: {
					[stream === undefined ? "application/json" : "text/event-stream"]: {
						schema: schemas.convert(stream?.schema ?? answer, "output"),
					},
				},
			},
			default: { $ref: "#/components/responses/Problem" },
		},
	};
}

function pathParameters(path: string): readonly Json[] {
	return [...path.matchAll(/\[(\w+)\]/g)].map(([, name]) => ({
		name,
		in: "path",
		required: true,
		schema: { type: "string" },
	}));
}

function queryParameters(query: z.ZodType, schemas: SchemaCollector): readonly Json[] {
	const { properties = {}, required = [] } = schemas.convert(query, "input") as {
		readonly properties?: Json;
		readonly required?: readonly string[];
	};
	return Object.entries(properties).map(([name, schema]) => ({
		name,
		in: "query",
		required: required.includes(name),
		schema,
	}));
}

function isEmpty(schema: z.ZodType): boolean {
	return schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0;
}

interface SchemaCollector {
	/** JSON Schema whose references point into `#/components/schemas`. */
	readonly convert: (schema: z.ZodType, io: "input" | "output") => unknown;
	/** What the references point to, by name. */
	readonly collected: () => Json;
}

/** Schemas with an id become components. Throws when one id would mean two different schemas. */
function createSchemaCollector(): SchemaCollector {
	const collected = new Map<string, unknown>();
	return {
		convert: (schema, io) => {
			const { $defs = {}, ...root } = z.toJSONSchema(schema, { io }) as Json & { $defs?: Json };
			for (const [id, definition] of Object.entries($defs)) {
				const next = forOpenapi(definition);
				const known = collected.get(id);
				if (known !== undefined && JSON.stringify(known) !== JSON.stringify(next)) {
					throw new Error(
						`The schema ${id} differs between requests and answers; name them apart.`,
					);
				}
				collected.set(id, next);
			}
			return forOpenapi(root);
		},
		collected: () => Object.fromEntries([...collected].toSorted(([a], [b]) => (a < b ? -1 : 1))),
	};
}

/**
 * References as OpenAPI spells them; hints for the console's forms left out; a format's own pattern
 * and the bounds of exact integers too, which say nothing more.
 */
function forOpenapi(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(forOpenapi);
	if (typeof value === "string") return value.replace(/^#\/\$defs\//, "#/components/schemas/");
	if (typeof value !== "object" || value === null) return value;
	const schema = value as Json;
	const entries = Object.entries(schema).flatMap(([key, inner]): [string, unknown][] => {
		if (isNoise(key, inner, schema)) return [];
		if (key === "unit" && typeof inner === "string") return [["x-unit", inner]];
		return [[key, forOpenapi(inner)]];
	});
	return Object.fromEntries(entries);
}

/** Fields of people's objects may have the same names as keywords; their values are schemas, not texts. */
function isNoise(key: string, value: unknown, schema: Json): boolean {
	switch (key) {
		case "$schema":
			return true;
		case "ui":
			return typeof value === "object" && value !== null && "control" in value;
		case "pattern":
			return typeof value === "string" && schema["format"] !== undefined;
		case "minimum":
		case "maximum":
			return typeof value === "number" && Math.abs(value) >= Number.MAX_SAFE_INTEGER;
		default:
			return false;
	}
}
