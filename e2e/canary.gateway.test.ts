import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestDatabase } from "../lib/server/database/test-database.ts";
import { createTestDatabase } from "../lib/server/database/test-database.ts";
import type { ScriptedUpstream } from "../proxy-core/testing/upstream-script.ts";
import type { AdminClient } from "./support/admin-client.ts";
import { createAdminClient, tryToSignIn } from "./support/admin-client.ts";
import type { Canary, Sink } from "./support/canary.ts";
import { sightings } from "./support/canary.ts";
import { dumpDatabase, readFolder } from "./support/read-everything.ts";
import type { RunningServer } from "./support/running-server.ts";
import { newDataDir, removeDataDir, startServer } from "./support/running-server.ts";
import { startTellingUpstream, tellingModels } from "./support/telling-upstream.ts";

const random = (length: number) =>
	randomBytes(length)
		.toString("base64")
		.replace(/[^A-Za-z0-9]/g, "x")
		.slice(0, length);

/** Secrets that are put in; each a different one, so that a find tells the way it took. */
const canaries = {
	providerKey: `sk-proj-${random(60)}`,
	shapelessProviderKey: `zq${random(40)}`,
	refusedProviderKey: `sk-proj-${random(50)}-refused`,
	mistypedProviderKey: `sk-proj-${random(30)} ${random(30)}`,
	environmentProviderKey: `sk-ant-api03-${random(70)}`,
	environmentApiKey: `environment-key-${random(32)}`,
	unknownApiKey: `unknown-key-${random(32)}`,
	apiKeyInAddress: `address-key-${random(32)}`,
	masterKey: `master passphrase ${random(40)}`,
	adminPassword: `admin-password-${random(24)}`,
	wrongPassword: `wrong-password-${random(24)}`,
	userPassword: `user-password-${random(24)}`,
	conversation: `conversation-${random(32)}`,
	createdToken: "",
	rotatedToken: "",
	sessionCookie: "",
	databasePassword: "",
};
const dataDir = newDataDir();
const sinks: Sink[] = [];
const world = {} as {
	database: TestDatabase;
	upstream: ScriptedUpstream;
	server: RunningServer;
	admin: AdminClient;
};

beforeAll(async () => {
	world.upstream = await startTellingUpstream();
	world.database = await createTestDatabase();
	canaries.databasePassword = new URL(world.database.url).password;
	world.server = await startServer({
		dataDir,
		env: {
			DATABASE_URL: world.database.url,
			LLMPROXY_MASTER_KEY: canaries.masterKey,
			LLMPROXY_ADMIN_EMAIL: "admin@example.test",
			LLMPROXY_ADMIN_PASSWORD: canaries.adminPassword,
			LLMPROXY_API_KEYS: `from-environment=${canaries.environmentApiKey}`,
			LLMPROXY_ENDPOINT_TELLING_ENV_URL: world.upstream.baseUrl,
			LLMPROXY_ENDPOINT_TELLING_ENV_KEY: canaries.environmentProviderKey,
			LLMPROXY_ENDPOINT_TELLING_ENV_MODELS: tellingModels.join(","),
			LLMPROXY_LOG_LEVEL: "info",
		},
	});
}, 120_000);

afterAll(async () => {
	await world.server?.kill();
	await world.upstream?.close();
	await world.database?.drop();
	removeDataDir(dataDir);
});

test("no secret comes out anywhere but where it is shown once on purpose", async () => {
	await signInBothWays();
	await useTheAdminApi();
	await useTheGateway();
	await readThePages();
	await collectWhatStays();

	const list: Canary[] = Object.entries(canaries).map(([name, value]) => ({ name, value }));
	for (const { name, value } of list) expect(value.length, name).toBeGreaterThanOrEqual(12);
	expect(sightings(list, sinks)).toEqual([
		"conversation in body of echoed answer",
		"conversation in body of echoed stream",
		"conversation in body of playground answer",
		"createdToken in body of POST /api/v1/keys",
		"rotatedToken in body of POST /api/v1/keys/[id]/rotate",
		"sessionCookie in head of sign-in",
	]);
}, 240_000);

/** Remembers everything of an answer. */
async function keep(what: string, answer: Response): Promise<string> {
	const head = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
	const text = await answer.text();
	sinks.push({ where: `head of ${what}`, text: head }, { where: `body of ${what}`, text });
	return text;
}

async function signInBothWays(): Promise<void> {
	const { url } = world.server;
	const email = "admin@example.test";
	const wrong = await tryToSignIn(url, { email, password: canaries.wrongPassword });
	expect(wrong.status).toBe(401);
	await keep("refused sign-in", wrong);
	const right = await tryToSignIn(url, { email, password: canaries.adminPassword });
	const pair = right.headers.getSetCookie().find((line) => line.includes("session=")) ?? "";
	const cookie = pair.split(";", 1)[0] ?? "";
	canaries.sessionCookie = cookie.slice(cookie.indexOf("=") + 1);
	await keep("sign-in", right);
	world.admin = createAdminClient(url, cookie);
}

/** Sends as a page would, keeps the answer and says its status. */
async function send(method: string, path: string, body?: unknown): Promise<[number, string]> {
	const answer = await world.admin.send(method, path, body);
	const what = `${method} ${path.replace(/keys\/(?!\[)[^/]+/, "keys/[id]")}`;
	return [answer.status, await keep(what, answer)];
}

async function useTheAdminApi(): Promise<void> {
	const provider = (id: string, apiKey: string) => ({
		id,
		kind: "openai-compatible",
		title: id,
		settings: { baseUrl: world.upstream.baseUrl, apiKey },
		models: tellingModels,
	});
	const add = (id: string, apiKey: string) =>
		send("POST", "/api/v1/providers", provider(id, apiKey));
	expect((await add("telling", canaries.providerKey))[0]).toBe(200);
	expect((await add("shapeless", canaries.shapelessProviderKey))[0]).toBe(200);
	expect((await add("refused", canaries.refusedProviderKey))[0]).toBe(200);
	expect((await add("telling", canaries.providerKey))[0]).toBe(409);
	expect((await add("mistyped", canaries.mistypedProviderKey))[0]).toBe(400);

	for (const apiKey of [
		canaries.providerKey,
		canaries.refusedProviderKey,
		canaries.shapelessProviderKey,
	]) {
		const { kind, settings } = provider("telling", apiKey);
		expect((await send("POST", "/api/v1/providers/test", { kind, settings }))[0]).toBe(200);
	}
	for (const id of ["telling", "shapeless", "refused", "telling-env"]) {
		expect((await send("POST", `/api/v1/providers/${id}/check`, {}))[0]).toBe(200);
	}
	const { models, kind, settings } = provider("shapeless", canaries.shapelessProviderKey);
	const renamed = { kind, models, title: "Renamed", settings };
	expect((await send("PATCH", "/api/v1/providers/shapeless", renamed))[0]).toBe(200);

	const key = { name: "canary", allowedEndpoints: ["chat.completions", "models", "metrics"] };
	const [, created] = await send("POST", "/api/v1/keys", key);
	canaries.createdToken = JSON.parse(created).token;
	const keyId: string = JSON.parse(created).key.id;
	const [, rotated] = await send("POST", `/api/v1/keys/${keyId}/rotate`, { graceSeconds: 3600 });
	canaries.rotatedToken = JSON.parse(rotated).token;
	await send("PATCH", `/api/v1/keys/${keyId}`, { ...key, name: "canary renamed" });
	const user = { email: "user@example.test", name: "User", role: "user" };
	const password = canaries.userPassword;
	expect((await send("POST", "/api/v1/users", { ...user, password }))[0]).toBe(200);
	expect((await send("POST", "/api/v1/users", { ...user, password }))[0]).toBe(409);
	expect((await send("POST", "/api/v1/users", { ...user, role: "none", password }))[0]).toBe(400);
}

async function useTheGateway(): Promise<void> {
	const providers = ["telling", "shapeless", "telling-env"];
	for (const token of [canaries.createdToken, canaries.rotatedToken]) {
		for (const provider of providers) {
			for (const model of tellingModels) {
				// What has no known shape cannot be told from ordinary words in an answer.
				if (provider === "shapeless" && /answer|tool-call/.test(model)) continue;
				const target = { model: `${provider}/${model}` };
				await keep(`${provider}/${model}`, await post(token, target));
				await keep(`${provider}/${model} streamed`, await post(token, { ...target, stream: true }));
			}
		}
	}
	const content = `Please remember ${canaries.conversation}`;
	const question = { model: "simulator/echo", messages: [{ role: "user", content }] };
	const token = canaries.environmentApiKey;
	await keep("echoed answer", await post(token, question));
	await keep("echoed stream", await post(token, { ...question, stream: true }));
	await keep("refused question", await post(token, { ...question, temperature: content }));
	await keep("unknown model", await post(token, { ...question, model: "no/such-model" }));
	await keep("refused key", await post(canaries.unknownApiKey, question));
	await keep("malformed body", await post(token, `{"model": "${canaries.conversation}`));
	const address = `/v1/chat/completions?key=${canaries.apiKeyInAddress}`;
	await keep("key in the address", await post(undefined, question, address));
	const google = "/v1beta/models/simulator/echo:generateContent";
	const contents = [{ parts: [{ text: "Hello" }] }];
	for (const key of [token, canaries.apiKeyInAddress]) {
		const body = JSON.stringify({ contents });
		const answer = await post(undefined, body, `${google}?key=${key}`);
		expect(answer.status).toBe(key === token ? 200 : 401);
		await keep("key in the address of Google's API", answer);
	}
	await keep("unknown path", await post(token, question, `/v1/x?key=${canaries.apiKeyInAddress}`));
	await keep(
		"playground answer",
		await world.admin.send("POST", "/api/v1/playground/chat", question),
	);
	const seen = new Set(world.upstream.seen.map(({ headers }) => headers.authorization));
	for (const used of ["providerKey", "shapelessProviderKey", "environmentProviderKey"] as const) {
		expect(seen, `${used} reached its provider`).toContain(`Bearer ${canaries[used]}`);
	}
}

function post(
	token: string | undefined,
	body: object | string,
	path = "/v1/chat/completions",
): Promise<Response> {
	const messages = [{ role: "user", content: "Hello" }];
	return fetch(`${world.server.url}${path}`, {
		method: "POST",
		headers: {
			"content-type": "application/json",
			...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
		},
		body: typeof body === "string" ? body : JSON.stringify({ messages, ...body }),
		signal: AbortSignal.timeout(60_000),
	});
}

const pages = [
	"overview",
	"requests",
	"keys",
	"providers",
	"playground",
	"settings",
	"users",
	"welcome",
];
const readable = [
	...["session", "kill-switch", "settings", "models", "keys", "provider-kinds", "providers"],
	...["requests?limit=200", "overview?range=1h", "users", "teams"],
];

async function readThePages(): Promise<void> {
	const { url } = world.server;
	const get = (path: string, headers: Readonly<Record<string, string>>) =>
		fetch(`${url}${path}`, { redirect: "manual", headers });
	const { cookie } = world.admin;
	for (const page of pages) {
		await keep(`page ${page}`, await get(`/${page}`, { cookie, accept: "text/html" }));
		await keep(`data of page ${page}`, await get(`/${page}`, { cookie, rsc: "1" }));
	}
	const list = readable.map((name) => `/api/v1/${name}`);
	for (const path of list) expect((await send("GET", path))[0], path).toBe(200);
	const [, requests] = await send("GET", "/api/v1/requests?limit=200");
	for (const { id } of JSON.parse(requests).items) await send("GET", `/api/v1/requests/${id}`);
	await keep("page of strangers", await get("/sign-in", { accept: "text/html" }));
	await keep("set-up page", await get("/setup?token=used-up", { accept: "text/html" }));
	const authorization = `Bearer ${canaries.rotatedToken}`;
	const metrics = await keep("metrics", await get("/metrics", { authorization }));
	expect(metrics).toContain("llmproxy_requests_total");
	for (const path of ["/health", "/health/ready", "/v1/models"]) {
		await keep(path, await get(path, { authorization }));
	}
}

async function collectWhatStays(): Promise<void> {
	// Lines are still in the journal now, and in the database after the stop.
	sinks.push(...readFolder(dataDir));
	expect(await world.server.stop()).toBe(0);
	const database = await dumpDatabase(world.database.url);
	const tables = Object.fromEntries(database.map(({ where, text }) => [where, text]));
	expect(tables["table ledger_entries"]).toContain("tells-in-error-401");
	expect(tables["table upstreams"]).toContain("telling");
	expect(tables["table users"]).toContain("$argon2id$");
	const log = world.server.output();
	expect(log).toContain("A provider was added.");
	sinks.push(...database, ...readFolder(dataDir), { where: "log", text: log });
}
