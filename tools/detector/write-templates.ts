import type { LabelledText } from "./dataset.ts";
import { createRandom, pick } from "./random.ts";
import templates from "./templates.json" with { type: "json" };
import { writeEveryday } from "./write-everyday.ts";
import { writePhrases } from "./write-phrases.ts";
import { writeScenes } from "./write-scenes.ts";

type Wrap = "plain" | "aside" | "document" | "soup" | "soup-only";

interface Group {
	readonly source: string;
	readonly label: string;
	readonly wrap: string;
	readonly count: number;
	readonly texts: readonly string[];
}

const slots: Readonly<Record<string, readonly string[]>> = templates.slots;
const languages: Readonly<
	Record<string, { attack: readonly string[]; benign: readonly string[] }>
> = templates.languages;
const attackGroups = ["syn-override", "syn-extract", "syn-jail"];
const nestingMax = 8;
const soupMarks = Array.from("[](){}<>!?;:\"'`\\/&$#@%^*=+-_|~").concat(
	"!!",
	"={",
	"](",
	"))",
	"--",
	"...",
);

/** Training texts written by hand as templates, filled with a fixed seed; each stands for a group. */
export function writeTemplateTexts(seed: number): readonly LabelledText[] {
	const random = createRandom(seed);
	const texts: LabelledText[] = [];
	const seen = new Set<string>();
	const add: Add = (group, text, lang) => {
		const key = `${group.wrap}${text}`;
		if (text.trim() === "" || seen.has(key)) return;
		seen.add(key);
		const { source, label } = group;
		const isAttack = label === "attack";
		const id = `template-${texts.length}`;
		texts.push({ id, text, isAttack, category: categoryOf(group), lang, source, base: undefined });
	};
	for (const group of templates.groups) {
		for (let index = 0; index < group.count; index++) {
			const text = changeCase(fill(pick(group.texts, random), random, 0), random);
			add(group, wrapped(text, group.wrap as Wrap, random), "en");
		}
	}
	addLanguages(add, random);
	for (const { text, lang, source, isAttack } of writePhrases(random)) {
		add({ source, label: isAttack ? "attack" : "benign", wrap: "plain" }, text, lang);
	}
	const scenes = [...writeScenes(random), ...writeEveryday(random)];
	for (const { text, lang, source, isAttack, isDocument } of scenes) {
		const wrap = isDocument ? "document" : "plain";
		add({ source, label: isAttack ? "attack" : "benign", wrap }, text, lang);
	}
	return texts;
}

type Add = (group: Pick<Group, "source" | "label" | "wrap">, text: string, lang: string) => void;

function addLanguages(add: Add, random: () => number): void {
	for (const [lang, { attack, benign }] of Object.entries(languages)) {
		for (const label of ["attack", "benign"] as const) {
			const group = { source: `own-${lang}-${label}`, label, wrap: "plain" };
			for (const text of label === "attack" ? attack : benign) {
				add(group, text, lang);
				add(group, `${text} ${pick(label === "attack" ? attack : benign, random)}`, lang);
				add(group, `${pick(benign, random)} ${text}`, lang);
				const document = `${pick(templates.documents, random)}\n${text}`;
				add({ ...group, wrap: label === "attack" ? "document" : "plain" }, document, lang);
			}
		}
	}
}

function categoryOf({ wrap, label }: Pick<Group, "wrap" | "label">): string {
	if (wrap !== "document") return "template";
	return label === "attack" ? "indirect" : "tool-output";
}

function fill(text: string, random: () => number, depth: number): string {
	if (depth > nestingMax) return text;
	return text.replace(/\{(\w+)\}/g, (_, slot: string) =>
		fill(slotText(slot, random), random, depth + 1),
	);
}

function slotText(slot: string, random: () => number): string {
	if (slot === "quo") {
		const source = pick(attackGroups, random);
		const group = templates.groups.find((candidate) => candidate.source === source);
		return pick(group?.texts ?? [""], random).replaceAll('"', "");
	}
	return pick(slots[slot] ?? [""], random);
}

function changeCase(text: string, random: () => number): string {
	const chance = random();
	if (chance < 0.05) return text.toUpperCase();
	if (chance < 0.28) return text.toLowerCase();
	return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function wrapped(text: string, wrap: Wrap, random: () => number): string {
	const document = () => pick(templates.documents, random);
	switch (wrap) {
		case "plain":
			return text;
		case "aside":
			return random() < 0.2 ? `${document()}\n\n${text}` : text;
		case "document":
			return inDocument(text, random);
		case "soup":
			return `${text} ${soup(10 + Math.floor(random() * 22), random)}`;
		case "soup-only": {
			const words = Array.from({ length: 8 + Math.floor(random() * 16) }, () => soupWord(random));
			return `${text} ${words.join(" ")}`;
		}
	}
}

function inDocument(text: string, random: () => number): string {
	const before = pick(templates.documents, random);
	const chance = random();
	if (chance < 0.35) {
		const lead = random() < 0.5 ? `${before} ` : "";
		const content = JSON.stringify(lead + text).slice(1, -1);
		const record = pick(templates.records, random);
		return record
			.replace(/%0?2?d/, String(1 + Math.floor(random() * 28)))
			.replace("%s", () => content);
	}
	if (chance < 0.6) return `${before}\n\n${text}`;
	if (chance < 0.75) return `${text}\n${before}`;
	const after = pick(templates.documents, random);
	return random() < 0.5 ? `${before} ${text} ${after}` : `${before}\n${text}\n\n${after}`;
}

function soupWord(random: () => number): string {
	const slot = pick(Object.keys(slots), random);
	return pick((pick(slots[slot] ?? ["word"], random) || "word").split(/\s+/), random).replace(
		/[{}]/g,
		"",
	);
}

function soup(length: number, random: () => number): string {
	let text = "";
	for (let index = 0; index < length; index++) {
		let word = soupWord(random);
		const chance = random();
		if (chance < 0.2) word = word.slice(0, 2 + Math.floor(random() * 4));
		if (chance > 0.8)
			word = word.slice(0, 1).toUpperCase() + word.slice(1) + soupWord(random).slice(0, 5);
		text += word + (random() < 0.25 ? "" : " ");
		if (random() < 0.4) text += pick(soupMarks, random) + (random() < 0.5 ? "" : " ");
	}
	return text.trim();
}
