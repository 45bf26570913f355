import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getRecordings, inspect, replay } from "../../contracts/inspections.ts";
import type { Role } from "../../contracts/permissions.ts";
import type { Principal } from "../auth/principal.ts";
import { startRecorder } from "../recordings/recorder.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { inspectionsService } from "./inspections.ts";

// Made of parts, so that no scanner takes this file for a leak.
const credential = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");
const text = `My token is ${credential}, keep it.`;
const blocking = { guards: { "secret-leak": { requestAction: "block" } } };

describe("inspectionsService", () => {
	let system: ServiceRuntime;
	const people = new Map<Role, Principal>();
	beforeAll(async () => {
		system = await startServiceRuntime();
		for (const role of ["admin", "viewer"] as const) {
			people.set(role, await system.addPerson(role));
		}
		const recorder = startRecorder({
			prisma: system.prisma,
			secretBox: system.secretBox,
			settings: () => ({ isOn: true, entriesMax: 100, hoursMax: 24 }),
			log: system.log,
			now: Date.now,
		});
		for (const content of [text, "Good morning"]) {
			recorder.record({
				requestId: content === text ? "req_leak" : "req_plain",
				receivedAt: Date.now(),
				endpoint: "chat.completions",
				caller: { kind: "console", userId: "u" },
				body: Buffer.from(JSON.stringify({ model: "m", messages: [{ role: "user", content }] })),
				action: "allow",
			});
		}
		await recorder.stop();
	});
	afterAll(() => system.stop());

	const as = (role: Role): Principal => {
		const person = people.get(role);
		if (person === undefined) throw new Error("nobody");
		return person;
	};
	const asked = (body: Record<string, unknown>, role: Role = "admin") =>
		inspectionsService.inspect({
			body: inspect.body.parse(body),
			principal: as(role),
			request: new Request("http://localhost/"),
		});

	it("judges a text under the policy in force and under a changed one", async () => {
		const view = await asked({ text, change: blocking });
		expect(inspect.answer.safeParse(view).error).toBeUndefined();
		expect(view.current).toMatchObject({ action: "flag", refusal: null });
		expect(view.changed).toMatchObject({ action: "block", refusal: { status: 403 } });
		expect(view.current.findings[0]).toMatchObject({ guard: "secret-leak", segment: 0 });
		expect(view.current.segments[0]?.views[0]?.encodings).toEqual([]);
	});

	it("places a text where it is said to stand", async () => {
		const { current } = await asked({ text: "The invoice is paid.", source: "tool-result" });
		expect(current.segments.map(({ source }) => source)).toContain("tool-result");
	});

	it("opens a recording only for those who may change guards", async () => {
		expect((await asked({ requestId: "req_leak" })).current.action).toBe("flag");
		await expect(asked({ requestId: "req_leak" }, "viewer")).rejects.toMatchObject({
			code: "access.permission_missing",
		});
		await expect(asked({ requestId: "req_none" })).rejects.toMatchObject({
			code: "resource.not_found",
		});
	});

	it("refuses two subjects at once, and a policy that cannot be put in force", async () => {
		await expect(asked({ text, requestId: "req_leak" })).rejects.toMatchObject({
			code: "request.invalid",
		});
		const change = { guards: { "secret-leak": { mode: "loud" } } };
		await expect(asked({ text, change })).rejects.toMatchObject({ code: "request.invalid" });
	});

	it("tells what a changed policy would do to recorded requests", async () => {
		const result = await inspectionsService.replay({
			body: replay.body.parse({ change: blocking }),
			principal: as("admin"),
			request: new Request("http://localhost/"),
		});
		expect(replay.answer.safeParse(result).error).toBeUndefined();
		expect(result).toMatchObject({ replayed: 2, skipped: 0, same: 1 });
		expect(result.moves).toEqual([{ from: "flag", to: "block", count: 1 }]);
		expect(result.items).toMatchObject([{ requestId: "req_leak", from: "flag", to: "block" }]);
	});

	it("counts recordings", async () => {
		const state = await inspectionsService.recordings();
		expect(getRecordings.answer.safeParse(state).error).toBeUndefined();
		expect(state.count).toBe(2);
	});
});
