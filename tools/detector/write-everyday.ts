import everyday from "./everyday.json" with { type: "json" };
import { pick } from "./random.ts";
import type { SceneText } from "./write-scenes.ts";

/**
 * What people ask every day in the words of attacks, and what documents and code say with them. `{t}`,
 * `{d}`, `{r}`, `{j}` and `{x}` are places for a thing, a deed, a topic, a trade and somebody's text.
 */
interface Everyday {
	readonly things: readonly string[];
	/** Lost passwords. */
	readonly forgot: readonly string[];
	readonly deeds: readonly string[];
	readonly howto: readonly string[];
	readonly topics: readonly string[];
	readonly rules: readonly string[];
	readonly jobs: readonly string[];
	readonly role: readonly string[];
	/** What to leave out of account in a text. */
	readonly overlook: readonly string[];
	/** How to answer from now on. */
	readonly switch: readonly string[];
	/** Questions about attacks and assistants. */
	readonly about: readonly string[];
	/** Second thoughts about the conversation. */
	readonly steer: readonly string[];
	/** Whole texts about administrators and systems. */
	readonly admin: readonly string[];
	/** Sentences of documents. */
	readonly policy: readonly string[];
	/** What applications send around a text of their users. */
	readonly prompts?: readonly string[];
	readonly inputs?: readonly string[];
	readonly code?: readonly string[];
	/** Whole documents and records. */
	readonly notes?: readonly string[];
}

type Write = (own: Everyday, random: () => number) => string;

interface Kind {
	readonly source: string;
	/** Texts per language; of English four times as many. */
	readonly count: number;
	readonly isDocument?: boolean;
	readonly write: Write;
}

const inEveryLanguage: readonly Kind[] = [
	{ source: "everyday-forgot", count: 7, write: spoken(filled("forgot", "{t}", "things")) },
	{ source: "everyday-howto", count: 7, write: spoken(filled("howto", "{d}", "deeds")) },
	{ source: "everyday-rules", count: 7, write: spoken(filled("rules", "{r}", "topics")) },
	{ source: "everyday-role", count: 7, write: spoken(filled("role", "{j}", "jobs")) },
	{ source: "everyday-overlook", count: 7, write: spoken(one("overlook")) },
	{ source: "everyday-switch", count: 7, write: spoken(one("switch")) },
	// More of these two, and requests for a model's own instructions are no longer heard.
	{ source: "everyday-about", count: 4, write: spoken(one("about")) },
	{ source: "everyday-steer", count: 6, write: spoken(one("steer")) },
	{ source: "everyday-admin", count: 7, write: spoken(one("admin")) },
	{ source: "everyday-policy", count: 6, isDocument: true, write: pages },
];
const inEnglish: readonly Kind[] = [
	{ source: "everyday-program", count: 12, write: filled("prompts", "{x}", "inputs") },
	{ source: "everyday-code", count: 12, write: listing },
];
const englishTimes = 4;

/** Honest texts only; each kind in each language is a source of its own. */
export function writeEveryday(random: () => number): readonly SceneText[] {
	return Object.entries(everyday as Readonly<Record<string, Everyday>>).flatMap(([lang, own]) => {
		const times = lang === "en" ? englishTimes : 1;
		const kinds = own.prompts === undefined ? inEveryLanguage : [...inEveryLanguage, ...inEnglish];
		return kinds.flatMap(({ source, count, isDocument = false, write }) =>
			Array.from({ length: count * times }, () => ({
				text: write(own, random),
				lang,
				source: `${source}-${lang}`,
				isAttack: false,
				isDocument,
			})),
		);
	});
}

type Field = keyof Everyday;

function one(field: Field): Write {
	return (own, random) => pick(own[field] ?? [], random);
}

function filled(field: Field, place: string, values: Field): Write {
	return (own, random) => one(field)(own, random).replace(place, one(values)(own, random));
}

/** Some do not care for capitals. */
function spoken(write: Write): Write {
	return (own, random) => {
		const text = write(own, random);
		return random() < 0.2 ? text.toLowerCase() : text;
	};
}

function listing(own: Everyday, random: () => number): string {
	const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
		one("code")(own, random),
	);
	return (random() < 0.3 ? ["What does this do?", ...lines] : lines).join("\n");
}

function pages(own: Everyday, random: () => number): string {
	const sentences = [...own.policy, ...(own.notes ?? [])];
	const count = 1 + Math.floor(random() * 3);
	return Array.from({ length: count }, () => pick(sentences, random)).join(
		random() < 0.5 ? " " : "\n",
	);
}
