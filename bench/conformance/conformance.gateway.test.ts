import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../lib/server/database/test-database.ts";
import type { Check } from "./define-check.ts";
import type { Outcome } from "./run-check.ts";
import { attempt, checkTimeoutMs } from "./run-check.ts";
import { suites } from "./suites.ts";
import type { Wire } from "./wires.ts";
import { forEveryWire } from "./wires.ts";
import type { Worlds } from "./world.ts";
import { openWorlds } from "./world.ts";

describe("clients that others wrote", () => {
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

	describe.each(suites)("$client", ({ checks }) => {
		it.each(checks)(
			"$name",
			async (check) => {
				const { of } = worlds ?? expect.fail("the gateway did not start");
				const outcomes = await forEveryWire((wire) => attempt(check, of(wire)));
				expect(outcomes).toEqual(await forEveryWire(async (wire) => expectedOf(check, wire)));
			},
			checkTimeoutMs + 5000,
		);
	});
});

function expectedOf({ wires, refusedBy }: Check, wire: Wire): Outcome {
	if (!wires.includes(wire)) return "absent";
	return refusedBy.includes(wire) ? "refused" : "pass";
}
