import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SettledRecord } from "../../../proxy-core/contract/settled-record.ts";
import { incidentDetail, listIncidents } from "../../contracts/incidents.ts";
import type { Principal } from "../auth/principal.ts";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { insertLines } from "../journal/insert-lines.ts";
import { finding } from "../threats-events/__fixtures__/findings.ts";
import { groupIncidents } from "../threats-events/group-incidents.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { incidentsService } from "./incidents.ts";

const start = Date.UTC(2026, 2, 1);
const minuteMs = 60_000;

describe("incidentsService", () => {
	let runtime: ServiceRuntime;
	let admin: Principal;
	let operator: Principal;
	let count = 0;

	beforeAll(async () => {
		runtime = await startServiceRuntime();
		admin = await runtime.addPerson("admin");
		operator = await runtime.addPerson("operator");
		await runtime.addPerson("viewer");
	}, 60_000);
	afterAll(() => runtime.stop());
	beforeEach(async () => {
		await runtime.pool.query(`TRUNCATE ledger_entries, threat_events, threat_pending, threat_incidents,
			incident_notes, threat_marks RESTART IDENTITY`);
	});

	/** An attack so many minutes after the start, shipped and grouped. */
	const attack = async (minute: number, changes: Partial<SettledRecord> = {}) => {
		count += 1;
		const record = settledRecord({
			requestId: `attack-${count}`,
			receivedAt: start + minute * minuteMs,
			ip: "198.51.100.7",
			findings: [finding()],
			...changes,
		});
		await insertLines(runtime.pool, [JSON.stringify(record)]);
		await groupIncidents(runtime.pool);
	};
	const list = async (query: Record<string, string> = {}) =>
		incidentsService.list({ query: listIncidents.query.parse(query), principal: admin });
	const only = async () => {
		const { items } = await list();
		const [incident] = items;
		if (incident === undefined || items.length > 1) throw new Error(`${items.length} incidents`);
		return { params: { id: incident.id }, principal: admin };
	};

	it("groups the events of one actor and aim until an hour is silent", async () => {
		await attack(0);
		await attack(50, {
			findings: [finding({ category: "jailbreak", rule: "role", severity: "critical" })],
		});
		await attack(30, { ip: "198.51.100.8" });
		await attack(100, { findings: [finding({ category: "secret", guard: "secret-leak" })] });
		await attack(200);
		const { items, counts } = await list();
		expect(
			items.map(({ actor, family, events, severity }) => [actor.id, family, events, severity]),
		).toEqual([
			["198.51.100.7", "manipulation", 2, "critical"],
			["198.51.100.7", "manipulation", 1, "high"],
			["198.51.100.7", "data", 1, "high"],
			["198.51.100.8", "manipulation", 1, "high"],
		]);
		expect(items[0]?.rules).toEqual(["prompt-injection/override", "prompt-injection/role"]);
		expect(counts).toEqual({ open: 4, acknowledged: 0, closed: 0 });
	});

	it("counts each event once, also when two nodes group at once", async () => {
		const lines = Array.from({ length: 300 }, (_, index) =>
			JSON.stringify(
				settledRecord({ requestId: `at-once-${index}`, ip: "192.0.2.9", findings: [finding()] }),
			),
		);
		for (let from = 0; from < 300; from += 30)
			await insertLines(runtime.pool, lines.slice(from, from + 30));
		const grouped = await Promise.all([1, 2, 3].map(() => groupIncidents(runtime.pool)));
		expect(grouped.toSorted((a, b) => a - b)).toEqual([0, 0, 10]);
		const { items } = await list();
		expect(items.map(({ events }) => events)).toEqual([300]);
	});

	it("makes no incident of mild redactions and of refusals of those who are banned already", async () => {
		await attack(0, {
			findings: [finding({ action: "redact", severity: "low", category: "personal-data" })],
		});
		await attack(1, { findings: [], outcome: "refused", errorCode: "caller_banned" });
		expect((await list()).items).toEqual([]);
	});

	it("holds an end user within its tenant, and says whom one can act on", async () => {
		const teamId = "00000000-0000-7000-8000-000000000001";
		await attack(0, { keyId: "k1", teamId, endUser: "u1", session: "s1" });
		await attack(1, { keyId: "k2", endUser: "u1", session: "s1" });
		const { items } = await list();
		expect(items.map(({ actor }) => [actor.id, actor.label]).toSorted()).toEqual([
			["key:k2/u1", "u1"],
			[`team:${teamId}/u1`, "u1"],
		]);
		const ofTeam = items.find(({ actor }) => actor.id.startsWith("team:"));
		const detail = await incidentsService.get({
			params: { id: ofTeam?.id ?? "" },
			principal: admin,
		});
		expect(incidentDetail.parse(detail)).toEqual(detail);
		expect(detail.newest).toHaveLength(1);
		expect(detail.suspects.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual([
			"ip 198.51.100.7",
			"key k1",
			`session team:${teamId}/s1`,
			`user team:${teamId}/u1`,
		]);
	});

	it("acknowledges, assigns, notes, closes and opens again, and writes down who did it", async () => {
		await attack(0);
		const one = await only();
		const as = { ...one, principal: operator };
		await incidentsService.update({ ...as, body: { state: "acknowledged" } });
		await incidentsService.update({ ...as, body: { assigneeId: admin.userId } });
		await incidentsService.addNote({ ...one, body: { text: "Seen before." } });
		await incidentsService.update({ ...one, body: { state: "closed" } });
		const closed = await incidentsService.update({ ...one, body: { state: "closed" } });
		expect(closed).toMatchObject({
			state: "closed",
			resolution: "resolved",
			assignee: { id: admin.userId, name: "admin" },
		});
		expect(closed.notes.map(({ kind, text, author }) => [kind, text, author.name])).toEqual([
			["state", "Acknowledged", "operator"],
			["assignment", "Assigned to admin", "operator"],
			["note", "Seen before.", "admin"],
			["state", "Closed", "admin"],
		]);
		expect((await list()).items).toEqual([]);
		expect((await list({ state: "closed", assignee: "me" })).items).toHaveLength(1);
		expect((await list({ state: "closed", assignee: "nobody" })).items).toEqual([]);
		const again = await incidentsService.update({ ...one, body: { state: "open" } });
		expect(again).toMatchObject({ state: "open", resolution: null, closedAt: null });
	});

	it("assigns only to people who may work on incidents", async () => {
		await attack(0);
		const { items } = await incidentsService.assignees();
		expect(items.map(({ name }) => name)).toEqual(["admin", "operator"]);
		const assigneeId = "00000000-0000-7000-8000-00000000000f";
		await expect(
			incidentsService.update({ ...(await only()), body: { assigneeId } }),
		).rejects.toMatchObject({ code: "request.invalid" });
	});

	it("begins a new incident after a closed one, and opens a watched one again", async () => {
		await attack(0);
		await incidentsService.update({ ...(await only()), body: { state: "closed" } });
		await attack(1);
		const one = await only();
		// The clock of the acknowledgement is the present; so is that of the next attack.
		await incidentsService.act({ ...one, body: { action: "watch" } });
		expect((await list()).items).toMatchObject([{ state: "acknowledged", isWatched: true }]);
		await attack(2);
		expect((await list()).items).toMatchObject([{ state: "acknowledged", events: 2 }]);
		await runtime.pool.query("UPDATE threat_incidents SET last_at = now()");
		await attack((Date.now() + 1000 - start) / minuteMs);
		expect((await list()).items).toMatchObject([{ state: "open", events: 3 }]);
	});

	it("bans whom an incident came from, and closes it", async () => {
		await attack(0);
		const one = await only();
		const suspect = { kind: "ip", id: "198.51.100.7" } as const;
		const body = { action: "ban", suspect, minutes: 60, reason: "Attacks" } as const;
		const banned = await incidentsService.act({ ...one, body });
		expect(banned).toMatchObject({ state: "closed", resolution: "banned" });
		expect(banned.notes.at(-1)?.text).toBe("Banned ip 198.51.100.7 for 60 min: Attacks");
		const { rows } = await runtime.pool.query("SELECT kind, value, reason FROM threat_bans");
		expect(rows).toMatchObject([{ kind: "ip", reason: "Attacks" }]);
	});

	it("puts an address on the allow-list, and refuses what cannot be on it", async () => {
		await attack(0);
		const one = await only();
		const session = { kind: "session", id: "team:t/s1" } as const;
		await expect(
			incidentsService.act({ ...one, body: { action: "allow", suspect: session, reason: "x" } }),
		).rejects.toMatchObject({ code: "request.invalid" });
		const suspect = { kind: "ip", id: "198.51.100.7" } as const;
		await incidentsService.act({
			...one,
			body: { action: "allow", suspect, reason: "Our scanner" },
		});
		expect(runtime.snapshot().settings.threats.allow.addresses).toContain("198.51.100.7");
	});

	it("marks every rule of a false alarm once, and exports everything about it", async () => {
		await attack(0);
		await attack(1, { findings: [finding({ rule: "second" }), finding({ rule: "third/part" })] });
		const one = await only();
		await incidentsService.markFalseAlarm(one);
		const marked = await incidentsService.markFalseAlarm(one);
		expect(marked).toMatchObject({ state: "closed", resolution: "false-alarm" });
		const { rows } = await runtime.pool.query("SELECT guard, rule FROM threat_marks ORDER BY rule");
		expect(rows).toEqual(
			["override", "second", "third/part"].map((rule) => ({ guard: "prompt-injection", rule })),
		);
		const file = (await (await incidentsService.export(one)).json()) as { events: unknown[] };
		expect(file).toMatchObject({ incident: { number: 1 }, notes: [{}, {}] });
		expect(file.events).toHaveLength(3);
	});

	it("pages through the queue, the worst first", async () => {
		for (let index = 0; index < 23; index += 1) {
			const severity = (["medium", "high", "critical"] as const)[index % 3] ?? "high";
			await attack(index, { ip: `192.0.2.${index}`, findings: [finding({ severity })] });
		}
		const seen: { id: string; severity: string }[] = [];
		let cursor: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof list>> = await list({
				limit: "5",
				...(cursor === null ? {} : { cursor }),
			});
			seen.push(...page.items);
			cursor = page.nextCursor;
		} while (cursor !== null);
		expect(new Set(seen.map(({ id }) => id)).size).toBe(23);
		expect(seen.map(({ severity }) => severity).join(" ")).toMatch(
			/^(critical ?)+(high ?)+(medium ?)+$/,
		);
		expect((await list({ severity: "high" })).items).toHaveLength(8);
		expect((await list({ search: "#4" })).items).toHaveLength(1);
		expect((await list({ search: "192.0.2.2" })).items.length).toBeGreaterThan(3);
	});
});
