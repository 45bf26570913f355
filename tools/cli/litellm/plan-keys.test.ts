import { describe, expect, it } from "vitest";
import { keyIdOf } from "../../../proxy-core/keys/key-token.ts";
import { companyConfig, companyVariables, notesOf, planText } from "./__fixtures__/plan-text.ts";
import { UnusableFileError } from "./config-file.ts";
import { readKeyExport } from "./plan-keys.ts";

const hashed = "ab".repeat(32);

function planKeys(...entries: Record<string, unknown>[]) {
	const keys = readKeyExport(JSON.stringify({ keys: entries }));
	return planText(companyConfig, { environment: companyVariables, keys });
}

describe("imported keys", () => {
	it("keep working when the export holds them, and are issued anew when it holds a hash", () => {
		const token = "sk-abcdefghijklmnopqrstuv";
		const plan = planKeys(
			{ key: token, key_alias: "known" },
			{ token: hashed, key_alias: "other" },
		);
		expect(plan.keys).toMatchObject([
			{ id: keyIdOf(token), name: "known", token },
			{ name: "other", token: undefined },
		]);
		expect(plan.keys[1]?.id).toMatch(/^[0-9A-Za-z]{10}$/);
		expect(planKeys({ token: hashed }).keys[0]?.id).toBe(plan.keys[1]?.id);
		expect(notesOf(plan, "changed")).toContain("other: LiteLLM exports only a hash of it");
	});

	it("bring their models, groups of models, limits and team along", () => {
		const plan = planKeys({
			token: hashed,
			key_alias: "shop",
			models: ["premium", "claude", "unknown"],
			rpm_limit: 60,
			tpm_limit: 100_000,
			max_parallel_requests: 4,
			max_budget: 20,
			soft_budget: 15,
			budget_duration: "30d",
			team_alias: "Shop",
			expires: "2027-01-01T00:00:00Z",
		});
		expect(plan.keys[0]).toMatchObject({
			team: "Shop",
			allowedModels: ["gpt-4o", "claude", "unknown"],
			requestsPerMinute: 60,
			expiresAt: new Date("2027-01-01T00:00:00Z"),
		});
		const own = plan.budgets.filter(({ scope }) => scope === "key");
		expect(own.every(({ subject }) => subject === plan.keys[0]?.id)).toBe(true);
		expect(own).toMatchObject([
			{ unit: "usd", window: "month", hardLimit: 20_000_000, softLimit: 15_000_000 },
			{ unit: "tokens", window: "minute", hardLimit: 100_000 },
			{ unit: "parallel", window: "total", hardLimit: 4 },
		]);
		expect(notesOf(plan, "changed")).toContain("there is no model unknown yet");
	});

	it("stay behind when they are blocked, expired or nothing", () => {
		const plan = planKeys(
			{ token: hashed, blocked: true },
			{ token: hashed, expires: "2020-01-01T00:00:00Z" },
			{ key_alias: "empty" },
		);
		expect(plan.keys).toEqual([]);
		expect(notesOf(plan, "left")).toContain("empty: neither key nor token is there.");
	});
});

describe("readKeyExport", () => {
	it("reads a list, an object of keys, and one key's information", () => {
		const info = { key: hashed, info: { key_alias: "a" } };
		expect(readKeyExport(JSON.stringify([{ token: hashed }]))).toHaveLength(1);
		expect(readKeyExport(JSON.stringify({ keys: [{}, {}] }))).toHaveLength(2);
		expect(readKeyExport(JSON.stringify(info))).toEqual([{ token: hashed, key_alias: "a" }]);
	});

	it("refuses bare hashes and what is no JSON, without repeating it", () => {
		for (const text of [JSON.stringify({ keys: [hashed] }), "[]", "sk-secret"]) {
			expect(() => readKeyExport(text)).toThrow(UnusableFileError);
			expect(() => readKeyExport(text)).not.toThrow(/sk-secret/);
		}
	});
});
