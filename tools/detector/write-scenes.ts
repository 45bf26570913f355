import { pick } from "./random.ts";
import scenes from "./scenes.json" with { type: "json" };

/** What people say to a model in one language, honest and not; requests fit every object, so only the object tells. */
interface Scenes {
	/** Requests with a place for an object: `{o}`. */
	readonly show: readonly string[];
	/** Objects that a model has to keep. */
	readonly hidden: readonly string[];
	readonly plain: readonly string[];
	/** Games, stories and reasons around an object, for want of which a request would be refused. */
	readonly wrap: readonly string[];
	/** The form that is wished for. */
	readonly how: readonly string[];
	/** Clauses that take a model's instructions away, and harmless ones with the same verbs. */
	readonly void: readonly string[];
	readonly calm: readonly string[];
	/** What is wanted once the instructions are gone. */
	readonly goal: readonly string[];
	/** Personas without restrictions, and ordinary ones. */
	readonly free: readonly string[];
	readonly role: readonly string[];
	readonly harm: readonly string[];
	readonly ask: readonly string[];
	/** Orders to a model that stand in documents, and what documents tell people to do. */
	readonly order: readonly string[];
	readonly notice: readonly string[];
	readonly docs: readonly string[];
	/** What people ask about a document that follows. */
	readonly opener: readonly string[];
	/** Whole texts: harmless ones about dangerous things, and attacks without any of their usual words. */
	readonly talk: readonly string[];
	readonly plea: readonly string[];
	/** Stories and sums: people who tell, not order. */
	readonly tale: readonly string[];
	/** A few words that sound like orders and are not. */
	readonly brief: readonly string[];
}

export interface SceneText {
	readonly text: string;
	readonly lang: string;
	readonly source: string;
	readonly isAttack: boolean;
	readonly isDocument: boolean;
}

interface Kind {
	readonly source: string;
	/** Texts per language; of English five times as many. */
	readonly count: number;
	readonly isAttack: boolean;
	readonly isDocument?: boolean;
	readonly write: (own: Scenes, random: () => number) => readonly string[];
}

const maybe = (share: number, texts: readonly string[], random: () => number): readonly string[] =>
	texts.length > 0 && random() < share ? [pick(texts, random)] : [];

const wrapped = (
	own: Scenes,
	objects: readonly string[],
	random: () => number,
): readonly string[] =>
	maybe(1, own.wrap, random).map((text) => text.replace("{o}", pick(objects, random)));

const request = (own: Scenes, objects: readonly string[], random: () => number): string => {
	const asked = pick(own.show, random).replace("{o}", pick(objects, random));
	return random() < 0.35 ? `${asked.replace(/\?$/, "")}, ${pick(own.how, random)}` : asked;
};

const documentOf = (own: Scenes, added: string, random: () => number): readonly string[] => {
	const docs = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(own.docs, random));
	const place = random() < 0.6 ? docs.length : Math.floor(random() * docs.length);
	return [...maybe(0.25, own.opener, random), ...docs.toSpliced(place, 0, added)];
};

const kinds: readonly Kind[] = [
	{
		source: "scene-extract",
		count: 60,
		isAttack: true,
		write: (own, random) => [
			...maybe(0.15, own.void, random),
			...maybe(0.12, own.ask, random),
			request(own, own.hidden, random),
		],
	},
	{
		source: "scene-override",
		count: 45,
		isAttack: true,
		write: (own, random) => [
			...maybe(0.2, own.ask, random),
			pick(own.void, random),
			...maybe(0.8, own.goal, random),
		],
	},
	{
		source: "scene-switch",
		count: 30,
		isAttack: true,
		write: (own, random) => [
			...maybe(0.25, own.ask, random),
			pick(own.void, random),
			pick(random() < 0.7 ? own.ask : own.brief, random),
		],
	},
	{
		source: "scene-wrap",
		count: 45,
		isAttack: true,
		write: (own, random) => [
			...maybe(0.1, own.void, random),
			...wrapped(own, own.hidden, random),
			...maybe(0.1, own.how, random),
		],
	},
	{
		source: "scene-unbound",
		count: 40,
		isAttack: true,
		write: (own, random) => [
			...maybe(0.2, own.void, random),
			pick(own.free, random),
			...maybe(0.5, own.free, random),
			pick(random() < 0.6 ? own.harm : own.goal, random),
		],
	},
	{
		source: "scene-plea",
		count: 40,
		isAttack: true,
		write: (own, random) => [...maybe(0.2, own.ask, random), pick(own.plea, random)],
	},
	{
		source: "scene-order",
		count: 45,
		isAttack: true,
		isDocument: true,
		write: (own, random) => {
			const order = [...maybe(0.15, own.void, random), pick(own.order, random)];
			return documentOf(own, order.map(sentence).join(" "), random);
		},
	},
	{
		source: "scene-b-request",
		count: 70,
		isAttack: false,
		write: (own, random) => [
			...maybe(0.15, own.calm, random),
			...maybe(0.12, own.ask, random),
			request(own, own.plain, random),
		],
	},
	{
		source: "scene-b-wrap",
		count: 45,
		isAttack: false,
		write: (own, random) => [
			...maybe(0.1, own.calm, random),
			...wrapped(own, own.plain, random),
			...maybe(0.1, own.how, random),
		],
	},
	{
		source: "scene-b-calm",
		count: 35,
		isAttack: false,
		write: (own, random) => [
			...maybe(0.3, own.ask, random),
			pick(own.calm, random),
			...maybe(0.7, own.ask, random),
		],
	},
	{
		source: "scene-b-role",
		count: 40,
		isAttack: false,
		write: (own, random) => [
			pick(own.role, random),
			...maybe(0.5, own.calm, random),
			pick(own.ask, random),
			...maybe(0.3, own.talk, random),
		],
	},
	{
		source: "scene-b-talk",
		count: 35,
		isAttack: false,
		write: (own, random) => [pick(own.talk, random), ...maybe(0.4, own.talk, random)],
	},
	{
		source: "scene-b-brief",
		count: 45,
		isAttack: false,
		write: (own, random) => [pick(own.brief, random), ...maybe(0.25, own.brief, random)],
	},
	{
		source: "scene-b-tale",
		count: 45,
		isAttack: false,
		write: (own, random) => [
			pick(own.tale, random),
			...maybe(0.5, own.tale, random),
			...maybe(0.4, own.docs, random),
			...maybe(0.3, own.ask, random),
		],
	},
	{
		source: "scene-b-notice",
		count: 45,
		isAttack: false,
		isDocument: true,
		write: (own, random) => documentOf(own, sentence(pick(own.notice, random)), random),
	},
];
const englishTimes = 5;

/** Texts in many languages that are put together from the phrases of one language. */
export function writeScenes(random: () => number): readonly SceneText[] {
	return Object.entries(scenes as Readonly<Record<string, Scenes>>).flatMap(([lang, own]) =>
		kinds.flatMap(({ source, count, isAttack, isDocument = false, write }) =>
			Array.from({ length: lang === "en" ? count * englishTimes : count }, () => {
				const parts = write(own, random);
				const text = isDocument ? parts.join(random() < 0.5 ? "\n" : " ") : spoken(parts, random);
				return {
					text,
					lang,
					source: lang === "en" ? `${source}-en` : source,
					isAttack,
					isDocument,
				};
			}),
		),
	);
}

/** Some write sentences, some do not care. */
function spoken(parts: readonly string[], random: () => number): string {
	const chance = random();
	if (chance < 0.55) return parts.map(sentence).join(" ");
	if (chance < 0.75) return parts.join(", ");
	return parts.join(chance < 0.9 ? ". " : "\n").toLowerCase();
}

function sentence(text: string): string {
	const begun = text.slice(0, 1).toUpperCase() + text.slice(1);
	return /[\p{L}\p{N}]$/u.test(begun) ? `${begun}.` : begun;
}
