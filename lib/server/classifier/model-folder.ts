import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { StartError } from "../database/start-error.ts";

/** A classifier of texts as exporters lay it out, checked as far as that goes without loading it. */
export interface ModelFolder {
	readonly dir: string;
	/** Where the ONNX file is: beside `config.json`, or in `onnx`. */
	readonly subfolder: "" | "onnx";
	readonly file: string;
	/** As transformers.js calls the kind of numbers in the file. */
	readonly dtype: string;
	/** Its weights are in a second file, because they are more than 2 GB or were split off. */
	readonly hasExternalData: boolean;
	/** Of all outputs, in their order. */
	readonly labels: readonly string[];
	/** Outputs that mean an attack. */
	readonly attackOutputs: readonly number[];
	/** Each output is a question of its own, and not one of several answers. */
	readonly isMultiLabel: boolean;
}

const configSchema = z.object({
	model_type: z.string(),
	id2label: z.record(z.string().regex(/^\d{1,4}$/), z.string()),
	problem_type: z.string().nullish(),
});

/** Best first: what the exporter was given, then what it was made smaller to. */
const variants = [
	{ suffix: "", dtype: "fp32" },
	{ suffix: "_quantized", dtype: "q8" },
	{ suffix: "_int8", dtype: "int8" },
	{ suffix: "_uint8", dtype: "uint8" },
	{ suffix: "_fp16", dtype: "fp16" },
	{ suffix: "_q4", dtype: "q4" },
	{ suffix: "_q4f16", dtype: "q4f16" },
	{ suffix: "_bnb4", dtype: "bnb4" },
] as const;

/** How well-known models name an attack; compared without case and separators. */
const attackLabels: ReadonlySet<string> = new Set([
	"injection",
	"promptinjection",
	"indirectinjection",
	"jailbreak",
	"malicious",
	"attack",
	"unsafe",
]);

/** Throws `StartError` that names everything that is missing. `wanted` empty: labels are recognised. */
export function readModelFolder(dir: string, wanted: readonly string[]): ModelFolder {
	if (!existsSync(dir)) throw wrong(dir, ["The folder does not exist."]);
	const found = findOnnx(dir);
	const missing = ["config.json", "tokenizer.json", "tokenizer_config.json"]
		.filter((name) => !existsSync(join(dir, name)))
		.map((name) => `${name} is missing.`);
	if (found === undefined)
		missing.push("onnx/model.onnx is missing, and so are its smaller forms.");
	if (found === undefined || missing.length > 0) throw wrong(dir, missing);
	const { labels, isMultiLabel } = readConfig(dir);
	return { dir, ...found, labels, isMultiLabel, attackOutputs: outputsOf(dir, labels, wanted) };
}

type OnnxFile = Pick<ModelFolder, "subfolder" | "file" | "dtype" | "hasExternalData">;

function findOnnx(dir: string): OnnxFile | undefined {
	for (const { suffix, dtype } of variants) {
		for (const subfolder of ["onnx", ""] as const) {
			const file = `model${suffix}.onnx`;
			const path = join(dir, subfolder, file);
			if (!existsSync(path)) continue;
			return { subfolder, file, dtype, hasExternalData: existsSync(`${path}_data`) };
		}
	}
	return undefined;
}

function readConfig(dir: string): Pick<ModelFolder, "labels" | "isMultiLabel"> {
	const parsed = configSchema.safeParse(parsedJson(join(dir, "config.json")));
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw wrong(dir, [
			`config.json: ${issue?.path.join(".") || "it"} is not what a classifier has.`,
		]);
	}
	const { id2label, problem_type: problem } = parsed.data;
	const labels = Object.keys(id2label)
		.sort((a, b) => Number(a) - Number(b))
		.map((id) => id2label[id] ?? "");
	if (labels.length < 2) throw wrong(dir, ["config.json: id2label has fewer than two labels."]);
	return { labels, isMultiLabel: problem === "multi_label_classification" };
}

function parsedJson(path: string): unknown {
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	} catch {
		return undefined;
	}
}

function outputsOf(
	dir: string,
	labels: readonly string[],
	wanted: readonly string[],
): readonly number[] {
	const names = new Set(wanted.length > 0 ? wanted.map(plain) : attackLabels);
	const known = new Set(labels.map(plain));
	const unknown = wanted.filter((name) => !known.has(plain(name)));
	const have = `Its labels are ${labels.join(", ")}.`;
	if (unknown.length > 0) {
		throw wrong(dir, [`LLMPROXY_CLASSIFIER_LABELS names ${unknown.join(", ")}. ${have}`]);
	}
	const outputs = labels.flatMap((label, index) => (names.has(plain(label)) ? [index] : []));
	// What training scripts write when nobody named the two labels: the second is the positive one.
	const isUnnamed = labels.length === 2 && labels[1] === "LABEL_1";
	if (outputs.length === 0 && isUnnamed) return [1];
	if (outputs.length === 0 || outputs.length === labels.length) {
		const ask = "Name those that mean an attack in LLMPROXY_CLASSIFIER_LABELS.";
		throw wrong(dir, [`${have} ${ask}`]);
	}
	return outputs;
}

function plain(label: string): string {
	return label.toLowerCase().replaceAll(/[\s_-]/g, "");
}

function wrong(dir: string, problems: readonly string[]): StartError {
	const list = problems.map((problem) => `  ${problem}`).join("\n");
	return new StartError(
		`LLMPROXY_CLASSIFIER_MODEL: ${dir} is not a classifier that can be used.\n${list}`,
	);
}
