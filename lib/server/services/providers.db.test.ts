import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProvider, providerInput, providerSchema } from "../../contracts/providers.ts";
import type { Principal } from "../auth/principal.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { providersService } from "./providers.ts";

const marker = "sk-marker-0123456789abcdef";

describe("providersService", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	const seen: (string | undefined)[] = [];
	const upstream = createServer((request, response) => {
		seen.push(request.headers.authorization);
		response.setHeader("content-type", "application/json");
		response.end(JSON.stringify({ object: "list", data: [{ id: "m1" }, { id: "m2" }] }));
	});
	let baseUrl = "";
	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("admin");
		await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
		baseUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
	});
	afterAll(async () => {
		upstream.close();
		await system.stop();
	});

	const input = (id: string, settings: object, changes: object = {}) =>
		createProvider.body.parse({
			id,
			kind: "openai-compatible",
			title: "Mine",
			settings: { baseUrl, ...settings },
			models: ["m1"],
			...changes,
		});
	const update = (id: string, changes: object) =>
		providersService.update({
			principal,
			params: { id },
			body: providerInput.parse({
				kind: "openai-compatible",
				title: "Mine",
				settings: { baseUrl },
				models: ["m1"],
				...changes,
			}),
		});

	it("puts a provider in force and never shows its secret", async () => {
		const made = await providersService.create({
			principal,
			body: input("first", { apiKey: marker }),
		});
		expect(providerSchema.safeParse(made).success).toBe(true);
		expect(made.secretsSet).toEqual(["apiKey"]);
		expect(made.unpricedModels).toEqual(["m1"]);
		expect(system.configuration.current().targets.get("first/m1")).toBeDefined();
		const { rows } = await system.pool.query("SELECT u::text AS text FROM upstreams AS u");
		expect(JSON.stringify([made, await providersService.list(), rows])).not.toContain("marker");
	});

	it("keeps the secret when an update leaves it out, and uses it in a check", async () => {
		await providersService.create({ principal, body: input("second", { apiKey: marker }) });
		await update("second", { title: "Renamed", settings: { baseUrl, apiKey: "" } });
		const report = await providersService.check({ principal, params: { id: "second" } });
		expect(report).toMatchObject({ ok: true, models: ["m1", "m2"] });
		expect(seen.at(-1)).toBe(`Bearer ${marker}`);
		const listed = (await providersService.list()).items.find((item) => item.id === "second");
		expect(listed).toMatchObject({ title: "Renamed", health: { check: { status: "ok" } } });
	});

	it("never sends a stored secret to an address that was typed just now", async () => {
		await providersService.create({ principal, body: input("third", { apiKey: marker }) });
		const elsewhere = { baseUrl: baseUrl.replace("/v1", "/v2") };
		const body = { id: "third", kind: "openai-compatible", settings: elsewhere };
		const before = seen.length;
		await expect(providersService.test({ body })).rejects.toMatchObject({
			code: "request.invalid",
		});
		await expect(update("third", { settings: elsewhere })).rejects.toMatchObject({
			code: "request.invalid",
		});
		expect(seen).toHaveLength(before);
	});

	it("refuses unknown kinds, wrong settings, taken names and private addresses", async () => {
		const refused = (body: ReturnType<typeof input>, code: string) =>
			expect(providersService.create({ principal, body })).rejects.toMatchObject({ code });
		await refused(input("x", {}, { kind: "nonsense" }), "request.invalid");
		await refused(input("x", { nonsense: 1 }), "request.invalid");
		await refused(input("simulator", {}), "resource.conflict");
		await refused(input("x", { baseUrl: "http://169.254.169.254/v1" }), "egress.refused");
	});

	it("lets the simulator be disabled but not removed", async () => {
		const params = { id: "simulator" };
		await expect(providersService.remove({ principal, params })).rejects.toMatchObject({
			code: "resource.read_only",
		});
		const body = { kind: "simulator", title: "Simulator", settings: {}, isEnabled: false };
		await update("simulator", { ...body, models: ["echo"] });
		expect(system.configuration.current().targets.get("simulator/echo")).toBeUndefined();
		await update("simulator", { ...body, models: ["echo"], isEnabled: true });
		expect(system.configuration.current().targets.get("simulator/echo")?.price).toBeDefined();
		expect((await providersService.check({ principal, params })).ok).toBe(true);
	});

	it("removes what the console added", async () => {
		await providersService.create({ principal, body: input("gone", {}) });
		await providersService.remove({ principal, params: { id: "gone" } });
		expect(system.configuration.current().targets.get("gone/m1")).toBeUndefined();
		await expect(
			providersService.remove({ principal, params: { id: "gone" } }),
		).rejects.toMatchObject({ code: "resource.not_found" });
	});
});
