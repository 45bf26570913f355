import { describe, expect, it } from "vitest";
import type { FileProblem } from "./config-file.ts";
import { readConfig, UnusableFileError } from "./config-file.ts";

function problemsOf(text: string): readonly FileProblem[] {
	try {
		readConfig(text);
	} catch (error) {
		if (error instanceof UnusableFileError) return error.problems;
		throw error;
	}
	return [];
}

describe("readConfig", () => {
	it("tells every problem at once, with its line", () => {
		const problems = problemsOf(`model_list:
  - model_name: a
  - litellm_params: { model: openai/x }
  - just a text
  - model_name: b
    litellm_params:
      api_key: k
router_settings: []
`);
		expect(problems.map(({ line }) => line).toSorted()).toEqual([2, 3, 4, 7, 8]);
		expect(problems.map(({ message }) => message).join(" ")).toContain(
			"litellm_params.model is missing",
		);
	});

	it("tells where YAML is broken", () => {
		const problems = problemsOf('model_list:\n  - model_name: "a\n    x: [1\n');
		expect(problems.length).toBeGreaterThan(0);
		expect(problems.every(({ line }) => line >= 2)).toBe(true);
	});

	it.each(["", "- a\n- b", "just a text", "something: else"])("refuses %j", (text) => {
		expect(problemsOf(text)).toHaveLength(1);
	});

	it("reads what Python reads: words for booleans, merged mappings", () => {
		const { value } = readConfig(
			"base: &base { api_key: k }\nmodel_list:\n  - model_name: m\n    litellm_params: { <<: *base, model: openai/x }\nlitellm_settings: { cache: yes }\n",
		);
		expect(value).toMatchObject({
			model_list: [{ litellm_params: { api_key: "k", model: "openai/x" } }],
			litellm_settings: { cache: true },
		});
	});
});
