import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SettledRecord } from "../../../proxy-core/contract/settled-record.ts";
import { getOverview, overview } from "../../contracts/overview.ts";
import { listRequests, requestDetail, requestSummary } from "../../contracts/requests.ts";
import type { Principal } from "../auth/principal.ts";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { insertLines } from "../journal/insert-lines.ts";
import type { ServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "./__fixtures__/service-runtime.ts";
import { overviewService } from "./overview.ts";
import { requestsService } from "./requests.ts";

const minuteMs = 60_000;

describe("the ledger's services", () => {
	let system: ServiceRuntime;
	let admin: Principal;
	let person: Principal;
	const start = Date.now() - 50 * minuteMs;
	const settle = (records: readonly (Partial<SettledRecord> & { requestId: string })[]) =>
		insertLines(
			system.pool,
			records.map((record) => JSON.stringify(settledRecord(record))),
		);
	const list = (principal: Principal, query: Record<string, string> = {}) =>
		requestsService.list({ principal, query: listRequests.query.parse({ range: "1h", ...query }) });

	beforeAll(async () => {
		system = await startServiceRuntime();
		admin = await system.addPerson("admin");
		person = await system.addPerson("user");
		await settle([
			// Many share an instant, so that pages have to split them by id.
			...Array.from({ length: 40 }, (_, index) => ({
				requestId: `r${String(index).padStart(2, "0")}`,
				receivedAt: start + Math.floor(index / 7) * minuteMs,
				durationMs: 10 + index,
			})),
			{ requestId: "mine-1", receivedAt: start, ownerId: person.userId, keyId: "k" },
			{ requestId: "mine-2", receivedAt: start, userId: person.userId },
			{
				requestId: "blocked",
				receivedAt: start,
				outcome: "refused",
				status: 403,
				action: "block",
				errorCode: "guardrail_blocked",
				usage: null,
				costMicroUsd: null,
			},
			{
				requestId: "unpriced",
				receivedAt: start,
				provider: "local",
				model: "m",
				costMicroUsd: null,
				isUnpriced: true,
			},
			{ requestId: "old", receivedAt: start - 30 * minuteMs, outcome: "failed", status: 502 },
		]);
	});
	afterAll(() => system.stop());

	it("pages through every request once, newest first, whatever the page size", async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (limit) => {
				const seen: { id: string; at: string }[] = [];
				let cursor: string | null = "";
				for (let pages = 0; cursor !== null && pages < 60; pages += 1) {
					const at: Record<string, string> = cursor === "" ? {} : { cursor };
					const page = await list(admin, { limit: String(limit), ...at });
					seen.push(...page.items.map((item) => ({ id: item.id, at: item.receivedAt })));
					cursor = page.nextCursor;
				}
				expect(new Set(seen.map((item) => item.id)).size).toBe(seen.length);
				expect(seen).toHaveLength(44);
				expect(seen.map((item) => item.at)).toEqual(
					seen
						.map((item) => item.at)
						.sort()
						.reverse(),
				);
			}),
			{ numRuns: 8 },
		);
	});

	it("filters by everything the page offers", async () => {
		const ids = async (query: Record<string, string>) =>
			(await list(admin, query)).items.map((item) => item.id).sort();
		expect(await ids({ outcome: "refused" })).toEqual(["blocked"]);
		expect(await ids({ action: "block" })).toEqual(["blocked"]);
		expect(await ids({ model: "m" })).toEqual(["unpriced"]);
		expect(await ids({ provider: "local" })).toEqual(["unpriced"]);
		expect(await ids({ keyId: "k" })).toEqual(["mine-1"]);
		expect(await ids({ search: "mine" })).toEqual(["mine-1", "mine-2"]);
		expect(await ids({ ip: "10.0.0.1" })).toEqual([]);
		expect(await ids({ search: "%" })).toEqual([]);
		const from = new Date(start - 31 * minuteMs).toISOString();
		const to = new Date(start - 29 * minuteMs).toISOString();
		expect(await ids({ from, to })).toEqual(["old"]);
	});

	it("refuses cursors that are not its own", async () => {
		for (const cursor of ["x", Buffer.from("[1]").toString("base64url")]) {
			await expect(list(admin, { cursor })).rejects.toMatchObject({ code: "request.invalid" });
		}
	});

	it("shows people who do not manage keys their own requests only", async () => {
		expect((await list(person)).items.map((item) => item.id).sort()).toEqual(["mine-1", "mine-2"]);
		await expect(
			requestsService.get({ principal: person, params: { id: "r00" } }),
		).rejects.toMatchObject({ code: "resource.not_found" });
		const mine = await requestsService.get({ principal: person, params: { id: "mine-2" } });
		expect(mine.user?.name).toBe("user");
		expect(requestDetail.safeParse(mine).success).toBe(true);
		const query = getOverview.query.parse({ range: "1h" });
		const own = await overviewService.get({ principal: person, query });
		expect(own.current.requests).toBe(2);
	});

	it("answers in the shapes of the contract", async () => {
		const { items } = await list(admin);
		expect(items.every((item) => requestSummary.safeParse(item).success)).toBe(true);
	});

	it("sums the range up, with every bucket and the period before", async () => {
		const query = getOverview.query.parse({ range: "1h" });
		const answer = await overviewService.get({ principal: admin, query });
		expect(overview.safeParse(answer).error).toBeUndefined();
		expect(answer.current).toMatchObject({
			requests: 44,
			refused: 1,
			blocked: 1,
			failed: 0,
			unpricedRequests: 1,
			costMicroUsd: 42 * 17,
			inputTokens: 43 * 12,
		});
		expect(answer.previous).toMatchObject({ requests: 1, failed: 1, latencyMsP50: null });
		const gaps = answer.buckets.map(
			(bucket, index) =>
				Date.parse(bucket.at) - Date.parse(answer.buckets[index - 1]?.at ?? bucket.at),
		);
		expect(new Set(gaps.slice(1))).toEqual(new Set([answer.bucketSeconds * 1000]));
		const sum = answer.buckets.reduce(
			(total, bucket) => total + bucket.answered + bucket.refused,
			0,
		);
		expect(sum).toBe(44);
		expect(answer.topModels[0]).toMatchObject({ id: "simulator/echo", requests: 43 });
		expect(answer.topKeys).toMatchObject([{ id: "k", label: "k", requests: 1 }]);
		expect(answer.errors).toEqual([{ code: "guardrail_blocked", requests: 1 }]);
		expect(answer.warnings.map((warning) => warning.id)).toEqual([
			"prices.missing",
			"providers.simulated",
		]);
	});
});
