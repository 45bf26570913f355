import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardHistory, listGuards, updateGuard } from "../../contracts/guards.ts";
import type { Principal } from "../auth/principal.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { guardsService } from "./guards.ts";

const id = "secret-leak";

describe("guardsService", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("admin");
	});
	afterAll(() => system.stop());

	const guard = async () => {
		const list = await guardsService.list();
		expect(listGuards.answer.safeParse(list).error).toBeUndefined();
		const found = list.items.find((item) => item.id === id);
		if (found === undefined) throw new Error("The guard is not listed.");
		return { version: list.version, ...found };
	};
	const set = (version: number, value: Record<string, unknown>) =>
		guardsService.update({
			params: { id },
			principal,
			body: updateGuard.body.parse({ version, value }),
		});

	it("puts a mode in force, of a guard and of one of its rules", async () => {
		const { version, value, rules } = await guard();
		const rule = rules[0]?.id ?? "";
		const saved = await set(version, {
			...value,
			mode: "monitor",
			rules: { [rule]: { mode: "off" } },
		});
		expect(updateGuard.answer.safeParse(saved).error).toBeUndefined();
		expect(saved.guard.mode).toBe("monitor");
		expect(saved.guard.rules[0]?.mode).toBe("off");
		const compiled = system.configuration.current().guards.find((one) => one.id === id);
		expect(compiled?.policy).toMatchObject({
			mode: "monitor",
			rules: { [rule]: { mode: "off" } },
		});
	});

	it("refuses what the guard's schema refuses, and a change that did not see the last one", async () => {
		const { version, value } = await guard();
		await expect(set(version, { ...value, timeoutMs: -1 })).rejects.toMatchObject({
			code: "request.invalid",
		});
		await expect(set(version - 1, value)).rejects.toMatchObject({ code: "resource.conflict" });
		await expect(
			guardsService.update({
				params: { id: "nobody" },
				principal,
				body: { version, value },
			}),
		).rejects.toMatchObject({ code: "resource.not_found" });
	});

	it("tells who changed what", async () => {
		const { version, value } = await guard();
		await set(version, { ...value, timeoutMs: 1234 });
		const history = await guardsService.history({ params: { id } });
		expect(guardHistory.answer.safeParse(history).error).toBeUndefined();
		expect(history.items[0]).toMatchObject({
			changedBy: principal.email,
			changes: [{ field: "timeoutMs", before: "1000", after: "1234" }],
		});
	});

	it("counts what each rule found, and false alarms that people marked", async () => {
		const rule = (await guard()).rules[0]?.id ?? "";
		await system.pool.query(
			`INSERT INTO threat_marks (id, guard, rule, subject, subject_id, marked_by)
			VALUES (gen_random_uuid(), $1, $2, 'event', 'x', $3)`,
			[id, rule, principal.email],
		);
		const { rules, hits } = await guard();
		expect(rules[0]?.hits.falseAlarms).toBe(1);
		expect(hits.falseAlarms).toBe(1);
	});
});
