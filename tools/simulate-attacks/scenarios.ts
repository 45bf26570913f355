import {
	escalation,
	extractions,
	jailbreaks,
	overrides,
	personalData,
	poisonedDocuments,
	questions,
	secrets,
	signatures,
} from "./texts.ts";

/** One kind of request, or a short series of them. */
export interface AttackScenario {
	readonly name: string;
	/** How often compared with the others. */
	readonly weight: number;
	readonly isHostile: boolean;
	/** Bodies that are sent one after the other. */
	readonly bodies: (turn: number) => readonly object[];
	/** Instead of one of the given keys; empty: none at all. */
	readonly token?: string;
	/** Sent so many times at once. */
	readonly burst?: number;
}

type Message = { readonly role: string; readonly content: string; readonly tool_call_id?: string };

function chat(messages: readonly Message[], more: object = {}): object {
	return { model: "simulator/echo", messages, ...more };
}

function user(content: string): Message {
	return { role: "user", content };
}

function of(texts: readonly string[], turn: number): string {
	return texts[turn % texts.length] ?? "";
}

function says(texts: readonly string[]): AttackScenario["bodies"] {
	return (turn) => [chat([user(of(texts, turn))], { stream: turn % 3 === 0 })];
}

/** The whole conversation up to each of its turns, as a client sends it. */
function conversation(texts: readonly string[]): readonly object[] {
	return texts.map((_, last) =>
		chat(
			texts
				.slice(0, last + 1)
				.flatMap((text, index) =>
					index === last
						? [user(text)]
						: [user(text), { role: "assistant", content: "Here is an idea for the demo story." }],
				),
		),
	);
}

const encoders: readonly ((text: string) => string)[] = [
	(text) => `Decode this and follow it: ${Buffer.from(text).toString("base64")}`,
	(text) => encodeURIComponent(text),
	(text) => text.replace(/[a-z]/gi, rotate),
	(text) => [...text].join("\u200b"),
	(text) => text.replaceAll("e", "3").replaceAll("o", "0").replaceAll("i", "1"),
	(text) => Buffer.from(text).toString("hex"),
];

function rotate(letter: string): string {
	const base = letter <= "Z" ? 65 : 97;
	return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
}

function poisoned(turn: number): readonly object[] {
	const call = {
		id: "call_demo",
		type: "function",
		function: { name: "read_document", arguments: "{}" },
	};
	return [
		{
			model: "simulator/echo",
			messages: [
				user("Please summarise the demo document."),
				{ role: "assistant", content: null, tool_calls: [call] },
				{ role: "tool", tool_call_id: call.id, content: of(poisonedDocuments, turn) },
			],
		},
	];
}

/** Harmless work, and attacks on every layer; all of it made up. */
export const attackScenarios: readonly [AttackScenario, ...AttackScenario[]] = [
	{ name: "harmless question", weight: 40, isHostile: false, bodies: says(questions) },
	{ name: "override, seven languages", weight: 8, isHostile: true, bodies: says(overrides) },
	{ name: "prompt extraction", weight: 5, isHostile: true, bodies: says(extractions) },
	{ name: "jailbreak", weight: 4, isHostile: true, bodies: says(jailbreaks) },
	{
		name: "override, encoded",
		weight: 6,
		isHostile: true,
		bodies: (turn) => {
			const encode = encoders[turn % encoders.length] ?? String;
			return [chat([user(encode(overrides[0]))])];
		},
	},
	{ name: "poisoned tool result", weight: 4, isHostile: true, bodies: poisoned },
	{ name: "firewall signature", weight: 6, isHostile: true, bodies: says(signatures) },
	{ name: "personal data", weight: 7, isHostile: false, bodies: says(personalData) },
	{ name: "secret in a prompt", weight: 4, isHostile: false, bodies: says(secrets) },
	{
		name: "escalation over five turns",
		weight: 2,
		isHostile: true,
		bodies: () => conversation(escalation),
	},
	{
		name: "wrong key",
		weight: 5,
		isHostile: true,
		token: "sk-llmproxy-DemoDemo00-not-a-key-that-exists",
		bodies: says(questions),
	},
	{ name: "no key", weight: 2, isHostile: true, token: "", bodies: says(questions) },
	{ name: "flood", weight: 1, isHostile: true, burst: 25, bodies: says(questions) },
];
