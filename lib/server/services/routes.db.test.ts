import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "../../../proxy-core/keys/key-token.ts";
import { createRoutingDesk } from "../../../proxy-core/routing/routing-desk.ts";
import { createTargetBoard } from "../../../proxy-core/routing/target-board.ts";
import { listEndpoints, probeReport, updateEndpoint } from "../../contracts/endpoints.ts";
import { createProvider, scanProviders } from "../../contracts/providers.ts";
import { listRoutes, routeInput, routeTrial, tryRoute } from "../../contracts/routes.ts";
import type { Principal } from "../auth/principal.ts";
import { openConfiguration } from "../configuration/configuration-store.ts";
import { startHealthChecks } from "../providers/health-checks.ts";
import { scanLocalServers } from "../providers/local-scan.ts";
import type { Runtime } from "../runtime.ts";
import { installRuntime } from "../runtime.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { endpointsService } from "./endpoints.ts";
import { idOfName } from "./name-id.ts";
import { scanService } from "./provider-scan.ts";
import { providersService } from "./providers.ts";
import { routesService } from "./routes.ts";

/** Speaks enough OpenAI to be found: a list of models. */
function modelServer() {
	const server = createServer((_, response) => {
		response.setHeader("content-type", "application/json");
		response.end(JSON.stringify({ object: "list", data: [{ id: "m1" }, { id: "m2" }] }));
	});
	return {
		start: async () => {
			await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
			return (server.address() as AddressInfo).port;
		},
		stop: () => server.close(),
	};
}

describe("routing's configuration", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	let port = 0;
	const upstream = modelServer();
	const routing = () =>
		createRoutingDesk({
			snapshots: system.configuration,
			board: createTargetBoard({
				now: Date.now,
				settings: () => system.configuration.current().settings.routing,
			}),
		});
	let desk: ReturnType<typeof routing>;

	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("admin");
		port = await upstream.start();
		desk = routing();
		const parts = {
			...system,
			node: "test",
			routing: async () => desk,
			scanLocalServers: () => scanLocalServers([`127.0.0.1:${port}`]),
		};
		installRuntime(parts as unknown as Runtime);
		const body = createProvider.body.parse({
			id: "mine",
			kind: "openai-compatible",
			title: "Mine",
			settings: { baseUrl: `http://127.0.0.1:${port}/v1` },
			models: ["m1", "deep/m2"],
		});
		await providersService.create({ principal, body });
	});
	afterAll(async () => {
		upstream.stop();
		await system.stop();
	});

	const input = (name: string, entries: readonly string[], changes: object = {}) =>
		routeInput.parse({ name, entries: entries.map((target) => ({ target })), ...changes });
	const create = (...args: Parameters<typeof input>) =>
		routesService.create({ principal, body: input(...args) });
	const tryOut = (body: object, who = principal) =>
		routesService.tryOut({ principal: who, body: tryRoute.body.parse(body) });
	const on = (name: string) => ({ principal, params: { id: idOfName(name) } });

	it("puts a route in force at once, and lists it with the order of this moment", async () => {
		await create("fast", ["mine/m1", "echo", "gone/x"], {
			strategy: "smart",
			fallbacks: { error: ["lorem", "nobody"] },
		});
		const route = system.configuration.current().routes.get("fast");
		expect(route).toMatchObject({ strategy: "smart", retries: null });
		const listed = await routesService.list();
		expect(listRoutes.answer.safeParse(listed).error).toBeUndefined();
		const [item] = listed.items;
		expect(item?.candidates.map(({ target }) => target).toSorted()).toEqual([
			"mine/m1",
			"simulator/echo",
		]);
		expect(item?.candidates[0]?.scoreText).toMatch(/\/s/);
		expect(item).toMatchObject({ missing: ["gone/x", "nobody"], problem: null });
	});

	it("renames, replaces and removes routes whose names have slashes and patterns", async () => {
		await create("old/*", ["mine/*"]);
		await expect(create("old/*", ["mine/*"])).rejects.toMatchObject({ code: "resource.conflict" });
		await routesService.update({ ...on("old/*"), body: input("new/*", ["mine/deep/*"]) });
		expect(system.configuration.current().wildcards.map(({ name }) => name)).toEqual(["new/*"]);
		expect((await tryOut({ model: "new/m2" })).chosen).toBe("mine/deep/m2");
		await expect(
			routesService.update({ ...on("new/*"), body: input("fast", ["mine/m1"]) }),
		).rejects.toMatchObject({ code: "resource.conflict" });
		await routesService.remove(on("new/*"));
		await expect(routesService.remove(on("new/*"))).rejects.toMatchObject({
			code: "resource.not_found",
		});
	});

	it("refuses a star in an entry that nothing can replace", async () => {
		await expect(create("plain", ["mine/*"])).rejects.toMatchObject({
			code: "request.invalid",
			detail: { param: "entries.0.target" },
		});
	});

	it("keeps a good route in force when what is stored of it turns bad, and says so", async () => {
		const store = await openConfiguration({
			...system,
			prices: system.configuration.listPrices(),
			node: "n",
		});
		await system.pool.query(`UPDATE routes SET entries = '[]' WHERE name = 'fast'`);
		await store.reload();
		expect(store.current().routes.get("fast")?.entries).toHaveLength(3);
		expect(store.problems()).toMatchObject([{ place: "route:fast" }]);
		await system.configuration.reload();
		const [item] = (await routesService.list()).items;
		expect(item?.problem).toMatch(/target/);
		expect(listRoutes.answer.safeParse(await routesService.list()).error).toBeUndefined();
		await routesService.update({ ...on("fast"), body: input("fast", ["mine/m1"]) });
		expect(system.configuration.problems()).toEqual([]);
	});

	it("explains where a key's request would go, to whoever may see the key", async () => {
		await system.prisma.apiKey.create({
			data: {
				id: "narrow",
				name: "narrow",
				secretHash: hashToken("narrow"),
				allowedModels: ["simulator/*"],
				allowedEndpoints: ["chat.completions"],
			},
		});
		await system.configuration.changed("keys");
		await create("both", ["mine/m1", "simulator/echo"]);
		const trial = await tryOut({ model: "both", keyId: "narrow" });
		expect(routeTrial.safeParse(trial).error).toBeUndefined();
		expect(trial.chosen).toBe("simulator/echo");
		expect(trial.steps.find(({ step }) => step === "access")?.text).toContain("1 of 2");
		const denied = await tryOut({ model: "mine/m1", keyId: "narrow" });
		expect(denied).toMatchObject({ chosen: null, error: { code: "access.model_denied" } });
		expect((await tryOut({ model: "nobody" })).error?.code).toBe("route.unknown_model");
		const stranger = await system.addPerson("viewer");
		await expect(tryOut({ model: "both", keyId: "narrow" }, stranger)).rejects.toMatchObject({
			code: "resource.not_found",
		});
	});

	it("disables a target, gives it a priority and timeouts of its own, and back", async () => {
		const change = (body: object) =>
			endpointsService.update({ ...on("mine/m1"), body: updateEndpoint.body.parse(body) });
		const changed = await change({ priority: 7, timeouts: { firstByteMs: 900 } });
		expect(changed.timeoutsInForce).toMatchObject({ firstByteMs: 900, idleMs: 120_000 });
		expect(system.configuration.current().targets.get("mine/m1")).toMatchObject({
			priority: 7,
			timeouts: { firstByteMs: 900, idleMs: 120_000 },
		});
		await change({ isEnabled: false });
		expect(system.configuration.current().targets.has("mine/m1")).toBe(false);
		expect((await tryOut({ model: "both" })).chosen).toBe("simulator/echo");
		const listed = await endpointsService.list();
		expect(listEndpoints.answer.safeParse(listed).error).toBeUndefined();
		expect(listed.items.find(({ target }) => target === "mine/m1")).toMatchObject({
			isEnabled: false,
			priority: 7,
			timeouts: { firstByteMs: 900, totalMs: null },
		});
		await change({ isEnabled: true });
		expect((await tryOut({ model: "both" })).chosen).toBe("simulator/echo");
		await change({ priority: 0 });
		expect((await tryOut({ model: "both" })).chosen).toBe("mine/m1");
		await expect(
			endpointsService.update({ ...on("mine/unknown"), body: {} }),
		).rejects.toMatchObject({ code: "resource.not_found" });
	});

	it("probes a target's provider on demand and counts the result", async () => {
		const report = await endpointsService.probe(on("mine/deep/m2"));
		expect(probeReport.safeParse(report).error).toBeUndefined();
		expect(report).toMatchObject({ ok: true, message: expect.stringContaining("not among them") });
		const { items } = await endpointsService.list();
		expect(items.find(({ target }) => target === "mine/m1")?.lastCheck).toMatchObject({ ok: true });
	});

	it("checks the health of every provider in use while the settings ask for it", async () => {
		const checked = new Map<string, boolean>();
		const settings = { ...system.configuration.current().settings };
		const checks = startHealthChecks({
			snapshot: () => ({
				...system.configuration.current(),
				settings: { ...settings, routing: { ...settings.routing, healthCheckSeconds: 3600 } },
			}),
			routing: { checked: (provider, { ok }) => checked.set(provider, ok) },
			egress: system.egress,
			log: system.log,
		});
		await expect.poll(() => checked.size, { timeout: 20_000 }).toBe(2);
		await checks.stop();
		expect(Object.fromEntries(checked)).toEqual({ mine: true, simulator: true });
	});

	it("finds a model server, says whether it is configured, and adds nothing", async () => {
		const before = (await providersService.list()).items.length;
		const scanned = await scanService.scan();
		expect(scanProviders.answer.safeParse(scanned).error).toBeUndefined();
		expect(scanned.asked).toContain("127.0.0.1:11434");
		expect(scanned.items.find(({ baseUrl }) => baseUrl.includes(`:${port}`))).toMatchObject({
			models: ["m1", "m2"],
			configuredAs: "mine",
			blockedBy: null,
		});
		expect((await providersService.list()).items).toHaveLength(before);
	});
});
