import type * as z from "zod";
import type { NamedEndpoint } from "./endpoint-names.ts";
import { code, page } from "./markdown.ts";
import type { JsonSchema } from "./schema-fields.ts";
import { fieldsOf, fieldTable, inputSchema } from "./schema-fields.ts";

const intro = `What the console itself uses, generated from the contracts in \`lib/contracts\`. The same as a machine reads it, with the shape of every answer: [openapi.json](openapi.json).

- Signing in happens in the browser; every call carries the session's cookie. There are no tokens for programs yet.
- *Permission* is checked on each call against the person's role of that moment ([matrix](permissions.md)). *Signed in* means every role, *public* the few calls that work before anybody has signed in.
- A change must be sent as \`application/json\` and from the same origin; otherwise it is refused with \`cross_site_request\` or \`unsupported_media_type\`.
- Unknown fields are refused, and errors have [one shape](errors.md).`;

/** One section per resource, in the order of the registry. */
export function adminApiPage(endpoints: readonly NamedEndpoint[]): string {
	const byResource = Map.groupBy(endpoints, ({ endpoint }) => endpoint.path.split("/")[3] ?? "");
	const sections = [...byResource].flatMap(([resource, members]) => [
		`## ${resource}`,
		...members.flatMap(describe),
	]);
	return page("Admin API", intro, ...sections);
}

function describe({ name, endpoint }: NamedEndpoint): readonly string[] {
	const { method, path, access, summary, query, body } = endpoint;
	const who = accessWords(access);
	return [
		`### ${code(`${method} ${path}`)}`,
		`${summary}. ${who} Contract: ${code(name)}.`,
		...fields("Query", query),
		...(method === "GET" ? [] : fields("Body", body)),
	];
}

function accessWords(access: string): string {
	if (access === "public") return "Public.";
	return access === "signed-in" ? "Signed in." : `Permission: ${code(access)}.`;
}

function fields(title: string, schema: z.ZodType): readonly string[] {
	const rows = fieldsOf(withoutRoot(inputSchema(schema)));
	return rows.length === 0 ? [] : [`${title}:`, fieldTable(rows)];
}

/** A schema with an id is written as a reference to itself. */
function withoutRoot(
	schema: JsonSchema & { readonly $defs?: Record<string, JsonSchema> },
): JsonSchema {
	const id = schema.$ref?.replace("#/$defs/", "");
	return id === undefined ? schema : (schema.$defs?.[id] ?? schema);
}
