import phrases from "./phrases.json" with { type: "json" };
import { pick } from "./random.ts";

interface Phrases {
	/** Reasons that are given for what should not be done. */
	readonly pretexts: readonly string[];
	readonly demands: readonly string[];
	/** How a demand is to be met so that nobody notices. */
	readonly manners: readonly string[];
	readonly orders: readonly string[];
	/** What people say in passing: follow-ups, role set-ups, wishes for an answer's form. */
	readonly ordinary: readonly string[];
}

export interface PhraseText {
	readonly text: string;
	readonly lang: string;
	readonly source: string;
	readonly isAttack: boolean;
}

const perLanguage = 90;

/** Short texts in many languages, put together from the phrases of one language. */
export function writePhrases(random: () => number): readonly PhraseText[] {
	return Object.entries(phrases as Readonly<Record<string, Phrases>>).flatMap(([lang, own]) => {
		const ordinary = (text: string): PhraseText => ({
			...{ text, lang },
			source: lang === "en" ? "own-short-en" : "own-short",
			isAttack: false,
		});
		const attacks = Array.from({ length: perLanguage }, () => ({
			...{ text: attackOf(own, random), lang },
			source: "own-demand",
			isAttack: true,
		}));
		const pairs = Array.from({ length: perLanguage }, () =>
			ordinary(`${pick(own.ordinary, random)} ${pick(own.ordinary, random)}`),
		);
		const spoken = own.ordinary.map((text) => ordinary(asTyped(text, random)));
		return [...attacks, ...own.ordinary.map(ordinary), ...spoken, ...pairs];
	});
}

function attackOf(own: Phrases, random: () => number): string {
	const parts = random() < 0.45 ? [pick(own.pretexts, random)] : [];
	if (random() < 0.3) parts.push(pick(own.orders, random));
	const demand = pick(own.demands, random);
	if (parts.length === 0 || random() < 0.85) {
		parts.push(parts.length === 0 ? capital(demand) : demand);
		if (random() < 0.3) parts.push(pick(own.manners, random));
	}
	return parts.join(" ");
}

function capital(text: string): string {
	return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Many people write neither capitals nor full stops. */
function asTyped(text: string, random: () => number): string {
	const bare = text.replace(/[.。।]$/, "");
	return random() < 0.5 ? bare : bare.toLowerCase();
}
