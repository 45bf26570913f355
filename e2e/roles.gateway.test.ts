import { request as httpRequest } from "node:http";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Access, Endpoint } from "../lib/contracts/endpoint.ts";
import type { Key } from "../lib/contracts/keys.ts";
import type { Role } from "../lib/contracts/permissions.ts";
import { roleHolds, roles } from "../lib/contracts/permissions.ts";
import { adminEndpoints } from "../lib/contracts/registry.ts";
import type { TestDatabase } from "../lib/server/database/test-database.ts";
import { createTestDatabase } from "../lib/server/database/test-database.ts";
import type { AdminClient } from "./support/admin-client.ts";
import { adminEnvironment, ask, environmentAdmin, signIn } from "./support/admin-client.ts";
import type { RunningServer } from "./support/running-server.ts";
import { newDataDir, removeDataDir, startServer } from "./support/running-server.ts";

const password = "a password for the role test";
const dataDir = newDataDir();
const world = {} as {
	database: TestDatabase;
	server: RunningServer;
	clients: Readonly<Record<Role, AdminClient>>;
	otherUser: AdminClient;
};

beforeAll(async () => {
	world.database = await createTestDatabase();
	world.server = await startServer({
		dataDir,
		env: { ...adminEnvironment, DATABASE_URL: world.database.url },
	});
	const admin = await signIn(world.server.url, environmentAdmin);
	const person = async (name: string, role: Role) => {
		const email = `${name}@example.test`;
		await admin.call("POST", "/api/v1/users", { email, name, role, password });
		return signIn(world.server.url, { email, password });
	};
	world.clients = {
		admin,
		operator: await person("operator", "operator"),
		user: await person("user", "user"),
		viewer: await person("viewer", "viewer"),
	};
	world.otherUser = await person("other-user", "user");
}, 120_000);

afterAll(async () => {
	await world.server?.stop();
	await world.database?.drop();
	removeDataDir(dataDir);
});

type Caller = Role | "stranger";
const callers: readonly Caller[] = ["stranger", ...roles];

/** What the contract's `access` promises to each caller. */
function expected(access: Access, caller: Caller): "let in" | "401" | "403" {
	if (access === "public") return "let in";
	if (caller === "stranger") return "401";
	if (access === "signed-in") return "let in";
	return roleHolds(caller, access) ? "let in" : "403";
}

/** An id that nothing has, and no body: whoever is let in gets an answer that changes nothing. */
function harmless({ path }: Endpoint): string {
	return path.replaceAll(/\[\w+\]/g, "0190a0a0-0000-7000-8000-000000000000");
}

async function outcome(endpoint: Endpoint, caller: Caller): Promise<string> {
	const hasBody = endpoint.method !== "GET";
	const answer = await fetch(`${world.server.url}${harmless(endpoint)}`, {
		method: endpoint.method,
		headers: {
			origin: world.server.url,
			"content-type": "application/json",
			...(caller === "stranger" ? {} : { cookie: world.clients[caller].cookie }),
		},
		...(hasBody ? { body: "{}" } : {}),
	});
	if (answer.status !== 401 && answer.status !== 403) {
		// Live events never end by themselves.
		await answer.body?.cancel();
		return answer.status >= 500 ? `failed with ${answer.status}` : "let in";
	}
	const { error } = (await answer.json()) as { error: { code: string } };
	const codes = { 401: "signed_out", 403: "permission_denied" } as const;
	return error.code === codes[answer.status] ? String(answer.status) : error.code;
}

describe("every admin endpoint lets in exactly whom its contract names", () => {
	test.each(adminEndpoints)("$method $path, $access", async (endpoint: Endpoint) => {
		const seen: Record<string, string> = {};
		const wanted: Record<string, string> = {};
		for (const caller of callers) {
			seen[caller] = await outcome(endpoint, caller);
			wanted[caller] = expected(endpoint.access, caller);
		}
		// A token that was never issued is refused by the endpoint itself.
		if (endpoint.path === "/api/v1/setup/admin") {
			for (const caller of callers)
				expect(["let in", "setup_token_invalid"]).toContain(seen[caller]);
			return;
		}
		expect(seen).toEqual(wanted);
	});
});

describe("strangers are turned away before any handler", () => {
	test.each([
		"/api/v1/keys",
		"/api/v1/no-such-thing",
		"/api/v1",
		"/api/v1/",
		"/api/v1/setup/",
		"/api/no-such-thing",
		"/admin",
		"/admin/users",
		"/metrics",
		"/metrics?x=1",
		"/overview",
		"/no-such-page",
	])("%s answers 401", async (path) => {
		const answer = await fetch(`${world.server.url}${path}`, { redirect: "manual" });
		expect(answer.status).toBe(401);
		expect(answer.headers.get("cache-control")).toContain("no-store");
	});

	test.each([
		"/api/v1/setup/../keys",
		"/api/v1/setup/%2e%2e/keys",
		"/api/v1/setup%2f..%2fkeys",
		"//api/v1/keys",
		"/api//v1/keys",
		"/_next/static/../../api/v1/keys",
		"/api/auth/../v1/keys",
		"/api/auth/%2e%2e/v1/keys",
		"/API/V1/keys",
		"/api/v1/keys/",
		"/api/v1/keys?x=/api/v1/setup",
		"/api/v1\\keys",
		"/api/v1/%6beys",
		"/health/../api/v1/keys",
		"/v1/../api/v1/keys",
		"/v1beta/../api/v1/keys",
		"/v1beta/models/%2e%2e/%2e%2e/api/v1/keys",
	])("no other spelling of a path gets round it: %s", async (path) => {
		const { status, body } = await rawGet(path, {});
		expect([400, 401, 404]).toContain(status);
		expect(body).not.toContain('"items"');
	});

	test("headers that frameworks trust inside do not open anything", async () => {
		for (const headers of [
			{ "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware" },
			{ "x-original-url": "/api/v1/setup" },
			{ "x-rewrite-url": "/api/v1/setup" },
			{ "x-forwarded-for": "127.0.0.1", host: "localhost" },
			{ "x-http-method-override": "GET" },
		]) {
			expect((await rawGet("/api/v1/keys", headers)).status).toBe(401);
		}
	});

	test("a session that somebody else signed counts for nothing", async () => {
		const forged = await new SignJWT({ sid: "0190a0a0-0000-7000-8000-000000000000" })
			.setProtectedHeader({ alg: "HS256" })
			.setSubject("0190a0a0-0000-7000-8000-000000000000")
			.setAudience("llmproxy-console")
			.setIssuedAt()
			.setExpirationTime("1h")
			.sign(new Uint8Array(32));
		const [name] = world.clients.admin.cookie.split("=", 1);
		const { status } = await rawGet("/api/v1/keys", { cookie: `${name}=${forged}` });
		expect(status).toBe(401);
	});

	test("a person is sent to the sign-in page and back", async () => {
		const answer = await fetch(`${world.server.url}/keys?status=active`, {
			redirect: "manual",
			headers: { accept: "text/html" },
		});
		expect(answer.status).toBe(307);
		expect(answer.headers.get("location")).toBe("/sign-in?next=%2Fkeys%3Fstatus%3Dactive");
	});
});

/** Sends the path as it is; `fetch` would tidy it up. */
function rawGet(path: string, headers: Readonly<Record<string, string>>) {
	return new Promise<{ status: number; body: string }>((resolve, reject) => {
		const { hostname, port } = new URL(world.server.url);
		const call = httpRequest({ hostname, port, path, headers, agent: false }, (answer) => {
			let body = "";
			answer.setEncoding("utf8");
			answer.on("data", (text: string) => {
				body += text;
			});
			answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
		});
		call.on("error", reject);
		call.end();
	});
}

describe("another site cannot use a person's session", () => {
	const changing: readonly Endpoint[] = adminEndpoints.filter(({ method }) => method !== "GET");

	test.each(changing)("$method $path", async (endpoint) => {
		const send = async (headers: Readonly<Record<string, string>>) => {
			const answer = await fetch(`${world.server.url}${harmless(endpoint)}`, {
				method: endpoint.method,
				headers: { cookie: world.clients.admin.cookie, ...headers },
				body: "{}",
			});
			return answer.status;
		};
		const json = { "content-type": "application/json" };
		expect(await send({ ...json, origin: "https://elsewhere.example" })).toBe(403);
		expect(await send({ ...json, origin: "null" })).toBe(403);
		expect([200, 400, 404], "a program, not a browser").toContain(await send(json));
		expect(await send({ ...json, "sec-fetch-site": "cross-site" })).toBe(403);
		expect(await send({ ...json, origin: world.server.url, "sec-fetch-site": "same-site" })).toBe(
			403,
		);
		expect(await send({ "content-type": "text/plain", origin: world.server.url })).toBe(415);
	});
});

describe("people see and change their own keys only", () => {
	const created = (client: AdminClient, name: string) =>
		client.call<{ key: Key; token: string }>("POST", "/api/v1/keys", { name });
	const idsSeenBy = async (client: AdminClient) => {
		const { items } = await client.call<{ items: readonly Key[] }>("GET", "/api/v1/keys");
		return items.map(({ id }) => id);
	};

	test("a key belongs to its maker, and the other user never meets it", async () => {
		const { user, operator } = world.clients;
		const { key } = await created(user, "mine");
		expect(key.owner?.name).toBe("user");
		expect(await idsSeenBy(user)).toContain(key.id);
		expect(await idsSeenBy(operator)).toContain(key.id);
		expect(await idsSeenBy(world.otherUser)).not.toContain(key.id);
		for (const [method, path, body] of [
			["PATCH", `/api/v1/keys/${key.id}`, { name: "taken over" }],
			["POST", `/api/v1/keys/${key.id}/rotate`, {}],
			["POST", `/api/v1/keys/${key.id}/revoke`, {}],
		] as const) {
			expect((await world.otherUser.send(method, path, body)).status).toBe(404);
		}
		const [mine] = (await user.call<{ items: readonly Key[] }>("GET", "/api/v1/keys")).items;
		expect(mine).toMatchObject({ name: "mine", status: "active", rotatedAt: null });
	});

	test("a user cannot give a key away, nor open the metrics with it", async () => {
		const { user } = world.clients;
		const { key } = await created(user, "kept");
		const other = await world.otherUser.call<{ user: { id: string } }>("GET", "/api/v1/session");
		for (const change of [
			{ ownerId: other.user.id },
			{ ownerId: null },
			{ ownerId: key.owner?.id, allowedEndpoints: ["metrics"] },
		]) {
			const body = { name: "kept", ...change };
			const answer = await user.send("PATCH", `/api/v1/keys/${key.id}`, body);
			expect(answer.status, JSON.stringify(change)).toBe(403);
		}
		expect((await created(user, "also kept")).key.owner?.name).toBe("user");
	});

	test("the owner's revocation counts from the next request on", async () => {
		const { user } = world.clients;
		const { key, token } = await created(user, "short-lived");
		expect((await ask(world.server.url, token, { model: "simulator/echo" })).status).toBe(200);
		await user.call("POST", `/api/v1/keys/${key.id}/revoke`, {});
		expect((await ask(world.server.url, token, { model: "simulator/echo" })).status).toBe(401);
	});

	test("a user's requests are hidden from the other user", async () => {
		const { user, operator } = world.clients;
		const { token } = await created(user, "traffic");
		const answer = await ask(world.server.url, token, { model: "simulator/echo" });
		const path = `/api/v1/requests/${answer.headers.get("x-request-id")}`;
		const status = async (client: AdminClient) => (await client.send("GET", path)).status;
		await expect.poll(() => status(user), { timeout: 20_000 }).toBe(200);
		expect(await status(operator)).toBe(200);
		expect(await status(world.otherUser)).toBe(404);
	});
});

describe("what an administrator changes about a person counts at once", () => {
	test("a role taken away, a person disabled, a session ended", async () => {
		const { admin } = world.clients;
		const email = "short-stay@example.test";
		const created = await admin.call<{ id: string }>("POST", "/api/v1/users", {
			email,
			name: "Short stay",
			role: "admin",
			password,
		});
		const person = await signIn(world.server.url, { email, password });
		const status = async () => (await person.send("GET", "/api/v1/users")).status;
		const change = (body: object) => admin.call("PATCH", `/api/v1/users/${created.id}`, body);
		expect(await status()).toBe(200);
		await change({ role: "viewer" });
		expect(await status()).toBe(403);
		await change({ isDisabled: true });
		expect(await status()).toBe(401);
		await change({ isDisabled: false });
		expect(await status(), "the session that was ended stays ended").toBe(401);
	});
});
