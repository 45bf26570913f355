import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	getAttackers,
	getThreatBreakdown,
	getThreatSummary,
	threatBreakdown,
	threatSummary,
} from "../../contracts/threats.ts";
import type { Principal } from "../auth/principal.ts";
import { rollUpThreats, threatColumns } from "../journal/ship-threats.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { threatsService } from "./threats.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2026, 2, 1);
const to = new Date(start + 10 * dayMs).toISOString();
const count = 60_000;
const busy = { ip: "192.0.2.1", keyId: "busy" } as const;
type Query = Readonly<Record<string, string>>;

/** One address with a busy key and, once in a thousand, a quiet one; evenly over ten days. */
const events = `
INSERT INTO threat_events (${threatColumns})
SELECT 'r' || n, 0, to_timestamp(${start} / 1000.0) + make_interval(secs => 864000.0 * n / ${count}), 'shield',
	'prompt-injection', 'rule-' || n % 3, 'injection', 'high', 'block', NULL, true, 'user', 1, '192.0.2.1',
	CASE WHEN n % 1000 = 0 THEN 'quiet' ELSE 'busy' END, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'messages',
	'key', 'busy', 'manipulation'
FROM generate_series(0, ${count - 1}) AS n`;

describe("countedPeriod", () => {
	let runtime: ServiceRuntime;
	let admin: Principal;

	beforeAll(async () => {
		runtime = await startServiceRuntime();
		admin = await runtime.addPerson("admin");
		await runtime.pool.query(events);
		await runtime.pool.query(
			`WITH threat_events_in AS (SELECT ${threatColumns} FROM threat_events), ${rollUpThreats} SELECT`,
		);
		await runtime.pool.query("ANALYZE");
	}, 60_000);
	afterAll(() => runtime.stop());

	const summary = async (query: Query) => {
		const asked = getThreatSummary.query.parse({
			from: new Date(start).toISOString(),
			to,
			...query,
		});
		const answer = await threatsService.summary({ query: asked, principal: admin });
		expect(threatSummary.parse(answer)).toEqual(answer);
		return answer;
	};
	const breakdown = async (query: Query) => {
		const asked = getThreatBreakdown.query.parse({
			from: new Date(start).toISOString(),
			to,
			...query,
		});
		const answer = await threatsService.breakdown({ query: asked, principal: admin });
		expect(threatBreakdown.parse(answer)).toEqual(answer);
		return answer;
	};
	const countSince = async (from: string | null, condition = "true"): Promise<unknown> => {
		const { rows } = await runtime.pool.query(
			`SELECT count(*)::int AS count FROM threat_events WHERE at >= $1 AND ${condition}`,
			[from],
		);
		return rows[0]?.count;
	};

	it("counts all events of one party, however many", async () => {
		for (const query of [{ ip: busy.ip }, { keyId: busy.keyId, severity: "high" }]) {
			const { isShortened, totals } = await summary(query);
			expect(isShortened).toBe(false);
			expect(totals.events).toBe("ip" in query ? count : count - count / 1000);
		}
	});

	it("counts the newest events of two busy parties, and says since when", async () => {
		const answer = await summary(busy);
		expect(answer.isShortened).toBe(true);
		expect(Date.parse(answer.from)).toBeGreaterThan(start);
		expect(answer.totals.events).toBe(await countSince(answer.from, "key_id = 'busy'"));
		expect(answer.totals.events).toBeGreaterThan(10_000);
		expect(answer.totals.events).toBeLessThan(count / 2);
		expect(answer.before).toBeNull();
		const drawn = answer.series.flatMap(({ values }) => values);
		expect(drawn.reduce((sum, value) => sum + value, 0)).toBe(answer.totals.events);
	});

	it("counts all events of a busy and a quiet party together", async () => {
		const answer = await summary({ ...busy, keyId: "quiet" });
		expect(answer).toMatchObject({ isShortened: false, totals: { events: count / 1000 } });
		expect(answer.before?.events).toBe(0);
	});

	it("tells since when a breakdown counts", async () => {
		const byKey = await breakdown({ ip: busy.ip, by: "key" });
		expect(byKey.countedFrom).not.toBeNull();
		const counted = byKey.items.reduce((sum, { events: many }) => sum + many, 0);
		expect(counted).toBe(await countSince(byKey.countedFrom));
		expect((await breakdown({ ip: busy.ip, by: "rule" })).countedFrom).toBeNull();
	});

	it("draws a week of a busy party by days and of a quiet one by quarters of days", async () => {
		const from = new Date(start + 3 * dayMs).toISOString();
		const busyWeek = await summary({ from, keyId: busy.keyId });
		expect(busyWeek).toMatchObject({ isShortened: false, bucketSeconds: 86_400 });
		expect(busyWeek.totals.events).toBe(await countSince(from, "key_id = 'busy'"));
		expect(busyWeek.before?.events).toBe(count - count / 1000 - busyWeek.totals.events);
		expect(await summary({ from, keyId: "quiet" })).toMatchObject({ bucketSeconds: 21_600 });
	});

	it("says how many events the attackers of two busy parties were ranked by", async () => {
		const query = getAttackers.query.parse({ from: new Date(start).toISOString(), to, ...busy });
		const answer = await threatsService.attackers({ query, principal: admin });
		expect(answer.items).toHaveLength(1);
		expect(answer.sampledEvents).toBe(answer.items[0]?.events);
	});
});
