import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { field, floats, int64s, message, text, whole } from "./protobuf.ts";

/** What a word adds to the logit of the label that means an attack; unlisted words add nothing. */
export type WordWeights = Readonly<Record<string, number>>;

interface TinyModel {
	readonly weights: WordWeights;
	/** Without a word that weighs anything. */
	readonly bias?: number;
	readonly labels?: readonly [harmless: string, attack: string];
	/** Tokens in one window, the two marks around it included. */
	readonly tokensMax?: number;
}

const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"] as const;

/**
 * Writes a classifier of texts in the layout that exporters give: a bag of words with one weight a
 * word, in ONNX, and a tokenizer that splits at blanks. A real model in all but what it has learned.
 */
export function writeTinyModel(
	folder: string,
	{ weights, bias = -4, labels = ["SAFE", "INJECTION"], tokensMax = 64 }: TinyModel,
): void {
	mkdirSync(join(folder, "onnx"), { recursive: true });
	const words = [...special, ...Object.keys(weights)];
	const column = words.map((word) => weights[word] ?? 0);
	const json = (name: string, value: unknown): void =>
		writeFileSync(join(folder, name), `${JSON.stringify(value, null, "\t")}\n`);
	json("config.json", {
		model_type: "distilbert",
		architectures: ["DistilBertForSequenceClassification"],
		id2label: { 0: labels[0], 1: labels[1] },
		label2id: { [labels[0]]: 0, [labels[1]]: 1 },
		max_position_embeddings: tokensMax,
		vocab_size: words.length,
	});
	json("tokenizer_config.json", {
		tokenizer_class: "PreTrainedTokenizerFast",
		model_max_length: tokensMax,
		pad_token: "[PAD]",
		unk_token: "[UNK]",
		cls_token: "[CLS]",
		sep_token: "[SEP]",
	});
	json("tokenizer.json", tokenizerOf(words));
	writeFileSync(join(folder, "onnx/model.onnx"), modelOf(column, bias));
}

function tokenizerOf(words: readonly string[]): object {
	const idOf = (word: string): number => words.indexOf(word);
	const mark = (word: string) => ({ id: word, ids: [idOf(word)], tokens: [word] });
	return {
		version: "1.0",
		truncation: null,
		padding: null,
		added_tokens: special.map((content, id) => ({
			...{ id, content, special: true, normalized: false },
			...{ single_word: false, lstrip: false, rstrip: false },
		})),
		normalizer: { type: "Lowercase" },
		pre_tokenizer: { type: "BertPreTokenizer" },
		post_processor: {
			type: "TemplateProcessing",
			single: [
				{ SpecialToken: { id: "[CLS]", type_id: 0 } },
				{ Sequence: { id: "A", type_id: 0 } },
				{ SpecialToken: { id: "[SEP]", type_id: 0 } },
			],
			pair: [],
			special_tokens: { "[CLS]": mark("[CLS]"), "[SEP]": mark("[SEP]") },
		},
		decoder: null,
		model: {
			type: "WordLevel",
			vocab: Object.fromEntries(words.map((word, id) => [word, id])),
			unk_token: "[UNK]",
		},
	};
}

const float32 = 1;
const int64 = 7;

/** Field numbers are those of onnx.proto3: ModelProto, GraphProto, NodeProto, TensorProto, ValueInfoProto. */
function modelOf(column: readonly number[], bias: number): Uint8Array {
	const graph = message(
		field(1, node("Gather", { of: ["table", "input_ids"], to: "weights" })),
		field(
			1,
			node("Cast", { of: ["attention_mask"], to: "mask", attribute: integer("to", float32) }),
		),
		field(1, node("Unsqueeze", { of: ["mask", "last"], to: "column_mask" })),
		field(1, node("Mul", { of: ["weights", "column_mask"], to: "heard" })),
		field(
			1,
			node("ReduceSum", { of: ["heard", "tokens"], to: "sum", attribute: integer("keepdims", 0) }),
		),
		field(1, node("MatMul", { of: ["sum", "head"], to: "product" })),
		field(1, node("Add", { of: ["product", "bias"], to: "logits" })),
		field(2, text("bag_of_words")),
		field(5, floatTensor("table", [column.length, 1], column)),
		field(5, floatTensor("head", [1, 2], [-0.5, 0.5])),
		field(5, floatTensor("bias", [2], [-bias / 2, bias / 2])),
		field(5, intTensor("last", [2])),
		field(5, intTensor("tokens", [1])),
		field(11, valueInfo("input_ids", int64, ["batch", "tokens"])),
		field(11, valueInfo("attention_mask", int64, ["batch", "tokens"])),
		field(12, valueInfo("logits", float32, ["batch", 2])),
	);
	const opset = message(field(1, text("")), whole(2, 13));
	return message(whole(1, 8), field(2, text("tiny-model")), field(7, graph), field(8, opset));
}

interface Operation {
	readonly of: readonly string[];
	readonly to: string;
	readonly attribute?: Uint8Array;
}

function node(operator: string, { of, to, attribute: own }: Operation): Uint8Array {
	return message(
		...of.map((name) => field(1, text(name))),
		field(2, text(to)),
		field(3, text(`${operator}_${to}`)),
		field(4, text(operator)),
		...(own === undefined ? [] : [field(5, own)]),
	);
}

const attributeOfInt = 2;

function integer(name: string, value: number): Uint8Array {
	return message(field(1, text(name)), whole(3, value), whole(20, attributeOfInt));
}

function floatTensor(name: string, dims: readonly number[], values: readonly number[]): Uint8Array {
	return message(
		...dims.map((dim) => whole(1, dim)),
		whole(2, float32),
		field(8, text(name)),
		field(9, floats(values)),
	);
}

function intTensor(name: string, values: readonly number[]): Uint8Array {
	return message(
		whole(1, values.length),
		whole(2, int64),
		field(8, text(name)),
		field(9, int64s(values)),
	);
}

function valueInfo(
	name: string,
	elementType: number,
	dims: readonly (string | number)[],
): Uint8Array {
	const shape = message(
		...dims.map((dim) => field(1, typeof dim === "number" ? whole(1, dim) : field(2, text(dim)))),
	);
	const tensorType = message(whole(1, elementType), field(2, shape));
	return message(field(1, text(name)), field(2, field(1, tensorType)));
}
