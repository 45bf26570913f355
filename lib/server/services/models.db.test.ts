import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "../../../proxy-core/keys/key-token.ts";
import { listModelCallers, listModels } from "../../contracts/models.ts";
import type { Principal } from "../auth/principal.ts";
import { setPriceOverride } from "../repositories/price-overrides.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { modelsService } from "./models.ts";

describe("modelsService", () => {
	let system: ServiceRuntime;
	let operator: Principal;
	let person: Principal;
	beforeAll(async () => {
		system = await startServiceRuntime();
		operator = await system.addPerson("operator");
		person = await system.addPerson("user");
		const team = await system.prisma.team.create({ data: { name: "Research" } });
		const add = (id: string, fields: object) =>
			system.prisma.apiKey.create({
				data: { id, name: id, secretHash: hashToken(id), ...fields },
			});
		await add("everything", { allowedModels: [] });
		await add("echoes", { allowedModels: ["gpt-4o", "simulator/e*"], teamId: team.id });
		await add("own", { allowedModels: ["lorem"], ownerId: person.userId });
		await add("revoked", { allowedModels: [], revokedAt: new Date() });
		await add("expired", { allowedModels: [], expiresAt: new Date(Date.now() - 1000) });
		await system.configuration.reload();
	});
	afterAll(() => system.stop());

	const list = async (principal: Principal) =>
		listModels.answer.parse(await modelsService.list({ principal })).items;
	const callers = async (principal: Principal, model: string) =>
		listModelCallers.answer.parse(await modelsService.callers({ principal, query: { model } }))
			.items;

	it("counts the keys and teams that may use each model", async () => {
		const found = await list(operator);
		const of = (id: string) => found.find((model) => model.id === id)?.callers;
		expect(of("simulator/echo")).toEqual({ keys: 2, teams: 1 });
		expect(of("simulator/lorem")).toEqual({ keys: 2, teams: 0 });
	});

	it("shows people their own keys only, and none to who may not have any", async () => {
		const viewer = await system.addPerson("viewer");
		const [echo, lorem] = await list(person);
		expect(echo?.callers).toEqual({ keys: 0, teams: 0 });
		expect(lorem?.callers).toEqual({ keys: 1, teams: 0 });
		expect((await list(viewer)).every((model) => model.callers === null)).toBe(true);
		expect(await callers(person, "simulator/echo")).toEqual([]);
	});

	it("says which pattern lets a key", async () => {
		expect(await callers(operator, "simulator/echo")).toEqual([
			{ id: "echoes", name: "echoes", team: "Research", pattern: "simulator/e*" },
			{ id: "everything", name: "everything", team: null, pattern: null },
		]);
		await expect(callers(operator, "simulator/none")).rejects.toMatchObject({
			code: "resource.not_found",
		});
	});

	it("says what a model can do, what it costs, and whose price that is", async () => {
		const before = (await list(operator)).find(({ id }) => id === "simulator/echo");
		expect(before).toMatchObject({
			kind: "simulator",
			override: null,
			traits: { purpose: "chat" },
		});
		const price = { inputMicroUsd: 4, outputMicroUsd: 5 };
		await setPriceOverride(system.prisma, {
			scope: "kind",
			place: "simulator",
			model: "echo",
			price,
			note: "",
			changedBy: "test",
		});
		await system.configuration.reload();
		const after = (await list(operator)).find(({ id }) => id === "simulator/echo");
		expect(after).toMatchObject({ override: "kind", price });
	});
});
