import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { writeTinyModel } from "../../../tools/classifier/tiny-model.ts";
import { StartError } from "../database/start-error.ts";
import { classifierPackage, findClassifierPackage } from "./find-package.ts";
import { readModelFolder } from "./model-folder.ts";

const dir = mkdtempSync(join(tmpdir(), "llmproxy-model-"));
beforeEach(() => {
	rmSync(dir, { recursive: true, force: true });
	writeTinyModel(dir, { weights: { zebra: 9 } });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function failure(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		if (StartError.is(error)) return error.message;
		throw error;
	}
	return "none";
}

function withLabels(...labels: readonly string[]): void {
	const id2label = Object.fromEntries(labels.map((label, id) => [id, label]));
	writeFileSync(join(dir, "config.json"), JSON.stringify({ model_type: "bert", id2label }));
}

describe("readModelFolder", () => {
	it("reads what an exporter wrote", () => {
		expect(readModelFolder(dir, [])).toEqual({
			dir,
			subfolder: "onnx",
			file: "model.onnx",
			dtype: "fp32",
			hasExternalData: false,
			labels: ["SAFE", "INJECTION"],
			attackOutputs: [1],
			isMultiLabel: false,
		});
	});

	it.each([
		["onnx/model_quantized.onnx", { subfolder: "onnx", dtype: "q8" }],
		["onnx/model_fp16.onnx", { subfolder: "onnx", dtype: "fp16" }],
		["model.onnx", { subfolder: "", dtype: "fp32" }],
	])("finds %s", (path, expected) => {
		renameSync(join(dir, "onnx/model.onnx"), join(dir, path));
		expect(readModelFolder(dir, [])).toMatchObject(expected);
	});

	it("knows of weights beside the model", () => {
		writeFileSync(join(dir, "onnx/model.onnx_data"), "");
		expect(readModelFolder(dir, []).hasExternalData).toBe(true);
	});

	it.each([
		[["SAFE", "INJECTION"], [1]],
		[["LABEL_0", "LABEL_1"], [1]],
		[
			["BENIGN", "INJECTION", "JAILBREAK"],
			[1, 2],
		],
		[["malicious", "benign"], [0]],
		[["safe", "prompt-injection"], [1]],
	])("recognises what %j mean", (labels, outputs) => {
		withLabels(...labels);
		expect(readModelFolder(dir, []).attackOutputs).toEqual(outputs);
	});

	it("takes the labels that it is told", () => {
		withLabels("ok", "odd", "bad");
		expect(readModelFolder(dir, ["ODD", "bad"]).attackOutputs).toEqual([1, 2]);
		const unknown = failure(() => readModelFolder(dir, ["evil"]));
		expect(unknown).toContain("names evil. Its labels are ok, odd, bad.");
		expect(failure(() => readModelFolder(dir, []))).toContain("LLMPROXY_CLASSIFIER_LABELS");
	});

	it("names everything that is missing", () => {
		rmSync(join(dir, "onnx"), { recursive: true });
		rmSync(join(dir, "tokenizer.json"));
		const message = failure(() => readModelFolder(dir, []));
		expect(message).toContain(dir);
		expect(message).toContain("tokenizer.json is missing");
		expect(message).toContain("onnx/model.onnx is missing");
		expect(message).not.toContain("tokenizer_config.json is missing");
		expect(failure(() => readModelFolder(join(dir, "none"), []))).toContain("does not exist");
	});

	it.each(["not JSON", "{}", '{"model_type":"bert","id2label":{"0":"only"}}'])(
		"refuses a config.json that is %s",
		(text) => {
			writeFileSync(join(dir, "config.json"), text);
			expect(failure(() => readModelFolder(dir, []))).toContain("config.json");
		},
	);
});

describe("findClassifierPackage", () => {
	it("says how to install a package that is not there", () => {
		const message = failure(() => findClassifierPackage([dir]));
		expect(message).toContain(`npm install --prefix ${dir}`);
		expect(message).toContain(classifierPackage);
		expect(message).toContain("LLMPROXY_CLASSIFIER_PACKAGES");
	});
});
