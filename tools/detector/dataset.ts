import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface LabelledText {
	readonly id: string;
	readonly text: string;
	readonly isAttack: boolean;
	readonly category: string;
	readonly lang: string;
	readonly source: string;
	/** Of a transformed text: the id of the plain one it was made from. */
	readonly base: string | undefined;
}

/** Categories whose texts reach a model as the result of a tool or as a retrieved document. */
const documentCategories: ReadonlySet<string> = new Set(["indirect", "rag-doc", "tool-output"]);

export function standsInDocument({ category }: Pick<LabelledText, "category">): boolean {
	return documentCategories.has(category);
}

/** `attacks.jsonl` and `benign.jsonl` of a folder; throws when a line is not what the format says. */
export function readLabelledTexts(folder: string): readonly LabelledText[] {
	return ["attacks.jsonl", "benign.jsonl"].flatMap((name) =>
		readFileSync(join(folder, name), "utf8")
			.split("\n")
			.filter((line) => line.trim() !== "")
			.map((line, index) => readLine(line, `${name}:${index + 1}`)),
	);
}

function readLine(line: string, place: string): LabelledText {
	const record = JSON.parse(line) as Record<string, unknown>;
	const field = (name: string): string => {
		const value = record[name];
		if (typeof value !== "string") throw new Error(`${place}: "${name}" is not a text.`);
		return value;
	};
	const label = field("label");
	if (label !== "attack" && label !== "benign") throw new Error(`${place}: label "${label}"?`);
	const base = record["base"];
	return {
		id: field("id"),
		text: field("text"),
		isAttack: label === "attack",
		category: field("category"),
		lang: field("lang"),
		source: field("source"),
		base: typeof base === "string" ? base : undefined,
	};
}
