import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listSignatures, putSignatures, trySignatures } from "../../contracts/signatures.ts";
import { teamSchema } from "../../contracts/users.ts";
import type { Principal } from "../auth/principal.ts";
import { createKey } from "../repositories/keys.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { signaturesService } from "./signatures.ts";
import { teamsService } from "./teams.ts";

const giraffe = {
	id: "OWN-GIRAFFE",
	title: "The giraffe protocol",
	literals: ["blue giraffe protocol"],
	mode: "enforce",
} as const;

describe("signaturesService", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("operator");
	});
	afterAll(() => system.stop());

	const put = (version: number, value: unknown) =>
		signaturesService.put({ principal, body: putSignatures.body.parse({ version, value }) });
	const attempt = (body: unknown) =>
		signaturesService.try({ body: trySignatures.body.parse(body) });

	it("lists what came with the version, each with its modes", async () => {
		const list = await signaturesService.list();
		expect(listSignatures.answer.safeParse(list).error).toBeUndefined();
		expect(list.items.length).toBeGreaterThan(150);
		expect(list.items.find(({ id }) => id === "FW-002")).toMatchObject({
			ownMode: "monitor",
			disguisedMode: "enforce",
			mode: null,
			isOwn: false,
		});
	});

	it("puts modes and own signatures in force, and refuses a change that did not see the last one", async () => {
		const { version } = await signaturesService.list();
		const rules = { "FW-002": { mode: "off" } };
		const saved = await put(version, { own: [giraffe], rules });
		expect(saved.version).toBeGreaterThan(version);
		expect(saved.items.find(({ id }) => id === giraffe.id)).toMatchObject({ isOwn: true });
		expect(saved.items.find(({ id }) => id === "FW-002")).toMatchObject({ mode: "off" });
		const { matcher } = system.configuration.current().firewall;
		await system.configuration.reload();
		expect(system.configuration.current().firewall.matcher).toBe(matcher);
		await expect(put(version, {})).rejects.toMatchObject({ code: "resource.conflict" });
	});

	it("never lets a bad set replace a good one", async () => {
		const { value, version } = await signaturesService.list();
		for (const own of [
			[{ ...giraffe, literals: ["<>"] }],
			[{ ...giraffe, literals: ["x".repeat(501)] }],
			[{ ...giraffe, id: "FW-002" }],
			[giraffe, giraffe],
		]) {
			const read = putSignatures.body.safeParse({ version, value: { ...value, own } });
			expect(read.success).toBe(false);
		}
		const { hits } = await system.configuration.current().firewall.search("blue giraffe protocol");
		expect(hits).toHaveLength(1);
	});

	it("tries texts under the signatures in force and under others, without changing anything", async () => {
		const texts = ["a Blue giraffe protocol", "a red one"];
		const inForce = await attempt({ texts });
		expect(trySignatures.answer.safeParse(inForce).error).toBeUndefined();
		expect(inForce.items.map(({ action }) => action)).toEqual(["block", "allow"]);
		expect(inForce.items[0]?.hits[0]).toMatchObject({ id: giraffe.id, start: 2, end: 23 });
		const other = { ...giraffe, id: "OWN-RED", literals: ["a red one"], mode: "monitor" };
		const tried = await attempt({ texts, own: [other] });
		expect(tried.items.map(({ action }) => action)).toEqual(["allow", "flag"]);
		expect((await signaturesService.list()).value.own).toHaveLength(1);
	});
});

describe("limits of a team", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("operator");
	});
	afterAll(() => system.stop());

	it("reach its keys when they are changed", async () => {
		const team = await teamsService.create({ principal, body: { name: "Agents" } });
		expect(teamSchema.parse(team)).toMatchObject({ textBytesMax: null, messagesMax: null });
		const key = await createKey(system.prisma, {
			name: "agent",
			ownerId: null,
			teamId: team.id,
			allowedModels: [],
			allowedEndpoints: [],
			requestsPerMinute: null,
			expiresAt: null,
		});
		const update = (body: { messagesMax?: number | null; textBytesMax?: number | null }) =>
			teamsService.update({ params: { id: team.id }, body, principal });
		await update({ messagesMax: 400 });
		const limits = () => system.configuration.current().keys.get(key.id)?.teamLimits;
		expect(limits()).toEqual({ messagesMax: 400 });
		await update({ textBytesMax: 0 });
		expect(limits()).toEqual({ messagesMax: 400, textBytesMax: 0 });
		await update({ messagesMax: null });
		expect(limits()).toEqual({ textBytesMax: 0 });
		const nobody = "00000000-0000-7000-8000-000000000000";
		await expect(
			teamsService.update({ params: { id: nobody }, body: {}, principal }),
		).rejects.toMatchObject({ code: "resource.not_found" });
	});
});
