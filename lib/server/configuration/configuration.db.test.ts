import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hashToken, keyIdOf } from "../../../proxy-core/keys/key-token.ts";
import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../../proxy-core/pricing/price-catalogue.ts";
import type { LiveEvent } from "../../contracts/events.ts";
import { readEnvironment } from "../env.ts";
import { createEventBus } from "../events/event-bus.ts";
import { followDatabase } from "../events/follow-database.ts";
import { appendSettings } from "../repositories/settings.ts";
import { createMasterKey } from "../secrets/master-key.ts";
import { createSecretBox } from "../secrets/secret-box.ts";
import type { ServiceRuntime } from "../services/__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "../services/__fixtures__/service-runtime.ts";
import { openConfiguration } from "./configuration-store.ts";
import { seedEnvironment } from "./seed-environment.ts";

const prices = createPriceCatalogue(readShippedPrices());

async function until(holds: () => boolean): Promise<void> {
	for (let round = 0; round < 400 && !holds(); round += 1) await sleep(25);
	expect(holds()).toBe(true);
}

describe("openConfiguration", () => {
	let system: ServiceRuntime;
	beforeAll(async () => {
		system = await startServiceRuntime();
	});
	afterAll(() => system.stop());
	afterEach(() => system.pool.query("TRUNCATE settings_versions, api_keys"));

	const openOther = (node: string) => openConfiguration({ ...system, prices, node });
	const save = (value: unknown) =>
		appendSettings(system.prisma, { changedBy: "test", next: () => value });

	it("serves the simulator with a price on a fresh database", () => {
		const snapshot = system.configuration.current();
		expect([...snapshot.targets.keys()]).toEqual(["simulator/echo", "simulator/lorem"]);
		expect(snapshot.targetsByModel.get("echo")?.[0]?.price?.outputMicroUsd).toBeGreaterThan(0);
		expect(snapshot.priceVersion).toBe(prices.version);
	});

	it("never lets settings that do not compile replace good ones", async () => {
		await save({ limits: { keyRequestsPerMinute: 7 } });
		await save({ limits: { keyRequestsPerMinute: "many" } });
		await save({ guards: { "secret-leak": { timeoutMs: -1 } } });
		const store = await openOther("n");
		expect(store.current().settings.limits.keyRequestsPerMinute).toBe(7);
		expect(store.problems()).toHaveLength(2);
		expect(() => store.checkSettings({ limits: { keyRequestsPerMinute: "many" } })).toThrow(
			expect.objectContaining({ code: "request.invalid" }),
		);
	});

	it("serves with the old signatures until thousands of new ones are compiled", async () => {
		const literals = Array.from({ length: 500 }, (_, at) => `unusual phrase of the ${at}th kind`);
		const names = ["oak", "elm", "ash", "fir", "yew", "fig", "rye", "hop", "pea", "nut"];
		const own = Array.from({ length: 10 }, (_, at) => ({
			id: `OWN-${at}`,
			title: "Own",
			literals: literals.map((literal) => `${literal} ${names[at]}`),
		}));
		const store = await openOther("n");
		const before = store.current();
		await save({ firewall: { own } });
		const work = { isOver: false };
		const reloaded = store.reload().then(() => {
			work.isOver = true;
		});
		while (!work.isOver) {
			expect(store.current() === before).toBe(true);
			await new Promise(setImmediate);
		}
		await reloaded;
		const text = "an unusual phrase of the 77th kind nut";
		const { hits } = await store.current().firewall.search(text);
		expect(hits.map(({ signature }) => signature.id)).toEqual(["OWN-9"]);
	});

	it("does not compile again what is in force", async () => {
		const own = [{ id: "OWN-1", title: "Own", literals: ["unusual phrase"] }];
		await save({ firewall: { own } });
		const store = await openOther("n");
		const { firewall, guards } = store.current();
		await system.prisma.apiKey.create({
			data: { id: "new", name: "new", secretHash: hashToken("new") },
		});
		await store.reload();
		expect(store.current().keys.has("new")).toBe(true);
		expect(store.current().firewall).toBe(firewall);
		expect(store.current().guards).toBe(guards);
	});

	it("keeps the same snapshot while nothing changed", async () => {
		const before = system.configuration.current();
		await system.configuration.reload();
		expect(system.configuration.current()).toBe(before);
	});

	it("contains, when it resolves, what was written before it was asked", async () => {
		await Promise.all(
			Array.from({ length: 10 }, async (_, index) => {
				const id = `key${index}`;
				await system.prisma.apiKey.create({ data: { id, name: id, secretHash: hashToken(id) } });
				await system.configuration.reload();
				expect(system.configuration.current().keys.has(id)).toBe(true);
			}),
		);
	});

	it("leaves out a provider whose secrets another master key sealed, and keeps the others", async () => {
		const sealed = createSecretBox(createMasterKey(Buffer.alloc(32, 9))).seal("{}", "upstream:x");
		const data = { id: "x", kind: "openai", title: "X", settings: {}, models: ["m"] };
		await system.prisma.upstream.create({ data: { ...data, secrets: sealed } });
		const store = await openOther("n");
		expect(store.current().targets.has("x/m")).toBe(false);
		expect(store.current().targets.has("simulator/echo")).toBe(true);
		expect(store.problems()).toMatchObject([{ place: "upstream:x" }]);
		await system.prisma.upstream.delete({ where: { id: "x" } });
	});

	it("carries a change to other nodes, also after their connection was cut", async () => {
		const other = await openOther("other");
		const events = createEventBus();
		const heard: LiveEvent["type"][] = [];
		events.subscribe((event) => heard.push(event.type));
		const { log } = system;
		const follower = followDatabase({
			connectionString: system.url,
			configuration: other,
			events,
			node: "other",
			log,
		});
		const addKey = async (id: string) => {
			await system.prisma.apiKey.create({ data: { id, name: id, secretHash: hashToken(id) } });
			await system.configuration.changed("keys");
		};
		// Other test files listen on databases of their own.
		const listeners = `FROM pg_stat_activity
			WHERE application_name = 'llmproxy listener' AND datname = current_database()`;
		const isListening = async () => {
			const { rowCount } = await system.pool.query(
				`SELECT 1 ${listeners} AND query LIKE 'LISTEN%'`,
			);
			return rowCount === 1;
		};
		for (let round = 0; round < 200 && !(await isListening()); round += 1) await sleep(25);
		await sleep(50);
		await addKey("heard");
		await until(() => other.current().keys.has("heard") && heard.includes("keys.changed"));
		await system.pool.query(`SELECT pg_terminate_backend(pid) ${listeners}`);
		await addKey("missed");
		await until(() => other.current().keys.has("missed") && heard.includes("settings.changed"));
		await follower.stop();
	});
});

describe("seedEnvironment", () => {
	let system: ServiceRuntime;
	beforeAll(async () => {
		system = await startServiceRuntime();
	});
	afterAll(() => system.stop());

	const seed = async (env: Record<string, string>) => {
		const environment = readEnvironment({ OLLAMA_HOST: "off", ...env });
		await seedEnvironment({ ...system, environment });
		await system.configuration.reload();
		return system.configuration.current();
	};

	it("puts keys in force and revokes those that are gone", async () => {
		const token = "a-token-of-24-characters";
		const id = keyIdOf(token) ?? "";
		const snapshot = await seed({ LLMPROXY_API_KEYS: `ci=${token}` });
		expect(snapshot.keys.get(id)).toMatchObject({ name: "ci", revokedAtMs: null });
		expect((await seed({})).keys.get(id)?.revokedAtMs).not.toBeNull();
		expect((await seed({ LLMPROXY_API_KEYS: token })).keys.get(id)?.revokedAtMs).toBeNull();
	});

	it("registers providers, seals their keys, and removes them when they are gone", async () => {
		const secret = "sk-marker-0123456789";
		const env = { OPENAI_API_KEY: secret, OPENAI_BASE_URL: "http://127.0.0.1:1/v1" };
		const snapshot = await seed(env);
		const target = [...snapshot.targets.values()].find((one) => one.providerId === "openai");
		expect(target?.connector.baseUrl).toBe("http://127.0.0.1:1/v1");
		const { rows } = await system.pool.query("SELECT u::text AS text FROM upstreams AS u");
		expect(JSON.stringify(rows)).not.toContain(secret);
		const after = await seed({});
		expect([...after.targets.values()].some((one) => one.providerId === "openai")).toBe(false);
		expect(after.targets.has("simulator/echo")).toBe(true);
	});

	it("asks endpoints without a list of models for theirs, and an Ollama where there is one", async () => {
		const upstream = createServer((request, response) => {
			const isOllama = request.url === "/api/tags";
			const answer = isOllama ? { models: [{ model: "qwen:7b" }] } : { data: [{ id: "llama" }] };
			response.end(JSON.stringify(answer));
		});
		await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
		const origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
		const snapshot = await seed({
			LLMPROXY_ENDPOINT_LOCAL_URL: `${origin}/v1`,
			OLLAMA_HOST: origin,
		});
		expect([...snapshot.targets.keys()]).toEqual(
			expect.arrayContaining(["local/llama", "ollama/qwen:7b"]),
		);
		expect(snapshot.targets.get("ollama/qwen:7b")?.price).toMatchObject({ inputMicroUsd: 0 });
		await new Promise((resolve) => upstream.close(resolve));
		// Its server is off now, but nobody said that it is gone for good.
		expect((await seed({ OLLAMA_HOST: origin })).targets.has("ollama/qwen:7b")).toBe(true);
		expect((await seed({})).targets.has("ollama/qwen:7b")).toBe(false);
	});

	it("stops the start for values that their provider does not accept", async () => {
		const env = {
			LLMPROXY_ENDPOINT_X_URL: "http://127.0.0.1:1/v1",
			LLMPROXY_ENDPOINT_X_KEY: "a b",
		};
		await expect(seed(env)).rejects.toThrow(/apiKey/);
	});
});
