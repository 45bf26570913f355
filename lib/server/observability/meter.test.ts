import { describe, expect, it } from "vitest";
import { settledRecord } from "../journal/__fixtures__/settled-record.ts";
import { createMeter } from "./meter.ts";

const meter = () => createMeter({ journalBacklog: () => 7, databaseUp: () => false });

describe("createMeter", () => {
	it("counts requests, tokens, cost and time by their labels", async () => {
		const own = meter();
		own.requestStarted();
		own.requestStarted();
		own.requestSettled(settledRecord({ requestId: "a" }));
		const text = await own.render();
		const labels = 'provider="simulator",model="echo"';
		expect(text).toContain(
			`llmproxy_requests_total{endpoint="chat.completions",${labels},outcome="answered",code=""} 1`,
		);
		expect(text).toContain(`llmproxy_tokens_total{${labels},direction="input"} 12`);
		expect(text).toContain(`llmproxy_cost_usd_total{${labels}} 0.000017`);
		expect(text).toContain("llmproxy_requests_in_flight 1");
		expect(text).toContain("llmproxy_journal_backlog 7");
		expect(text).toContain("llmproxy_database_up 0");
	});

	it("counts each duration in its own bucket and in every larger one", async () => {
		const own = meter();
		for (const durationMs of [10, 20, 60_001, 200_000]) {
			own.requestSettled(settledRecord({ requestId: "a", durationMs }));
		}
		const name = "llmproxy_request_duration_seconds";
		const labels = 'endpoint="chat.completions",provider="simulator"';
		const lines = (await own.render()).split("\n").filter((line) => line.startsWith(name));
		const counted = (le: string) =>
			lines.find((line) => line.startsWith(`${name}_bucket{le="${le}",${labels}}`))?.split(" ")[1];
		expect(["0.01", "0.025", "60", "120", "+Inf"].map(counted)).toEqual(["1", "2", "2", "3", "4"]);
		expect(lines).toContain(`${name}_sum{${labels}} ${0.01 + 0.02 + 60.001 + 200}`);
		expect(lines).toContain(`${name}_count{${labels}} 4`);
	});

	it("keeps the number of series bounded whatever the labels are", async () => {
		const own = meter();
		for (let index = 0; index < 6000; index += 1) {
			own.requestSettled(settledRecord({ requestId: "a", model: `m${index}` }));
		}
		const series = (await own.render()).match(/^llmproxy_requests_total\{/gm) ?? [];
		expect(series.length).toBeLessThanOrEqual(5001);
	});
});
