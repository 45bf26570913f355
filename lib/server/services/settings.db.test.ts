import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { killSwitchState, putSettings, settingsAnswer } from "../../contracts/system.ts";
import type { Principal } from "../auth/principal.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { modelsService } from "./models.ts";
import { settingsService } from "./settings.ts";
import { teamsService } from "./teams.ts";

describe("settingsService", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("admin");
	});
	afterAll(() => system.stop());

	const put = (version: number, keyRequestsPerMinute: number, guards = {}) =>
		settingsService.put({
			principal,
			body: putSettings.body.parse({
				version,
				value: { limits: { keyRequestsPerMinute }, guards },
			}),
		});

	it("puts new settings in force and refuses a change that did not see the last one", async () => {
		const before = await settingsService.get();
		expect(settingsAnswer.safeParse(before).error).toBeUndefined();
		const after = await put(before.version, 5);
		expect(after.value.limits.keyRequestsPerMinute).toBe(5);
		expect(after.changedBy).toBe(principal.email);
		expect(system.configuration.current().settings.limits.keyRequestsPerMinute).toBe(5);
		await expect(put(before.version, 6)).rejects.toMatchObject({ code: "resource.conflict" });
		const racers = await Promise.allSettled([put(after.version, 8), put(after.version, 9)]);
		expect(racers.map((racer) => racer.status).sort()).toEqual(["fulfilled", "rejected"]);
	});

	it("keeps the sections that a change does not send", async () => {
		const { version, value } = await settingsService.get();
		const set = (part: object) =>
			settingsService.put({
				principal,
				body: putSettings.body.parse({
					version: system.configuration.settingsVersion(),
					value: part,
				}),
			});
		const guards = { "secret-leak": { mode: "monitor", rules: { jwt: { mode: "off" } } } };
		const firewall = { ...value.firewall, mode: "monitor" };
		const privacy = { ...value.privacy, mode: "off", allowed: ["Example Ltd"] };
		await set({ guards, firewall, privacy, threats: { halfLifeSeconds: 77 } });
		const after = await set({ limits: { keyRequestsPerMinute: 12 } });
		expect(after.version).toBeGreaterThan(version);
		expect(after.value).toMatchObject({
			guards,
			firewall: { mode: "monitor" },
			privacy: { mode: "off", allowed: ["Example Ltd"] },
			threats: { halfLifeSeconds: 77 },
			limits: { keyRequestsPerMinute: 12 },
		});
		expect(system.configuration.current().settings.guards).toEqual(guards);
		const cleared = await set({ guards: {}, firewall: value.firewall, privacy: value.privacy });
		expect(cleared.value.guards).toEqual({});
		expect(cleared.value.limits.keyRequestsPerMinute).toBe(12);
	});

	it("refuses settings that a guard does not accept, and stores nothing", async () => {
		const { version } = await settingsService.get();
		await expect(put(version, 5, { "secret-leak": { timeoutMs: -1 } })).rejects.toMatchObject({
			code: "request.invalid",
		});
		expect((await settingsService.get()).version).toBe(version);
	});

	it("engages the kill switch with who, why and since, and edits of settings do not release it", async () => {
		const body = { engaged: true, reason: "a leaked key" };
		const state = await settingsService.setKillSwitch({ principal, body });
		expect(killSwitchState.safeParse(state).success).toBe(true);
		expect(state).toMatchObject({ ...body, by: principal.name });
		const { version } = await settingsService.get();
		await put(version, 11);
		expect((await settingsService.getKillSwitch()).engaged).toBe(true);
		const released = { engaged: false, reason: "rotated" };
		await settingsService.setKillSwitch({ principal, body: released });
		const { killSwitch, limits } = system.configuration.current().settings;
		expect(killSwitch.engaged).toBe(false);
		expect(limits.keyRequestsPerMinute).toBe(11);
	});

	it("lists models with prices, and teams by name once", async () => {
		const { items } = await modelsService.list({ principal });
		expect(items.map((item) => item.id)).toEqual(["simulator/echo", "simulator/lorem"]);
		await teamsService.create({ principal, body: { name: "Blue" } });
		await expect(teamsService.create({ principal, body: { name: "Blue" } })).rejects.toMatchObject({
			code: "resource.conflict",
		});
		expect((await teamsService.list()).items.map((team) => team.name)).toEqual(["Blue"]);
	});
});
