import { afterAll, beforeAll, describe, it } from "vitest";
import { createTestDatabase } from "../../lib/server/database/test-database.ts";
import { checks } from "./checks.ts";
import type { Worlds } from "./world.ts";
import { openWorlds, wires } from "./world.ts";

describe("the official openai SDK", () => {
	let worlds: Worlds | undefined;
	let dropDatabase: (() => Promise<void>) | undefined;

	beforeAll(async () => {
		const database = await createTestDatabase();
		dropDatabase = database.drop;
		worlds = await openWorlds({ databaseUrl: database.url });
	}, 90_000);

	afterAll(async () => {
		await worlds?.close();
		await dropDatabase?.();
	}, 60_000);

	describe.each(wires)("with a model on the %s wire gets", (wire) => {
		it.each(checks.filter((check) => check.wires.includes(wire)))(
			"$name",
			async ({ run }) => {
				if (worlds === undefined) throw new Error("the gateway did not start");
				await run(worlds.of(wire));
			},
			30_000,
		);
	});
});
