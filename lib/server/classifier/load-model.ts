import { createRequire } from "node:module";
import { basename, dirname } from "node:path";
import * as z from "zod";
import type { WindowScorer } from "./score-windows.ts";
import type { LoadOrder } from "./talk.ts";

interface Tensor {
	readonly dims: readonly number[];
	readonly data: ArrayLike<number | bigint>;
	readonly to: (type: "float32") => Tensor;
}

type Encoded = Readonly<Record<string, Tensor>>;

type Tokenizer = ((
	text: string,
	options: { readonly truncation: boolean; readonly max_length?: number },
) => Encoded | Promise<Encoded>) & { readonly model_max_length?: unknown };

type Model = ((inputs: Encoded) => Promise<{ readonly logits: Tensor }>) & {
	readonly config?: { readonly max_position_embeddings?: unknown };
};

interface Pretrained<Made> {
	readonly from_pretrained: (
		name: string,
		options: Readonly<Record<string, unknown>>,
	) => Promise<Made>;
}

function pretrained<Made>() {
	return z.custom<Pretrained<Made>>(
		(value) => typeof value === "function" && "from_pretrained" in value,
	);
}

interface PackageSettings {
	allowRemoteModels: boolean;
	localModelPath: string;
}

/**
 * As much of transformers.js as is used; the operator installs it, so its types are not here. The
 * settings are the package's own object: a copy of it would leave downloads on.
 */
const packageSchema = z.object({
	env: z.custom<PackageSettings>(
		(value) => typeof value === "object" && value !== null && "allowRemoteModels" in value,
	),
	AutoTokenizer: pretrained<Tokenizer>(),
	AutoModelForSequenceClassification: pretrained<Model>(),
});

/** Longer windows cost more than several short ones, and classifiers were trained on about this many. */
const windowTokensMax = 512;

/** Loads model and tokenizer from local files only. Throws what the package throws. */
export async function loadModel({ model, packageFile, threads }: LoadOrder): Promise<WindowScorer> {
	// Not `import`: that one guesses at the names that a CommonJS file exports.
	const loaded: unknown = createRequire(import.meta.url)(packageFile);
	const { env, AutoTokenizer, AutoModelForSequenceClassification } = packageSchema.parse(loaded);
	env.allowRemoteModels = false;
	env.localModelPath = `${dirname(model.dir)}/`;
	const name = basename(model.dir);
	const local = { local_files_only: true };
	const tokenizer = await AutoTokenizer.from_pretrained(name, local);
	const classifier = await AutoModelForSequenceClassification.from_pretrained(name, {
		...local,
		dtype: model.dtype,
		device: "cpu",
		subfolder: model.subfolder,
		use_external_data_format: model.hasExternalData,
		session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
	});
	const tokensMax = Math.min(
		windowTokensMax,
		sizeOf(tokenizer.model_max_length),
		sizeOf(classifier.config?.max_position_embeddings),
	);
	return {
		tokensMax,
		countTokens: async (text) => {
			const { input_ids: ids } = await tokenizer(text, { truncation: false });
			return ids?.dims.at(-1) ?? 0;
		},
		score: async (text) => {
			const inputs = await tokenizer(text, { truncation: true, max_length: tokensMax });
			const { logits } = await classifier(inputs);
			const outputs = Array.from(logits.to("float32").data, Number);
			return attackShare(outputs, model);
		},
	};
}

/** Tokenizers without a limit name an absurdly large one. */
function sizeOf(value: unknown): number {
	return typeof value === "number" && value > 2 && value < 1_000_000 ? value : windowTokensMax;
}

function attackShare(
	logits: readonly number[],
	{ labels, attackOutputs, isMultiLabel }: LoadOrder["model"],
): number {
	if (logits.length !== labels.length || !logits.every(Number.isFinite)) {
		throw new Error(`The model gave ${logits.length} outputs for ${labels.length} labels.`);
	}
	if (isMultiLabel) {
		const shares = attackOutputs.map((output) => 1 / (1 + Math.exp(-(logits[output] ?? 0))));
		return Math.max(...shares);
	}
	const highest = Math.max(...logits);
	const powers = logits.map((logit) => Math.exp(logit - highest));
	const all = powers.reduce((sum, power) => sum + power, 0);
	const attacks = attackOutputs.reduce((sum, output) => sum + (powers[output] ?? 0), 0);
	return Math.min(1, attacks / all);
}
