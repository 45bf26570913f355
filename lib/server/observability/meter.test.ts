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

	it("keeps the number of series bounded whatever the labels are", async () => {
		const own = meter();
		for (let index = 0; index < 6000; index += 1) {
			own.requestSettled(settledRecord({ requestId: "a", model: `m${index}` }));
		}
		const series = (await own.render()).match(/^llmproxy_requests_total\{/gm) ?? [];
		expect(series.length).toBeLessThanOrEqual(5001);
	});
});
