import { contexts } from "./train-names-contexts.ts";
import type { NameSource } from "./train-names-fillers.ts";
import { writeForm } from "./train-names-forms.ts";
import { foreignTemplates, foreignTexts } from "./train-names-languages.ts";
import { plainTexts } from "./train-names-plain.ts";
import { nameTemplates } from "./train-names-templates.ts";

/** A text with its names. Offsets are UTF-16 code units; labels are those of `nameLabels`. */
export interface NamedText {
	readonly text: string;
	readonly names: readonly {
		readonly start: number;
		readonly end: number;
		readonly label: number;
	}[];
	readonly source: string;
}

const labelOfSlot: Readonly<Record<string, number>> = { P: 1, F: 1, L: 1, G: 2, C: 2, S: 2, O: 3 };

/** Each template, filled `rounds` times. */
export function writeTemplateTexts(source: NameSource, rounds: number): readonly NamedText[] {
	const texts: NamedText[] = [];
	for (let round = 0; round < rounds; round += 1) {
		for (const template of [...nameTemplates, ...foreignTemplates])
			texts.push(fillTemplate(template, source));
		for (const text of [...plainTexts, ...foreignTexts]) texts.push(fillTemplate(text, source));
	}
	return texts;
}

/** Names among words that tell what they are, in any number of combinations, and capitals that are no names. */
export function writeContextTexts(source: NameSource, count: number): readonly NamedText[] {
	const texts: NamedText[] = [];
	const pick = (words: readonly string[]): string =>
		words[Math.floor(source.chance() * words.length)] ?? "";
	const filler = (): string =>
		Array.from({ length: Math.floor(source.chance() * 4) }, () => source.fill("w")).join(" ");
	for (let made = 0; made < count; made += 1) {
		const slot = pick("P P F F L L G G G C S O O H H H A N N T R U".split(" "));
		const { before = "", after = "" } = contexts[slot] ?? {};
		const opening = pick(before.split("|"));
		const head = `${source.chance() < 0.5 ? `${filler()} ` : ""}${opening}`.trim();
		const start =
			/^\p{Ll}/u.test(head) && source.chance() < 0.4
				? head.charAt(0).toUpperCase() + head.slice(1)
				: head;
		const joint = start === "" || start.endsWith("\n") ? "" : " ";
		const template = `${start}${joint}{${slot}}${pick(after.split("|"))} ${filler()}${pick([".", "", "?", " ."])}`;
		texts.push(fillTemplate(template, source));
	}
	return texts;
}

/** Forms of many layouts, with fields that hold names and fields that hold none. */
export function writeForms(source: NameSource, count: number): readonly NamedText[] {
	return Array.from({ length: count }, () => fillTemplate(writeForm(source), source));
}

function fillTemplate(template: string, source: NameSource): NamedText {
	const names: { start: number; end: number; label: number }[] = [];
	let text = "";
	for (const part of template.split(/(\{[A-Za-z]\})/)) {
		const slot = /^\{([A-Za-z])\}$/.exec(part)?.[1];
		if (slot === undefined) {
			text += part;
			continue;
		}
		const upper = slot.toUpperCase();
		const value = slot === upper ? source.fill(upper) : source.fill(upper).toLowerCase();
		names.push({
			start: text.length,
			end: text.length + value.length,
			label: labelOfSlot[upper] ?? 0,
		});
		text += value;
	}
	return { text, names, source: "templates" };
}

/** Texts with other names: the more often the fewer texts a source has, so that none outweighs the others. */
export function writeRenamed(
	texts: readonly NamedText[],
	source: NameSource,
): readonly NamedText[] {
	const sizes = Map.groupBy(texts, (text) => text.source);
	return texts.flatMap((text) => {
		const size = sizes.get(text.source)?.length ?? 1;
		const rounds = Math.max(1, Math.min(renamesMax, Math.round(renamedSize / size)));
		return Array.from({ length: rounds }, () => renameText(text, source));
	});
}
const renamesMax = 4;
const renamedSize = 1500;

/** The same text with other names in the place of its own, so that none is learnt by heart. */
function renameText(text: NamedText, source: NameSource): NamedText {
	const slots = ["", "P", "G", "O"];
	const names: { start: number; end: number; label: number }[] = [];
	let written = "";
	let from = 0;
	for (const name of [...text.names].sort((a, b) => a.start - b.start)) {
		if (name.start < from) continue;
		written += text.text.slice(from, name.start);
		const own = text.text.slice(name.start, name.end);
		const isPlain = /^\p{Lu}/u.test(own) && !/\d|\n/.test(own);
		const slot =
			name.label === 1 && !own.includes(" ")
				? source.chance() < 0.6
					? "F"
					: "L"
				: (slots[name.label] ?? "");
		const value = isPlain ? source.fill(slot) : own;
		names.push({ start: written.length, end: written.length + value.length, label: name.label });
		written += value;
		from = name.end;
	}
	return { text: written + text.text.slice(from), names, source: text.source };
}
