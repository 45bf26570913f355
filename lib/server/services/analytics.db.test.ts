import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SettledRecord } from "../../../proxy-core/contract/settled-record.ts";
import type { AnalyticsGroup } from "../../contracts/analytics.ts";
import { analytics, exportAnalytics, getAnalytics } from "../../contracts/analytics.ts";
import type { Principal } from "../auth/principal.ts";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { insertLines } from "../journal/insert-lines.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { analyticsService } from "./analytics.ts";

const hourMs = 3_600_000;
const start = Date.UTC(2026, 2, 1);
const days = 12;
const teamId = "00000000-0000-7000-8000-000000000001";

describe("analyticsService", () => {
	let runtime: ServiceRuntime;
	let admin: Principal;
	let person: Principal;
	let records: readonly SettledRecord[] = [];

	beforeAll(async () => {
		runtime = await startServiceRuntime();
		admin = await runtime.addPerson("admin");
		person = await runtime.addPerson("user");
		await runtime.prisma.team.create({ data: { id: teamId, name: "Support" } });
		records = Array.from({ length: 600 }, (_, index) => made(index, person.userId));
		const lines = records.map((record) => JSON.stringify(record));
		// Twice, as after a crash between the commit and the removal of the journal's file.
		for (const part of [lines.slice(0, 400), lines, lines.slice(100, 200)]) {
			await insertLines(runtime.pool, part);
		}
	}, 60_000);
	afterAll(() => runtime.stop());

	const ask = (query: Record<string, string>, principal = admin) =>
		analyticsService.get({ query: getAnalytics.query.parse(query), principal });
	const within = (from: number, to: number) =>
		records.filter(({ receivedAt }) => receivedAt >= from && receivedAt < to);

	it("counts what the ledger holds, over any range and by any group", async () => {
		const instant = fc.integer({ min: -3 * 60, max: days * 24 * 60 });
		const groups = fc.constantFrom(...(Object.keys(groupsOf) as AnalyticsGroup[]));
		const range = fc.tuple(instant, instant).filter(([from, to]) => from < to);
		await fc.assert(
			fc.asyncProperty(range, groups, async ([first, last], groupBy) => {
				const [from, to] = [start + first * 60_000, start + last * 60_000];
				const answer = await ask({
					...instants(from, to),
					groupBy,
					metric: "tokens",
					limit: "200",
				});
				const expected = within(from, to);
				expect(answer.totals.requests).toBe(expected.length);
				expect(answer.totals.costMicroUsd).toBe(sum(expected, (one) => one.costMicroUsd ?? 0));
				const found = new Map(answer.items.map(({ id, value }) => [id, value]));
				expect(found).toEqual(tokensBy(expected, groupsOf[groupBy]));
				const drawn = answer.series.flatMap(({ values }) => values);
				expect(sum(drawn, (value) => value ?? 0)).toBe(sum([...found.values()], (value) => value));
			}),
			{ numRuns: 40, seed: 7 },
		);
	}, 60_000);

	it("answers by the contract, and compares with the period of the same length before", async () => {
		const [from, to] = [start + 6 * 24 * hourMs, start + 9 * 24 * hourMs];
		const answer = await ask({ ...instants(from, to), groupBy: "provider", metric: "requests" });
		expect(analytics.parse(answer)).toEqual(answer);
		const earlier = within(from - (to - from), from);
		expect(answer.before?.totals.requests).toBe(earlier.length);
		expect(sum(answer.valuesBefore ?? [], (value) => value ?? 0)).toBe(earlier.length);
		for (const item of answer.items) {
			expect(item.valueBefore).toBe(earlier.filter(({ provider }) => provider === item.id).length);
		}
	});

	it("applies every filter to totals, groups and steps alike", async () => {
		const range = instants(start, start + days * 24 * hourMs);
		const filters: readonly [string, string, (one: SettledRecord) => boolean][] = [
			["provider", "p1", ({ provider }) => provider === "p1"],
			["keyId", "k2", ({ keyId }) => keyId === "k2"],
			["teamId", teamId, (one) => one.teamId === teamId],
			["userId", person.userId, ({ ownerId }) => ownerId === person.userId],
			["tag", "odd", ({ tags }) => tags.includes("odd")],
			["errorCode", "upstream_failed", ({ errorCode }) => errorCode === "upstream_failed"],
			["route", "fast", ({ route }) => route === "fast"],
			["endpoint", "messages", ({ endpoint }) => endpoint === "messages"],
		];
		for (const [name, value, fits] of filters) {
			const answer = await ask({ ...range, [name]: value, metric: "requests" });
			const expected = records.filter(fits).length;
			expect([name, answer.totals.requests]).toEqual([name, expected]);
			const drawn = answer.series.flatMap(({ values }) => values);
			expect(sum(drawn, (one) => one ?? 0)).toBe(expected);
		}
	});

	it("pages through a ranking without repeating or losing a group", async () => {
		const question = { ...instants(start, start + days * 24 * hourMs), groupBy: "key", limit: "2" };
		const all = await ask({ ...question, limit: "200" });
		const ids: (string | null)[] = [];
		let cursor: string | null = null;
		for (let page = 0; page < 10; page += 1) {
			const answer = await ask({ ...question, ...(cursor === null ? {} : { cursor }) });
			ids.push(...answer.items.map(({ id }) => id));
			cursor = answer.nextCursor;
			if (cursor === null) break;
		}
		expect(ids).toEqual(all.items.map(({ id }) => id));
	});

	it("refuses a cursor of something else", async () => {
		await expect(ask({ cursor: "bm90LWEtY3Vyc29y" })).rejects.toMatchObject({
			code: "request.invalid",
		});
	});

	it("names teams, keys and people, and says who belongs to none", async () => {
		const range = instants(start, start + days * 24 * hourMs);
		const teams = await ask({ ...range, groupBy: "team", teamId });
		expect(teams.items.map(({ label }) => label)).toEqual(["Support"]);
		expect(teams.filterNames).toEqual({ teamId: "Support" });
		const models = await ask({ ...range, groupBy: "model", metric: "errors" });
		expect(models.items.find(({ id }) => id === null)?.label).toBe("No model");
	});

	it("shows people their own usage only", async () => {
		const range = instants(start, start + days * 24 * hourMs);
		const own = await ask({ ...range, groupBy: "key" }, person);
		const expected = records.filter(({ ownerId }) => ownerId === person.userId);
		expect(own.totals.requests).toBe(expected.length);
		const [from, to] = [range.from, range.to];
		const query = exportAnalytics.query.parse({ from, to, format: "json", groupBy: "key" });
		const file = await analyticsService.export({ query, principal: person });
		const rows = (await file.json()) as { requests: number }[];
		expect(sum(rows, ({ requests }) => requests)).toBe(expected.length);
	});

	it("comes close to the exact percentiles", async () => {
		const answer = await ask({
			...instants(start, start + days * 24 * hourMs),
			metric: "latency",
			groupBy: "provider",
		});
		const exact = records
			.filter(({ outcome }) => outcome === "answered")
			.map(({ durationMs }) => durationMs)
			.toSorted((a, b) => a - b);
		const p95 = exact[Math.ceil(exact.length * 0.95) - 1] ?? 0;
		expect((answer.totals.latencyMsP95 ?? 0) / p95).toBeGreaterThan(0.85);
		expect((answer.totals.latencyMsP95 ?? 0) / p95).toBeLessThan(1.15);
		expect(answer.series.every(({ kind }) => kind === "group")).toBe(true);
	});

	it("exports a record for each step and group as CSV and JSON", async () => {
		const range = instants(start, start + 2 * 24 * hourMs);
		const asked = { ...range, groupBy: "key" };
		const csv = await analyticsService.export({
			query: exportAnalytics.query.parse({ ...asked, format: "csv" }),
			principal: admin,
		});
		expect(csv.headers.get("content-disposition")).toContain("usage-by-key-2026-03-03.csv");
		const [header, ...lines] = (await csv.text()).trimEnd().split("\r\n");
		expect(header).toMatch(/^time,group_id,group,requests,/);
		const counted = sum(lines, (line) => Number(line.split(",")[3]));
		expect(counted).toBe(within(start, start + 2 * 24 * hourMs).length);
		const json = await analyticsService.export({
			query: exportAnalytics.query.parse({ ...asked, format: "json" }),
			principal: admin,
		});
		expect((await json.json()) as unknown[]).toHaveLength(lines.length);
	});
});

/** Spread over twelve days; every third is owned, every fifth failed, every seventh refused. */
function made(index: number, ownerId: string): SettledRecord {
	const isFailed = index % 5 === 0;
	const isRefused = !isFailed && index % 7 === 0;
	const served = {
		provider: `p${String(index % 3)}`,
		model: `m/${String(index % 4)}`,
		usage: { inputTokens: index, outputTokens: index % 17, estimated: false },
		costMicroUsd: index * 3,
	};
	const unserved = { provider: null, model: null, usage: null, costMicroUsd: null };
	return settledRecord({
		...(isRefused ? unserved : served),
		requestId: `req_${String(index)}`,
		receivedAt: start + index * ((days * 24 * hourMs) / 600) + (index % 13) * 1000,
		outcome: isFailed ? "failed" : isRefused ? "refused" : "answered",
		errorCode: isFailed ? "upstream_failed" : isRefused ? "guardrail_blocked" : null,
		action: isRefused ? "block" : "allow",
		keyId: index % 11 === 0 ? null : `k${String(index % 6)}`,
		ownerId: index % 3 === 0 ? ownerId : null,
		teamId: index % 2 === 0 ? teamId : null,
		endpoint: index % 4 === 0 ? "messages" : "chat.completions",
		route: index % 9 === 0 ? "fast" : null,
		durationMs: 40 + ((index * 7919) % 3000),
		tags: index % 2 === 1 ? ["odd", "odd"] : index % 3 === 0 ? ["third", "even"] : [],
	});
}

const groupsOf: Readonly<
	Record<AnalyticsGroup, (one: SettledRecord) => readonly (string | null)[]>
> = {
	model: ({ provider, model }) => [provider === null ? null : `${provider}/${String(model)}`],
	provider: ({ provider }) => [provider],
	route: ({ route }) => [route],
	endpoint: ({ endpoint }) => [endpoint],
	team: (one) => [one.teamId],
	user: ({ userId, ownerId }) => [userId ?? ownerId],
	key: ({ keyId }) => [keyId],
	tag: ({ tags }) => [...new Set(tags)],
	error: ({ errorCode }) => [errorCode],
};

function tokensBy(
	records: readonly SettledRecord[],
	groups: (one: SettledRecord) => readonly (string | null)[],
): ReadonlyMap<string | null, number> {
	const tokens = new Map<string | null, number>();
	for (const record of records) {
		const { inputTokens = 0, outputTokens = 0 } = record.usage ?? {};
		for (const group of groups(record)) {
			tokens.set(group, (tokens.get(group) ?? 0) + inputTokens + outputTokens);
		}
	}
	return tokens;
}

function instants(from: number, to: number) {
	return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
	return items.reduce((total, item) => total + of(item), 0);
}
