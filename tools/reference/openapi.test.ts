import { expect, it } from "vitest";
import * as z from "zod";
import { defineEndpoint } from "../../lib/contracts/endpoint.ts";
import { adminEndpoints } from "../../lib/contracts/registry.ts";
import { exportedEndpoints } from "./endpoint-names.ts";
import { openapiDocument } from "./openapi.ts";

const info = { version: "1.2.3", license: "MIT" };
const thing = z.strictObject({ id: z.string(), count: z.int() }).meta({ id: "Thing" });
const changeThing = defineEndpoint({
	method: "PATCH",
	path: "/api/v1/things/[id]",
	access: "registry:write",
	summary: "Change a thing",
	query: z.strictObject({ dryRun: z.stringbool().optional() }),
	body: z.strictObject({ limit: z.int().min(0).default(3).meta({ unit: "ms" }) }),
	answer: z.strictObject({ item: thing }),
});

it("describes an endpoint with its parameters, body, answer and access", () => {
	const document = openapiDocument([{ name: "changeThing", endpoint: changeThing }], info);
	expect(document["paths"]).toMatchObject({
		"/api/v1/things/{id}": {
			patch: {
				operationId: "changeThing",
				"x-access": "registry:write",
				parameters: [
					{ name: "id", in: "path", required: true },
					{ name: "dryRun", in: "query", required: false },
				],
				requestBody: {
					content: {
						"application/json": {
							schema: { properties: { limit: { type: "integer", minimum: 0, "x-unit": "ms" } } },
						},
					},
				},
				responses: { default: { $ref: "#/components/responses/Problem" } },
			},
		},
	});
	expect(document["components"]).toMatchObject({
		schemas: { Thing: { properties: { count: { type: "integer" } } } },
	});
});

it("opens public endpoints to callers without a session", () => {
	const endpoint = { ...changeThing, access: "public" as const };
	const document = openapiDocument([{ name: "changeThing", endpoint }], info);
	expect(document["paths"]).toMatchObject({ "/api/v1/things/{id}": { patch: { security: [] } } });
});

it("refuses one id for two schemas", () => {
	const shared = z.strictObject({ count: z.int().default(1) }).meta({ id: "Shared" });
	const endpoint = {
		...changeThing,
		body: z.strictObject({ shared }),
		answer: z.strictObject({ shared }),
	};
	// A default is optional in what callers write and always there in what they read.
	expect(() => openapiDocument([{ name: "twice", endpoint }], info)).toThrow(/Shared differs/);
});

it("resolves every reference of the real document", async () => {
	const named = (await exportedEndpoints()).filter(({ endpoint }) =>
		(adminEndpoints as readonly unknown[]).includes(endpoint),
	);
	const document = openapiDocument(named, info);
	const { schemas } = document["components"] as { schemas: Record<string, unknown> };
	const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
	expect(references.length).toBeGreaterThan(10);
	const names = references.map(([, name]) => name);
	expect(names.filter((name) => name === undefined || !(name in schemas))).toEqual([]);
	expect(JSON.stringify(document)).not.toContain("$defs");
});
