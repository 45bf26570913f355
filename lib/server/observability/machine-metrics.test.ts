import { describe, expect, it } from "vitest";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { createMachineMetrics } from "./machine-metrics.ts";
import { createMeter } from "./meter.ts";

function meter(databaseUp = true) {
	return createMeter({ journalBacklog: () => 2, databaseUp: () => databaseUp });
}

function settle(own: ReturnType<typeof meter>, count: number): void {
	for (let index = 0; index < count; index += 1) {
		own.requestStarted();
		own.requestSettled(settledRecord({ requestId: "a", durationMs: 20 }));
	}
}

/** Values of the lines that begin with `start`. */
function values(text: string, start: string): readonly number[] {
	return text
		.split("\n")
		.filter((line) => line.startsWith(start))
		.map((line) => Number(line.split(" ").at(-1)));
}

const total = "llmproxy_requests_total{";

describe("createMachineMetrics", () => {
	it("adds counters, buckets and loads up, and takes the worst of what is up or down", async () => {
		const [primary, one, two] = [meter(), meter(), meter(false)];
		settle(one, 3);
		settle(two, 4);
		two.requestStarted();
		const machine = createMachineMetrics({ workers: 2 });
		const reports = new Map([
			[1, await one.report()],
			[2, await two.report()],
		]);
		const text = await machine.render(await primary.report(), reports);
		expect(values(text, total)).toEqual([7]);
		const bucket = 'llmproxy_request_duration_seconds_bucket{le="0.025"';
		expect(values(text, bucket)).toEqual([7]);
		expect(values(text, "llmproxy_request_duration_seconds_count{")).toEqual([7]);
		expect(values(text, "llmproxy_requests_in_flight ")).toEqual([1]);
		expect(values(text, "llmproxy_journal_backlog ")).toEqual([6]);
		expect(values(text, "llmproxy_database_up ")).toEqual([0]);
		expect(values(text, "llmproxy_workers ")).toEqual([2]);
		expect(values(text, "llmproxy_workers_silent ")).toEqual([0]);
	});

	it("lets no counter fall when a worker is silent, ends, and is replaced", async () => {
		const [primary, one, two, three] = [meter(), meter(), meter(), meter()];
		settle(one, 3);
		settle(two, 4);
		const machine = createMachineMetrics({ workers: 2 });
		const own = await primary.report();
		const first = await one.report();
		await machine.render(
			own,
			new Map([
				[1, first],
				[2, await two.report()],
			]),
		);

		const silent = await machine.render(
			own,
			new Map([
				[1, first],
				[2, undefined],
			]),
		);
		expect(values(silent, total)).toEqual([7]);
		expect(values(silent, "llmproxy_workers_silent ")).toEqual([1]);
		expect(values(silent, "llmproxy_journal_backlog ")).toEqual([4]);

		machine.retire(2);
		const fewer = await machine.render(own, new Map([[1, first]]));
		expect(values(fewer, total)).toEqual([7]);
		expect(values(fewer, "llmproxy_workers_silent ")).toEqual([1]);

		settle(three, 5);
		const replaced = new Map([
			[1, first],
			[3, await three.report()],
		]);
		for (let scrape = 0; scrape < 2; scrape += 1) {
			const text = await machine.render(own, replaced);
			expect(values(text, total)).toEqual([12]);
			expect(values(text, "llmproxy_request_duration_seconds_count{")).toEqual([12]);
			expect(values(text, "llmproxy_workers_silent ")).toEqual([0]);
		}
	});
});
