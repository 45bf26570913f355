import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashToken, keyIdOf } from "../../../proxy-core/keys/key-token.ts";
import { keyInput, keySchema } from "../../contracts/keys.ts";
import { saveEnvironmentKeys } from "../repositories/keys.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { keysService } from "./keys.ts";

describe("keysService", () => {
	let system: ServiceRuntime;
	beforeAll(async () => {
		system = await startServiceRuntime();
	});
	afterAll(() => system.stop());

	const body = (changes: object = {}) => keyInput.parse({ name: "A key", ...changes });
	const inForce = (id: string) => system.configuration.current().keys.get(id);

	it("shows the token once, stores its hash only, and is in force at once", async () => {
		const principal = await system.addPerson("admin");
		const { key, token } = await keysService.create({ principal, body: body() });
		expect(keyIdOf(token)).toBe(key.id);
		expect(keySchema.safeParse(key).success).toBe(true);
		expect(inForce(key.id)?.secretHash).toEqual(hashToken(token));
		const { rows } = await system.pool.query("SELECT k::text AS text FROM api_keys AS k");
		expect(JSON.stringify(rows)).not.toContain(token.split("-")[3]);
		expect(JSON.stringify(await keysService.list({ principal }))).not.toContain(token);
	});

	it("keeps the id on rotation and accepts the old secret for the grace period only", async () => {
		const principal = await system.addPerson("operator");
		const first = await keysService.create({ principal, body: body() });
		const params = { id: first.key.id };
		const second = await keysService.rotate({ principal, params, body: { graceSeconds: 60 } });
		expect(second.key.id).toBe(first.key.id);
		const record = inForce(first.key.id);
		expect(record?.secretHash).toEqual(hashToken(second.token));
		expect(record?.previous?.secretHash).toEqual(hashToken(first.token));
		expect(record?.previous?.untilMs).toBeGreaterThan(Date.now());
		await keysService.rotate({ principal, params, body: { graceSeconds: 0 } });
		expect(inForce(first.key.id)?.previous).toBeUndefined();
	});

	it("revokes at once, twice without complaint, and refuses to rotate then", async () => {
		const principal = await system.addPerson("admin");
		const { key } = await keysService.create({ principal, body: body() });
		const params = { id: key.id };
		expect((await keysService.revoke({ principal, params })).status).toBe("revoked");
		expect(inForce(key.id)?.revokedAtMs).not.toBeNull();
		expect((await keysService.revoke({ principal, params })).status).toBe("revoked");
		await expect(
			keysService.rotate({ principal, params, body: { graceSeconds: 0 } }),
		).rejects.toMatchObject({ code: "resource.conflict" });
	});

	it("lets people see and touch their own keys only, unless they manage keys", async () => {
		const [admin, one, two] = await Promise.all(
			(["admin", "user", "user"] as const).map((role) => system.addPerson(role)),
		);
		if (admin === undefined || one === undefined || two === undefined) throw new Error("no people");
		const mine = await keysService.create({ principal: one, body: body() });
		expect(mine.key.owner?.id).toBe(one.userId);
		const params = { id: mine.key.id };
		const listOf = async (principal: typeof one) =>
			(await keysService.list({ principal })).items.map((key) => key.id);
		expect(await listOf(one)).toContain(mine.key.id);
		expect(await listOf(two)).toEqual([]);
		expect(await listOf(admin)).toContain(mine.key.id);
		for (const act of [
			() => keysService.revoke({ principal: two, params }),
			() => keysService.rotate({ principal: two, params, body: { graceSeconds: 0 } }),
			() => keysService.update({ principal: two, params, body: body({ ownerId: two.userId }) }),
		]) {
			await expect(act()).rejects.toMatchObject({ code: "resource.not_found" });
		}
		for (const changes of [
			{ ownerId: two.userId },
			{ ownerId: one.userId, allowedEndpoints: ["metrics"] },
		]) {
			await expect(
				keysService.update({ principal: one, params, body: body(changes) }),
			).rejects.toMatchObject({ code: "access.permission_missing" });
		}
		const renamed = body({ name: "Renamed", ownerId: one.userId });
		expect((await keysService.update({ principal: one, params, body: renamed })).name).toBe(
			"Renamed",
		);
	});

	it("refuses owners and teams that do not exist, and expiry in the past", async () => {
		const principal = await system.addPerson("admin");
		const nobody = "01900000-0000-7000-8000-000000000000";
		for (const changes of [
			{ ownerId: nobody },
			{ teamId: nobody },
			{ expiresAt: "2020-01-01T00:00:00Z" },
		]) {
			await expect(keysService.create({ principal, body: body(changes) })).rejects.toMatchObject({
				code: "request.invalid",
			});
		}
	});

	it("leaves keys of the environment to the environment", async () => {
		const principal = await system.addPerson("admin");
		const token = "a-token-of-the-environment";
		const id = keyIdOf(token) ?? "";
		const key = { id, token, name: "ci", allowedEndpoints: ["chat.completions"] as const };
		await saveEnvironmentKeys(system.prisma, [key]);
		await expect(keysService.revoke({ principal, params: { id } })).rejects.toMatchObject({
			code: "resource.read_only",
		});
		await saveEnvironmentKeys(system.prisma, []);
		await system.configuration.reload();
		expect(inForce(id)?.revokedAtMs).not.toBeNull();
	});
});
