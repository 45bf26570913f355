import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A package of the name and shape of transformers.js, for what the real one cannot be made to do: it
 * ends its process at "crash", never answers "hang", fails at "fail", and at "environment" when it can
 * see the gateway's. Otherwise a text with the word "zebra" is an attack.
 */
export function writeStandInPackage(folder: string): void {
	const dir = join(folder, "node_modules/@huggingface/transformers");
	mkdirSync(dir, { recursive: true });
	writeFileSync(join(dir, "package.json"), '{"main":"main.cjs"}');
	writeFileSync(join(dir, "main.cjs"), source);
}

const source = `
const env = { allowRemoteModels: true, localModelPath: "" };
const words = (text) => text.split(" ");
const tokenize = async (text) => ({ text, input_ids: { dims: [1, words(text).length + 2] } });
const model = async ({ text }) => {
	if (text.includes("crash")) process.exit(7);
	if (text.includes("hang")) await new Promise(() => {});
	if (text.includes("fail")) throw new Error("bad tensor");
	const names = text.includes("environment") ? Object.keys(process.env) : [];
	if (names.some((name) => /SECRET|PATH|HOME/.test(name))) throw new Error(names.join(" "));
	const isBad = words(text).includes("zebra");
	const logits = { dims: [1, 2], data: isBad ? [-3, 3] : [3, -3], to: () => logits };
	return { logits };
};
class AutoTokenizer {
	static async from_pretrained() {
		return Object.assign(tokenize, { model_max_length: 16 });
	}
}
class AutoModelForSequenceClassification {
	static async from_pretrained(name, { local_files_only }) {
		if (env.allowRemoteModels || local_files_only !== true) throw new Error("It would download.");
		return Object.assign(model, { config: { max_position_embeddings: 512 } });
	}
}
module.exports = { env, AutoTokenizer, AutoModelForSequenceClassification };
`;
