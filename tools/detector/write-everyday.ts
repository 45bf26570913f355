import everyday from "./everyday.json" with { type: "json" };
import { pick } from "./random.ts";
import type { SceneText } from "./write-scenes.ts";

/**
 * What people ask every day in the words of attacks: forgotten passwords, instructions, rules; and what
 * documents and code say with them. `{t}`, `{d}`, `{r}` are places for a thing, a deed, a topic.
 */
interface Everyday {
	readonly things: readonly string[];
	readonly forgot: readonly string[];
	readonly deeds: readonly string[];
	readonly howto: readonly string[];
	readonly topics: readonly string[];
	readonly rules: readonly string[];
	/** Sentences of documents. */
	readonly policy: readonly string[];
	/** Whole texts about administrators and systems. */
	readonly admin: readonly string[];
}

const asked = { count: 40, source: "everyday" };
const written = { count: 16, source: "everyday-policy" };
const englishTimes = 4;

/** Honest texts only; each language is a source of its own. */
export function writeEveryday(random: () => number): readonly SceneText[] {
	return Object.entries(everyday as Readonly<Record<string, Everyday>>).flatMap(([lang, own]) => {
		const times = lang === "en" ? englishTimes : 1;
		const make = ({ count, source }: typeof asked, write: () => string, isDocument: boolean) =>
			Array.from({ length: count * times }, () => ({
				text: write(),
				lang,
				source: `${source}-${lang}`,
				isAttack: false,
				isDocument,
			}));
		return [
			...make(asked, () => question(own, random), false),
			...make(written, () => pages(own, random), true),
		];
	});
}

function question(own: Everyday, random: () => number): string {
	const chance = random();
	const fill = (texts: readonly string[], slot: string, values: readonly string[]) =>
		pick(texts, random).replace(slot, pick(values, random));
	const text =
		chance < 0.35
			? fill(own.forgot, "{t}", own.things)
			: chance < 0.6
				? fill(own.howto, "{d}", own.deeds)
				: chance < 0.85
					? fill(own.rules, "{r}", own.topics)
					: pick([...own.admin, ...own.policy], random);
	return random() < 0.2 ? text.toLowerCase() : text;
}

function pages(own: Everyday, random: () => number): string {
	const count = 1 + Math.floor(random() * 3);
	return Array.from({ length: count }, () => pick(own.policy, random)).join(
		random() < 0.5 ? " " : "\n",
	);
}
