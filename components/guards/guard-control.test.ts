import { describe, expect, it } from "vitest";
import { leavesOf } from "../../lib/format/form-values.ts";
import { schemaFields } from "../../lib/format/schema-fields.ts";
import { guardControl } from "../../proxy-core/guards/guard-policy.ts";
import { guardSchema, guards } from "../../proxy-core/guards/registry.ts";
import type { GuardControl } from "./guard-control.ts";
import {
	controlNames,
	enforcementChange,
	formSchema,
	modeInForce,
	readControl,
	withRuleModes,
} from "./guard-control.ts";

const stored = {
	mode: "monitor",
	rules: { a: { mode: "off" } },
	scope: { endpoints: ["responses"], sources: ["user"], keyIds: ["k"], teamIds: ["t"] },
	exceptions: [{ rule: "a", keyId: "k", endpoint: "messages", source: "answer", note: "why" }],
} as const;
const control = (mode: GuardControl["mode"], rules: GuardControl["rules"] = {}) => ({
	mode,
	rules,
});

describe("readControl", () => {
	it("keeps everything that a guard's policy can hold", () => {
		const value = guardControl.parse(stored);
		const { onFailure: _f, timeoutMs: _t, ...parts } = value;
		expect(readControl(value)).toEqual(parts);
		expect(guardControl.parse({ ...value, ...readControl(value) })).toEqual(value);
	});

	it("takes the defaults of a guard that nobody set", () => {
		const value = { ...guardControl.parse({}), mode: "enforce" };
		expect(readControl(value)).toEqual({
			mode: "enforce",
			rules: {},
			scope: { endpoints: [], sources: [], keyIds: [], teamIds: [] },
			exceptions: [],
		});
	});
});

describe("formSchema", () => {
	it.each(guards.map((guard) => [guard.id, guard] as const))(
		"leaves the own fields of %s, its fail policy and its time limit",
		(_id, guard) => {
			const fields = leavesOf(schemaFields(formSchema(guardSchema(guard))));
			const names = fields.map(({ path }) => path[0] ?? "");
			const wanted = [...Object.keys(guard.config.shape), "onFailure", "timeoutMs"];
			// A group of fields is one of them.
			expect([...new Set(names)]).toEqual(wanted);
			for (const name of controlNames) expect(names).not.toContain(name);
		},
	);
});

describe("withRuleModes", () => {
	it("sets many at once, and forgets those that are as their guard", () => {
		const set = withRuleModes({ a: { mode: "off" }, c: { mode: "off" } }, ["a", "b"], "monitor");
		expect(set).toEqual({ a: { mode: "monitor" }, b: { mode: "monitor" }, c: { mode: "off" } });
		expect(withRuleModes(set, ["a", "c"], null)).toEqual({ b: { mode: "monitor" } });
	});
});

describe("modeInForce", () => {
	it("is never more than the guard's", () => {
		const rules = { a: { mode: "enforce" }, b: { mode: "off" } } as const;
		expect(modeInForce(control("monitor", rules), "a")).toBe("monitor");
		expect(modeInForce(control("off", rules), "a")).toBe("off");
		expect(modeInForce(control("enforce", rules), "b")).toBe("off");
		expect(modeInForce(control("enforce", rules), "c")).toBe("enforce");
	});
});

describe("enforcementChange", () => {
	const rules = [{ id: "a" }, { id: "b" }];

	it("names the rules that begin and end to be enforced", () => {
		const off = { a: { mode: "off" } } as const;
		expect(enforcementChange(rules, control("monitor"), control("enforce", off))).toEqual({
			begins: ["b"],
			ends: [],
		});
		expect(enforcementChange(rules, control("enforce"), control("enforce", off))).toEqual({
			begins: [],
			ends: ["a"],
		});
	});

	it("is nothing between off and monitor", () => {
		expect(enforcementChange(rules, control("off"), control("monitor"))).toEqual({
			begins: [],
			ends: [],
		});
	});
});
