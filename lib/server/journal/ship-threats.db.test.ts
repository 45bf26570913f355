import { once } from "node:events";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SettledRecord } from "../../../proxy-core/contract/settled-record.ts";
import { liveEvent } from "../../contracts/events.ts";
import type { TestDatabase } from "../database/test-database.ts";
import { createTestDatabase } from "../database/test-database.ts";
import { finding } from "../threats-events/__fixtures__/findings.ts";
import { settledRecord } from "./__fixtures__/settled-record.ts";
import { insertLines } from "./insert-lines.ts";
import { threatsChannel } from "./ship-threats.ts";

describe("the threat events that ship with the ledger", () => {
	let database: TestDatabase;
	let pool: pg.Pool;

	beforeAll(async () => {
		database = await createTestDatabase();
		pool = new pg.Pool({ connectionString: database.url, max: 4 });
		pool.on("error", () => undefined);
	});
	afterAll(async () => {
		await pool.end();
		await database.drop();
	});
	beforeEach(async () => {
		await pool.query(`TRUNCATE ledger_entries, threat_events, threat_dimensions, threat_rollups,
			threat_party_rollups, threat_pending`);
	});

	const ship = (...records: readonly (Partial<SettledRecord> & { requestId: string })[]) =>
		insertLines(
			pool,
			records.map((record) => JSON.stringify(settledRecord(record))),
		);
	const all = async (table: string, order: string) =>
		(await pool.query(`SELECT * FROM ${table} ORDER BY ${order}`)).rows;

	it("are one for each finding, with who sent the request", async () => {
		const monitored = finding({
			guard: "secret-leak",
			rule: "aws-key",
			category: "secret",
			action: "flag",
			wouldBe: "redact",
			source: "answer",
		});
		await ship({
			requestId: "r1",
			outcome: "refused",
			errorCode: "guardrail_blocked",
			keyId: "k1",
			ownerId: "o1",
			teamId: "t1",
			endUser: "u1",
			session: "s1",
			ip: "192.0.2.1",
			findings: [finding(), monitored],
		});
		expect(await all("threat_events", "index")).toMatchObject([
			{
				request_id: "r1",
				index: 0,
				at: new Date(settledRecord({ requestId: "" }).receivedAt),
				layer: "shield",
				guard: "prompt-injection",
				rule: "override",
				category: "injection",
				severity: "high",
				action: "block",
				would_be: null,
				is_decisive: true,
				source: "user",
				score: 0.9,
				ip: "192.0.2.1",
				key_id: "k1",
				owner_id: "o1",
				team_id: "t1",
				end_user: "u1",
				session: "s1",
				fingerprint: null,
				country: null,
				model: "echo",
				endpoint: "chat.completions",
				actor_kind: "user",
				actor: "team:t1/u1",
				family: "manipulation",
			},
			{ index: 1, layer: "secrets", action: "flag", would_be: "redact", is_decisive: false },
		]);
	});

	it("are made of refusals too, unless a finding says why already", async () => {
		const refused = { outcome: "refused", status: 401, model: null, provider: null } as const;
		await ship(
			{ requestId: "wrong", ...refused, errorCode: "invalid_api_key", ip: "192.0.2.7" },
			{ requestId: "fast", ...refused, errorCode: "rate_limit_exceeded", keyId: "k1" },
			{ requestId: "banned", ...refused, errorCode: "caller_banned", keyId: "k1" },
			{ requestId: "poor", ...refused, errorCode: "budget_exceeded", keyId: "k1" },
			{
				requestId: "said",
				...refused,
				errorCode: "caller_banned",
				findings: [finding({ guard: "bans" })],
			},
		);
		const events = await all("threat_events", "request_id");
		expect(
			events.map((event) => [
				event.request_id,
				event.layer,
				event.rule,
				event.category,
				event.actor,
			]),
		).toEqual([
			["banned", "bans", "caller_banned", "banned", "k1"],
			["fast", "limits", "rate_limit_exceeded", "flood", "k1"],
			["said", "bans", "override", "injection", "127.0.0.1"],
			["wrong", "authentication", "invalid_api_key", "credential", "192.0.2.7"],
		]);
		expect(events.every((event) => event.is_decisive)).toBe(true);
	});

	it("count once, however often and in whatever batches a request is sent", async () => {
		const records = Array.from({ length: 30 }, (_, index) => ({
			requestId: `r${index}`,
			keyId: `k${index % 3}`,
			findings: [finding(), finding({ rule: "second" })],
		}));
		await ship(...records.slice(0, 20), ...records.slice(0, 5));
		await ship(...records);
		await ship(...records.slice(7));
		expect(await all("threat_events", "request_id")).toHaveLength(60);
		const { rows } = await pool.query(`SELECT step_seconds, sum(events)::int AS events,
			sum(blocked)::int AS blocked, sum(blocked_requests)::int AS requests
			FROM threat_rollups GROUP BY 1 ORDER BY 1`);
		expect(rows).toEqual(
			[3600, 21_600, 86_400].map((step_seconds) => ({
				step_seconds,
				events: 60,
				blocked: 60,
				requests: 30,
			})),
		);
		const parties =
			await pool.query(`SELECT kind, party, events, weight, worst FROM threat_party_rollups
			WHERE step_seconds = 3600 AND kind IN ('ip', 'key') ORDER BY kind, party`);
		expect(parties.rows).toEqual([
			{ kind: "ip", party: "127.0.0.1", events: 60, weight: 480, worst: 3 },
			{ kind: "key", party: "k0", events: 20, weight: 160, worst: 3 },
			{ kind: "key", party: "k1", events: 20, weight: 160, worst: 3 },
			{ kind: "key", party: "k2", events: 20, weight: 160, worst: 3 },
		]);
		const pending = await pool.query("SELECT sum(events)::int AS events FROM threat_pending");
		expect(pending.rows).toEqual([{ events: 60 }]);
	});

	it("let two shippers add to the same sums at once", async () => {
		const batch = (shipper: number) =>
			Array.from({ length: 200 }, (_, index) => {
				const key = shipper % 2 === 0 ? index % 40 : 39 - (index % 40);
				return { requestId: `s${shipper}-${index}`, keyId: `k${key}`, findings: [finding()] };
			});
		await Promise.all([0, 1, 2, 3].map((shipper) => ship(...batch(shipper))));
		const { rows } = await pool.query(
			"SELECT sum(events)::int AS events FROM threat_rollups WHERE step_seconds = 3600",
		);
		expect(rows).toEqual([{ events: 800 }]);
	});

	it("are bounded for a request with thousands of findings, and the one that blocked is among them", async () => {
		const redactions = Array.from({ length: 3000 }, () =>
			finding({ action: "redact", rule: "email", severity: "low" }),
		);
		await ship({ requestId: "r1", findings: [...redactions, finding({ rule: "last" })] });
		const events = await all("threat_events", "index");
		expect(events).toHaveLength(64);
		expect(events.at(-1)).toMatchObject({ rule: "last", index: 3000, is_decisive: true });
	});

	it("take findings that an older version wrote without category and severity", async () => {
		const { category: _, severity: __, ...old } = finding();
		await ship({ requestId: "r1", findings: [old] });
		expect(await all("threat_events", "index")).toMatchObject([
			{ category: "other", severity: "medium", family: "other" },
		]);
	});

	it("are told to the consoles, and nothing is told without them", async () => {
		const listener = new pg.Client({ connectionString: database.url });
		await listener.connect();
		await listener.query(`LISTEN ${threatsChannel}`);
		const heard = once(listener, "notification") as Promise<[pg.Notification]>;
		await ship({ requestId: "harmless" });
		await ship({ requestId: "r1", findings: [finding(), finding({ action: "flag" })] });
		const [{ payload }] = await heard;
		const event = { type: "threats.found", count: 2, blocked: 1, worst: 3 };
		expect(liveEvent.parse(JSON.parse(payload ?? ""))).toEqual(event);
		await listener.end();
	});
});
