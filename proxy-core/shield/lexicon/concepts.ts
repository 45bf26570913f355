import type { Stem } from "./stem-trie.ts";
import stems from "./stems.json" with { type: "json" };

export type Concept = keyof typeof stems;

/** Ideas that attacks are made of, each a list of stems in some twenty languages; the index is its number. */
export const concepts = Object.keys(stems) as readonly Concept[];

/** `stem` matches the start of a word, `word$` the whole word, `+` stands for a blank. */
export function conceptStems(): readonly Stem[] {
	return concepts.flatMap((name, concept) =>
		stems[name].flatMap((line) =>
			line.split(" ").map((written) => ({
				text: written.replace(/\$$/, "").replaceAll("+", " "),
				isWhole: written.endsWith("$"),
				concept,
			})),
		),
	);
}

export function conceptNumber(name: string): number {
	const index = (concepts as readonly string[]).indexOf(name);
	if (index === -1) throw new Error(`The lexicon has no concept "${name}".`);
	return index;
}
