import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../../proxy-core/pricing/price-catalogue.ts";
import type { ModelPrice } from "../../contracts/prices.ts";
import { getPriceHistory, listPrices, revertPrice, setPrice } from "../../contracts/prices.ts";
import type { Principal } from "../auth/principal.ts";
import { openConfiguration } from "../configuration/configuration-store.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { pricesService } from "./prices.ts";

const echo = { scope: "provider", place: "simulator", model: "echo" } as const;
const dear: ModelPrice = { inputMicroUsd: 5_000_000, outputMicroUsd: 9_000_000 };

describe("pricesService", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("operator");
	});
	afterAll(() => system.stop());
	afterEach(async () => {
		await system.pool.query("TRUNCATE price_overrides");
		await system.configuration.reload();
	});

	const set = (changes: object) =>
		pricesService.set({
			principal,
			body: setPrice.body.parse({ ...echo, price: dear, note: "our contract", ...changes }),
		});
	const revert = (place: object) =>
		pricesService.revert({ principal, body: revertPrice.body.parse(place) });
	const history = (place: object) =>
		pricesService.history({ query: getPriceHistory.query.parse(place) });
	const list = async (query: object) => {
		const answer = await pricesService.list({ query: listPrices.query.parse(query) });
		return listPrices.answer.parse(answer);
	};
	const priceInForce = () => system.configuration.current().targets.get("simulator/echo")?.price;

	it("puts a price in force on save, and marks what is recorded with it", async () => {
		const before = system.configuration.current();
		const saved = await set({});
		expect(setPrice.answer.parse(saved)).toMatchObject({
			...echo,
			price: dear,
			note: "our contract",
			changedBy: principal.email,
			revokedAt: null,
		});
		expect(priceInForce()).toEqual(dear);
		expect(before.targets.get("simulator/echo")?.price).not.toEqual(dear);
		expect(system.configuration.current().priceVersion).toMatch(
			new RegExp(`^${before.priceVersion}\\+20`),
		);
	});

	it("reaches another node by the database", async () => {
		const prices = createPriceCatalogue(readShippedPrices());
		const other = await openConfiguration({ ...system, prices, node: "other" });
		await set({});
		expect(other.current().targets.get("simulator/echo")?.price).not.toEqual(dear);
		await other.reload();
		expect(other.current().targets.get("simulator/echo")?.price).toEqual(dear);
	});

	it("keeps every price that ever held, and goes back to the list's", async () => {
		const listed = priceInForce();
		await set({ note: "first" });
		await set({ note: "second", price: { inputMicroUsd: 1, outputMicroUsd: 2 } });
		expect(priceInForce()).toEqual({ inputMicroUsd: 1, outputMicroUsd: 2 });
		await revert(echo);
		expect(priceInForce()).toEqual(listed);
		const past = getPriceHistory.answer.parse(await history(echo));
		expect(past.listed).toEqual(listed);
		expect(past.items.map(({ note }) => note)).toEqual(["second", "first"]);
		expect(past.items.every(({ revokedBy }) => revokedBy === principal.email)).toBe(true);
		await expect(revert(echo)).rejects.toMatchObject({ code: "resource.not_found" });
	});

	it("never holds two prices for one model, however many save at once", async () => {
		await Promise.all(
			Array.from({ length: 8 }, (_, index) =>
				set({ price: { inputMicroUsd: index, outputMicroUsd: index } }),
			),
		);
		const { items } = await history(echo);
		expect(items).toHaveLength(8);
		expect(items.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
	});

	it("gives a price to a kind's models, below those of a provider", async () => {
		await set({ scope: "kind", price: { inputMicroUsd: 3, outputMicroUsd: 3 } });
		expect(priceInForce()?.inputMicroUsd).toBe(3);
		await set({});
		expect(priceInForce()).toEqual(dear);
		const { items } = await list({ kind: "simulator", search: "echo" });
		expect(items).toMatchObject([{ model: "echo", isOverridden: true }]);
	});

	it("does without a stored price that cannot be read any more", async () => {
		const listed = priceInForce();
		const data = { ...echo, note: "", changedBy: "x", price: { inputMicroUsd: "much" } };
		await system.prisma.priceOverride.create({ data });
		await system.configuration.reload();
		expect(priceInForce()).toEqual(listed);
		expect((await history(echo)).items).toMatchObject([{ price: null, revokedAt: null }]);
		expect(system.configuration.problems()).toMatchObject([{ place: "price:simulator/echo" }]);
	});

	it("refuses a price for a provider or a kind that does not exist", async () => {
		for (const place of [{ place: "nobody" }, { scope: "kind", place: "nobody" }]) {
			await expect(set(place)).rejects.toMatchObject({ code: "resource.not_found" });
			await expect(history({ ...echo, ...place })).rejects.toMatchObject({
				code: "resource.not_found",
			});
		}
		expect(setPrice.body.safeParse({ ...echo, price: { inputMicroUsd: 1.5 } }).success).toBe(false);
	});

	it("lists the whole catalogue page by page, each model once", async () => {
		const names: string[] = [];
		let cursor: string | null = null;
		for (let round = 0; round < 20; round += 1) {
			const page = await list({
				kind: "openai",
				limit: 40,
				...(cursor === null ? {} : { cursor }),
			});
			names.push(...page.items.map(({ model }) => model));
			cursor = page.nextCursor;
			if (cursor === null) break;
		}
		const { total } = await list({ kind: "openai" });
		expect(cursor).toBeNull();
		expect(names).toHaveLength(total);
		expect(new Set(names).size).toBe(total);
		expect(total).toBeGreaterThan(100);
	});

	it("finds models by words of their name and by what they are for", async () => {
		const found = await list({ search: "OPENAI embedding", purpose: "embedding" });
		expect(found.items.map(({ model }) => model)).toContain("text-embedding-3-small");
		expect(found.items.every(({ traits }) => traits?.purpose === "embedding")).toBe(true);
		expect((await list({ search: "no such model" })).items).toEqual([]);
		expect((await list({})).kinds.map(({ id }) => id)).toContain("anthropic");
	});
});
