import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyzing } from "../../../proxy-core/testing/presidio-server.ts";
import type { ScriptedUpstream } from "../../../proxy-core/testing/upstream-script.ts";
import { sendJson, startScriptedUpstream } from "../../../proxy-core/testing/upstream-script.ts";
import { checkPresidio, privacyAnswer, putPrivacy, tryPrivacy } from "../../contracts/privacy.ts";
import type { Principal } from "../auth/principal.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { privacyService } from "./privacy.ts";

describe("privacyService", () => {
	let system: ServiceRuntime;
	let presidio: ScriptedUpstream;
	let admin: Principal;
	let viewer: Principal;
	beforeAll(async () => {
		system = await startServiceRuntime();
		presidio = await startScriptedUpstream();
		presidio.answer((response, seen) =>
			seen.path.startsWith("/v1/supportedentities")
				? sendJson(["PHONE_NUMBER", "PERSON"])(response, seen)
				: analyzing({ "Ann Lee": "PERSON" })(response, seen),
		);
		admin = await system.addPerson("admin");
		viewer = await system.addPerson("viewer");
	});
	afterAll(async () => {
		await presidio.close();
		await system.stop();
	});

	const request = new Request("http://localhost/");
	const put = async (value: object) => {
		const { version } = await privacyService.get();
		const body = putPrivacy.body.parse({ version, value });
		return privacyService.put({ principal: admin, body });
	};
	const tryOut = async (principal: Principal, body: object) => {
		const tried = await privacyService.try({
			principal,
			request,
			body: tryPrivacy.body.parse(body),
		});
		expect(tryPrivacy.answer.safeParse(tried).error).toBeUndefined();
		return tried;
	};

	it("puts settings in force, and refuses those of somebody who did not see the last ones", async () => {
		const before = await privacyService.get();
		expect(privacyAnswer.safeParse(before).error).toBeUndefined();
		expect(before.value.mode).toBe("monitor");
		const saved = await put({ mode: "enforce", actions: { PERSON: "block" } });
		expect(saved.value).toMatchObject({ mode: "enforce", actions: { PERSON: "block" } });
		expect(system.configuration.current().settings.privacy.mode).toBe("enforce");
		const body = putPrivacy.body.parse({ version: before.version, value: {} });
		await expect(privacyService.put({ principal: admin, body })).rejects.toMatchObject({
			code: "resource.conflict",
		});
	});

	it("does not take an analyzer without an address", () => {
		const wrong = putPrivacy.body.safeParse({ version: 0, value: { analyzer: "both" } });
		expect(wrong.error?.issues[0]?.path).toEqual(["value", "presidio", "url"]);
	});

	it("masks a text as the settings in force would, or those that are being made", async () => {
		await put({ mode: "monitor", actions: { EMAIL_ADDRESS: "mask" } });
		const text = '{"to":"a@b.com","note":"\\u0061@b.com"}';
		expect(await tryOut(viewer, { text })).toMatchObject({
			masked: '{"to":"<EMAIL_ADDRESS_1>","note":"<EMAIL_ADDRESS_1>"}',
			found: [
				{ type: "EMAIL_ADDRESS", action: "mask", start: 7, end: 14 },
				{ type: "EMAIL_ADDRESS", action: "mask" },
			],
		});
		const value = { actions: { EMAIL_ADDRESS: "redact" } };
		const { masked } = await tryOut(viewer, { text: "a@b.com", value });
		expect(masked).toBe("[REDACTED:EMAIL_ADDRESS]");
	});

	it("sends a tried text to no address that its sender may not set", async () => {
		const value = { analyzer: "presidio", presidio: { url: presidio.baseUrl } };
		const before = presidio.seen.length;
		expect((await tryOut(viewer, { text: "by Ann Lee", value })).found).not.toMatchObject([
			{ score: 0.85 },
		]);
		expect(presidio.seen.length).toBe(before);
		expect(await tryOut(admin, { text: "by Ann Lee", value })).toMatchObject({
			masked: "by <PERSON_1>",
			found: [{ score: 0.85 }],
		});
	});

	it("says whether an analyzer is there", async () => {
		const check = (url: string) =>
			privacyService.checkPresidio({ request, body: checkPresidio.body.parse({ url }) });
		const works = await check(`${presidio.baseUrl}/`);
		expect(checkPresidio.answer.safeParse(works).error).toBeUndefined();
		expect(works).toMatchObject({
			works: true,
			message: "It found PERSON.",
			entities: ["PERSON", "PHONE_NUMBER"],
		});
		expect(await check("http://127.0.0.1:9")).toMatchObject({ works: false });
		expect(await check("http://169.254.169.254")).toMatchObject({ works: false });
		expect(await check("nowhere")).toMatchObject({ works: false });
	});

	it("counts what was found by type", async () => {
		const id = "00000000-0000-4000-8000-000000000001";
		await system.pool.query(
			`INSERT INTO threat_dimensions (id, layer, guard, rule, category, severity, action, would_be, source)
			VALUES ($1, 'privacy', 'privacy', 'US_SSN', 'personal-data', 'low', 'flag', 'redact', 'user')`,
			[id],
		);
		for (const [hoursAgo, events] of [
			[1, 3],
			[50, 4],
		]) {
			await system.pool.query(
				`INSERT INTO threat_rollups (step_seconds, at, dimension_id, events, blocked, would_block, blocked_requests)
				VALUES (3600, date_trunc('hour', now() - make_interval(hours => $1)), $2, $3, 0, 0, 0)`,
				[hoursAgo, id, events],
			);
		}
		expect((await privacyService.get()).counts).toEqual([
			{
				type: "US_SSN",
				day: { found: 3, enforced: 0, wouldHave: 3 },
				week: { found: 7, enforced: 0, wouldHave: 7 },
			},
		]);
	});
});
