import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { PrismaClient } from "../../../prisma/generated/client.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { defineEndpoint } from "../../contracts/endpoint.ts";
import type { Role } from "../../contracts/permissions.ts";
import { roles } from "../../contracts/permissions.ts";
import { nothing, problem } from "../../contracts/shapes.ts";
import { signSession } from "../auth/session-token.ts";
import { createTestDatabase } from "../database/test-database.ts";
import { createSession } from "../repositories/sessions.ts";
import type { Runtime } from "../runtime.ts";
import { installRuntime } from "../runtime.ts";
import { handle, handlePublic } from "./handle.ts";

const sessionKey = new Uint8Array(32).fill(5);
const logged: string[] = [];

const database = await createTestDatabase();
const prisma = connect(database.url);
const cookies: Partial<Record<Role, string>> = {};

function connect(connectionString: string): PrismaClient {
	return new PrismaClient({ adapter: new PrismaPg({ connectionString }) });
}

beforeAll(async () => {
	const log = {
		info: () => {},
		warn: () => {},
		error: (message: string, fields?: object) =>
			logged.push(`${message} ${JSON.stringify(fields)}`),
	};
	// The handler needs these four and nothing else.
	installRuntime({ prisma, log, sessionKey, environment: {} } as unknown as Runtime);
	for (const role of roles) cookies[role] = await cookieOf(role);
});

afterAll(async () => {
	await prisma.$disconnect();
	await database.drop();
});

async function cookieOf(role: Role): Promise<string> {
	const user = await prisma.user.create({ data: { email: `${role}@x.y`, name: role, role } });
	const issuedAt = Math.floor(Date.now() / 1000);
	const expiresAt = issuedAt + 600;
	const sessionId = await createSession(prisma, {
		userId: user.id,
		ip: "127.0.0.1",
		userAgent: "bad \u0000 agent \ud800",
		expiresAt: new Date(expiresAt * 1000),
	});
	const token = await signSession({ userId: user.id, sessionId, issuedAt, expiresAt }, sessionKey);
	return `llmproxy.session=${token}`;
}

const endpoint = defineEndpoint({
	method: "POST",
	path: "/api/v1/keys/[id]/rotate",
	access: "keys:manage",
	summary: "For this test",
	query: z.strictObject({ limit: z.coerce.number().int().max(10).default(5) }),
	body: z.strictObject({ name: z.string().min(1), nested: z.strictObject({ size: z.int() }) }),
	answer: z.strictObject({ said: z.string() }),
});

const goodBody = { name: "a", nested: { size: 1 } };

interface Sent {
	readonly role?: Role;
	readonly search?: string;
	readonly body?: string;
	readonly headers?: Record<string, string>;
}

type Handler = ReturnType<typeof handle>;

async function send(handler: Handler, sent: Sent = {}): Promise<Response> {
	const { role, search = "", body = JSON.stringify(goodBody), headers } = sent;
	const request = new Request(`http://localhost/api/v1/keys/k1/rotate${search}`, {
		method: "POST",
		body,
		headers: {
			"content-type": "application/json",
			"sec-fetch-site": "same-origin",
			...(role === undefined ? {} : { cookie: cookies[role] ?? "" }),
			...headers,
		},
	});
	return handler(request, { params: Promise.resolve({ id: "k1" }) });
}

const echo = handle(endpoint, async ({ params, query, body, principal }) => ({
	said: `${params.id} ${query.limit} ${body.name} ${principal.role}`,
}));

async function errorOf(response: Response) {
	return problem.parse(await response.json()).error;
}

describe("a handler", () => {
	test("gives its service checked input and answers by the contract", async () => {
		const response = await send(echo, { role: "admin", search: "?limit=7" });
		expect(await response.json()).toEqual({ said: "k1 7 a admin" });
		expect(response.headers.get("cache-control")).toBe("no-store");
		expect(response.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
	});

	test("refuses strangers", async () => {
		const response = await send(echo);
		expect(response.status).toBe(401);
		expect((await errorOf(response)).code).toBe("signed_out");
	});

	test.each([
		["admin", 200],
		["operator", 200],
		["user", 403],
		["viewer", 403],
	] as const)("answers a %s with %i", async (role, status) => {
		expect((await send(echo, { role })).status).toBe(status);
	});

	test("refuses another site before it looks at anything else", async () => {
		const headers = { "sec-fetch-site": "cross-site" };
		expect((await send(echo, { role: "admin", headers })).status).toBe(403);
	});

	test("names every field at fault", async () => {
		const body = JSON.stringify({ name: "", nested: { size: 1.5, more: 1 }, extra: true });
		const error = await errorOf(await send(echo, { role: "admin", body }));
		expect(error.code).toBe("invalid_request");
		expect(error.issues?.map((issue) => issue.path).toSorted()).toEqual([
			"extra",
			"name",
			"nested.more",
			"nested.size",
		]);
		const query = await errorOf(await send(echo, { role: "admin", search: "?limit=99" }));
		expect(query.issues?.map((issue) => issue.path)).toEqual(["limit"]);
	});

	test("refuses a body that is no JSON or too large", async () => {
		const broken = await send(echo, { role: "admin", body: "{" });
		expect((await errorOf(broken)).code).toBe("malformed_json");
		const large = await send(echo, { role: "admin", body: `"${"x".repeat(2_100_000)}"` });
		expect(large.status).toBe(413);
	});

	test("passes on what a service refuses, with the field it is about", async () => {
		const conflict = handle(endpoint, async () => {
			throw new GatewayError("resource.conflict", { param: "name", message: "Taken." });
		});
		const error = await errorOf(await send(conflict, { role: "admin" }));
		expect(error).toMatchObject({
			code: "conflict",
			issues: [{ path: "name", message: "Taken." }],
		});
	});

	test("says nothing about an unexpected failure but its request id, and logs it", async () => {
		const failing = handle(endpoint, async () => {
			throw new Error("password of the database is hunter2");
		});
		const response = await send(failing, { role: "admin" });
		const text = await response.text();
		expect(response.status).toBe(500);
		expect(text).not.toContain("hunter2");
		expect(logged.at(-1)).toContain(String(response.headers.get("x-request-id")));
	});

	test("lets no field leave that the contract does not name", async () => {
		const leaky = handle(endpoint, async () => ({ said: "x", secretHash: "y" }));
		const response = await send(leaky, { role: "admin" });
		expect(response.status).toBe(500);
		expect(await response.text()).not.toContain("secretHash");
	});

	test("hands a stream on without letting it be held back", async () => {
		const streaming = handle(endpoint, async () => new Response("data: 1\n\n"));
		const response = await send(streaming, { role: "admin" });
		expect(await response.text()).toBe("data: 1\n\n");
		expect(response.headers.get("cache-control")).toContain("no-transform");
	});

	test("cannot be made public by mistake", () => {
		expect(() => handlePublic(endpoint, async () => ({ said: "" }))).toThrow("not public");
	});

	test("of a public endpoint needs no session", async () => {
		const open = defineEndpoint({ ...endpoint, access: "public", query: nothing, body: nothing });
		const response = await send(
			handlePublic(open, async () => ({ said: "hello" })),
			{ body: "" },
		);
		expect(await response.json()).toEqual({ said: "hello" });
	});
});
