import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FindingRecord, SettledRecord } from "../../../proxy-core/contract/settled-record.ts";
import type { ThreatCategory } from "../../../proxy-core/contract/threats.ts";
import { severities } from "../../../proxy-core/contract/threats.ts";
import type { ThreatFilters } from "../../contracts/threats.ts";
import {
	attackers,
	exportThreats,
	getAttackers,
	getStageLatency,
	getThreatBreakdown,
	getThreatSummary,
	listThreats,
	stageLatency,
	threatBreakdown,
	threatDetail,
	threatGroups,
	threatSeries,
	threatSummary,
} from "../../contracts/threats.ts";
import type { Principal } from "../auth/principal.ts";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { insertLines } from "../journal/insert-lines.ts";
import { finding } from "../threats-events/__fixtures__/findings.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { threatsService } from "./threats.ts";

const minuteMs = 60_000;
const start = Date.UTC(2026, 2, 1);
const days = 9;
const teamId = "00000000-0000-7000-8000-000000000001";

/** What the tests expect of an event, counted by hand. */
interface Expected {
	readonly at: number;
	readonly record: SettledRecord;
	readonly found: FindingRecord;
	readonly isFirst: boolean;
}

describe("threatsService", () => {
	let runtime: ServiceRuntime;
	let admin: Principal;
	let person: Principal;
	let viewer: Principal;
	let expected: readonly Expected[] = [];
	let records: readonly SettledRecord[] = [];

	beforeAll(async () => {
		runtime = await startServiceRuntime();
		admin = await runtime.addPerson("admin");
		person = await runtime.addPerson("user");
		viewer = await runtime.addPerson("viewer");
		await runtime.prisma.team.create({ data: { id: teamId, name: "Support" } });
		records = Array.from({ length: 400 }, (_, index) => made(index, person.userId));
		const lines = records.map((record) => JSON.stringify(record));
		for (const part of [lines.slice(0, 250), lines]) await insertLines(runtime.pool, part);
		expected = records.flatMap((record) =>
			record.findings.map((found, place) => ({
				at: record.receivedAt,
				record,
				found,
				isFirst: place === record.findings.findIndex(({ action }) => action === "block"),
			})),
		);
	}, 60_000);
	afterAll(() => runtime.stop());

	const within = (from: number, to: number, filters: ThreatFilters = {}) =>
		expected.filter((one) => one.at >= from && one.at < to && fits(one, filters));
	const summary = (query: Readonly<Record<string, string | undefined>>, principal = admin) =>
		threatsService.summary({ query: getThreatSummary.query.parse(query), principal });

	it("counts what there is over any range, series and filters, and agrees with itself", async () => {
		const minute = fc.integer({ min: -60, max: days * 24 * 60 });
		const range = fc.tuple(minute, minute).filter(([from, to]) => from < to);
		const filters = fc.constantFrom<ThreatFilters>(
			{},
			{ layer: "secrets" },
			{ severity: "high" },
			{ effect: "would-block" },
			{ guard: "prompt-injection", rule: "rule-1" },
			{ keyId: "k1" },
			{ ip: "192.0.2.3" },
			{ endUser: "u2", category: "injection" },
			{ teamId, effect: "block" },
		);
		await fc.assert(
			fc.asyncProperty(
				range,
				filters,
				fc.constantFrom(...threatSeries),
				async (given, narrow, by) => {
					const [from, to] = [start + given[0] * minuteMs, start + given[1] * minuteMs];
					const answer = await summary({ ...instants(from, to), ...narrow, by });
					const events = within(from, to, narrow);
					expect(answer.totals).toMatchObject({
						events: events.length,
						blocked: events.filter(({ found }) => found.action === "block").length,
						wouldBlock: events.filter(({ found }) => found.wouldBe === "block").length,
						blockedRequests: events.filter(({ isFirst }) => isFirst).length,
						keys: new Set(events.flatMap(({ record }) => record.keyId ?? [])).size,
						attackers: new Set(events.map(({ record }) => record.ip)).size,
						isSampled: false,
					});
					const drawn = answer.series.flatMap(({ values }) => values);
					expect(sum(drawn)).toBe(events.length);
					expect(answer.before?.events).toBe(within(from - (to - from), from, narrow).length);
					expect(sum(answer.valuesBefore ?? [])).toBe(answer.before?.events);
				},
			),
			{ numRuns: 40, seed: 11 },
		);
	}, 60_000);

	it("answers by the contract, with the share of requests that no control stopped", async () => {
		const [from, to] = [start, start + days * 24 * 60 * minuteMs];
		const answer = await summary(instants(from, to));
		expect(threatSummary.parse(answer)).toEqual(answer);
		const { requests, blockedRequests, passRate } = answer.totals;
		expect(requests).toBe(records.length);
		expect(passRate).toBeCloseTo(1 - blockedRequests / requests);
		const ofOneAddress = await summary({ ...instants(from, to), ip: "192.0.2.3" });
		expect(ofOneAddress.totals.passRate).toBeNull();
	});

	it("ranks attackers by their weighted events, with and without filters", async () => {
		const [from, to] = [start, start + days * 24 * 60 * minuteMs];
		for (const filters of [{}, { severity: "critical" } as const]) {
			for (const [kind, of] of [
				["ip", (record: SettledRecord) => record.ip],
				["key", (record: SettledRecord) => record.keyId],
				["user", (record: SettledRecord) => record.endUser],
				["session", (record: SettledRecord) => record.session],
			] as const) {
				const answer = await threatsService.attackers({
					query: getAttackers.query.parse({ ...instants(from, to), ...filters, kind, limit: 50 }),
					principal: admin,
				});
				expect(attackers.parse(answer)).toEqual(answer);
				const scores = scoresOf(within(from, to, filters), of);
				expect(answer.total).toBe(scores.size);
				expect(new Map(answer.items.map(({ id, score }) => [id, score]))).toEqual(scores);
				for (const { score, sparkline } of answer.items) expect(sum(sparkline)).toBe(score);
				const ordered = answer.items.map(({ score }) => score);
				expect(ordered).toEqual(ordered.toSorted((a, b) => b - a));
			}
		}
	});

	it("counts by every group", async () => {
		const [from, to] = [start, start + days * 24 * 60 * minuteMs];
		for (const by of threatGroups) {
			for (const filters of [{}, { layer: "shield" } as const]) {
				const answer = await threatsService.breakdown({
					query: getThreatBreakdown.query.parse({
						...instants(from, to),
						...filters,
						by,
						limit: 100,
					}),
					principal: admin,
				});
				expect(threatBreakdown.parse(answer)).toEqual(answer);
				const events = within(from, to, filters).filter((one) => groupOf[by](one) !== null);
				expect(sum(answer.items.map((item) => item.events)), by).toBe(events.length);
				const ids = new Set(events.map((one) => groupOf[by](one)));
				expect(new Set(answer.items.map(({ id }) => id)), by).toEqual(ids);
			}
		}
	});

	it("pages through all events, newest first, each once", async () => {
		const range = instants(start, start + days * 24 * 60 * minuteMs);
		const seen: { id: string; at: string }[] = [];
		let cursor: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof threatsService.list>> = await threatsService.list({
				query: listThreats.query.parse({
					...range,
					limit: 37,
					...(cursor === null ? {} : { cursor }),
				}),
				principal: admin,
			});
			seen.push(...page.items);
			cursor = page.nextCursor;
		} while (cursor !== null);
		expect(seen).toHaveLength(expected.length);
		expect(new Set(seen.map(({ id }) => id)).size).toBe(expected.length);
		const times = seen.map(({ at }) => at);
		expect(times).toEqual(times.toSorted((a, b) => b.localeCompare(a)));
		await expect(
			threatsService.list({ query: listThreats.query.parse({ cursor: "x" }), principal: admin }),
		).rejects.toMatchObject({ code: "request.invalid" });
	});

	it("shows people the events of their own requests, everywhere, and viewers none", async () => {
		const range = instants(start, start + days * 24 * 60 * minuteMs);
		const own = expected.filter(({ record }) => record.ownerId === person.userId);
		const others = expected.find(({ record }) => record.ownerId !== person.userId);
		expect(own.length).toBeGreaterThan(10);
		for (const [principal, count] of [
			[person, own.length],
			[viewer, 0],
		] as const) {
			expect((await summary(range, principal)).totals.events).toBe(count);
			const ranked = await threatsService.attackers({
				query: getAttackers.query.parse({ ...range, limit: 50 }),
				principal,
			});
			expect(sum(ranked.items.map(({ events }) => events))).toBe(count);
			const groups = await threatsService.breakdown({
				query: getThreatBreakdown.query.parse({ ...range, by: "layer" }),
				principal,
			});
			expect(sum(groups.items.map(({ events }) => events))).toBe(count);
			const exported = await threatsService.export({
				query: exportThreats.query.parse({ ...range, format: "json" }),
				principal,
			});
			expect(await exported.json()).toHaveLength(count);
			await expect(
				threatsService.get({ params: { id: `${others?.record.requestId}.0` }, principal }),
			).rejects.toMatchObject({ code: "resource.not_found" });
		}
	});

	it("leads from an event to the others of its request, and remembers a mark until it is taken back", async () => {
		const [first] = expected.filter(({ record }) => record.findings.length > 1);
		const params = { id: `${first?.record.requestId}.0` };
		const detail = await threatsService.get({ params, principal: admin });
		expect(threatDetail.parse(detail)).toEqual(detail);
		expect(detail.others).toHaveLength((first?.record.findings.length ?? 0) - 1);
		for (const isFalseAlarm of [true, true, false]) {
			await threatsService.mark({ params, principal: admin, body: { isFalseAlarm } });
			const marked = await threatsService.get({ params, principal: admin });
			expect(marked.isFalseAlarm).toBe(isFalseAlarm);
		}
		for (const id of ["nothing", "nothing.0", `${first?.record.requestId}.99`]) {
			await expect(threatsService.get({ params: { id }, principal: admin })).rejects.toMatchObject({
				code: "resource.not_found",
			});
		}
	});

	it("exports lines that a spreadsheet does not run", async () => {
		const requestId = "formula";
		const receivedAt = Date.UTC(2025, 0, 1);
		await insertLines(runtime.pool, [
			JSON.stringify(
				settledRecord({
					requestId,
					receivedAt,
					keyId: "k1",
					endUser: "=1+1",
					findings: [finding()],
				}),
			),
		]);
		const answer = await threatsService.export({
			query: exportThreats.query.parse(instants(receivedAt, receivedAt + minuteMs)),
			principal: admin,
		});
		const lines = (await answer.text()).trimEnd().split("\r\n");
		expect(lines).toHaveLength(2);
		expect(lines[1]).toContain("'=1+1");
	});

	it("tells how long the stages took", async () => {
		const answer = await threatsService.latency({
			query: getStageLatency.query.parse(instants(start, start + days * 24 * 60 * minuteMs)),
			principal: admin,
		});
		expect(stageLatency.parse(answer)).toEqual(answer);
		expect(answer.requests).toBe(records.length);
		expect(answer.stages.map(({ name }) => name)).toEqual(["receive", "firewall"]);
		expect(answer.stages[1]?.p50Ms).toBeGreaterThan(0);
	});
});

const categories: readonly ThreatCategory[] = ["injection", "secret", "personal-data"];

/** One request in four has nothing, the others one to three findings of changing kinds. */
function made(index: number, ownerId: string): SettledRecord {
	const mixed = (index * 7919) % 1009;
	const keyId = `k${mixed % 5}`;
	const findings = Array.from({ length: index % 4 }, (_, place) => {
		const kind = (mixed + place) % 3;
		const isMonitored = (mixed + place) % 5 === 0;
		return finding({
			guard: kind === 1 ? "secret-leak" : "prompt-injection",
			rule: `rule-${(mixed + place) % 4}`,
			category: categories[kind] ?? "other",
			severity: severities[(mixed + place) % 4] ?? "low",
			action: isMonitored ? "flag" : (mixed + place) % 2 === 0 ? "block" : "redact",
			...(isMonitored ? { wouldBe: "block" as const } : {}),
			source: place === 0 ? "user" : "tool-result",
		});
	});
	return settledRecord({
		requestId: `made-${index}`,
		receivedAt: start + ((mixed * 977 + index) % (days * 24 * 60)) * minuteMs,
		keyId: index % 11 === 0 ? null : keyId,
		ownerId: mixed % 5 === 1 ? ownerId : null,
		teamId: mixed % 5 === 2 ? teamId : null,
		ip: `192.0.2.${mixed % 7}`,
		endUser: index % 3 === 0 ? null : `u${mixed % 6}`,
		session: `s${mixed % 20}`,
		model: mixed % 2 === 0 ? "echo" : "lorem",
		stages: [
			["receive", 0, 100],
			["firewall", 100, 50 + index],
		],
		findings,
	});
}

const weights = { low: 1, medium: 3, high: 8, critical: 20 } as const;

function scoresOf(events: readonly Expected[], of: (record: SettledRecord) => string | null) {
	const scores = new Map<string, number>();
	for (const { record, found } of events) {
		const id = of(record);
		if (id !== null) scores.set(id, (scores.get(id) ?? 0) + weights[found.severity ?? "medium"]);
	}
	return scores;
}

function layerOf({ found }: Expected): string {
	return found.guard === "secret-leak" ? "secrets" : "shield";
}

function effectOf({ found }: Expected): string {
	return found.wouldBe === undefined ? found.action : `would-${found.wouldBe}`;
}

const groupOf: Readonly<Record<(typeof threatGroups)[number], (one: Expected) => string | null>> = {
	rule: ({ found }) => `${found.guard}/${found.rule}`,
	layer: layerOf,
	category: ({ found }) => found.category ?? null,
	severity: ({ found }) => found.severity ?? null,
	key: ({ record }) => record.keyId,
	team: ({ record }) => record.teamId,
	model: ({ record }) => record.model,
	endpoint: ({ record }) => record.endpoint,
	source: ({ found }) => found.source,
	country: () => null,
};

function fits(one: Expected, filters: ThreatFilters): boolean {
	const { record, found } = one;
	const facts: ThreatFilters = {
		layer: layerOf(one) as NonNullable<ThreatFilters["layer"]>,
		category: found.category,
		severity: found.severity,
		effect: effectOf(one) as NonNullable<ThreatFilters["effect"]>,
		guard: found.guard,
		rule: found.rule,
		keyId: record.keyId ?? undefined,
		teamId: record.teamId ?? undefined,
		endUser: record.endUser ?? undefined,
		ip: record.ip,
	};
	return Object.entries(filters).every(
		([name, value]) => facts[name as keyof ThreatFilters] === value,
	);
}

function instants(from: number, to: number) {
	return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
