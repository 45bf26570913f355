import type { ChatCall, ChatMessage, ToolCall, ToolDefinition } from "../../contract/chat.ts";
import { estimateTokens } from "../../text/estimate-tokens.ts";
import { sampleJson } from "./sample-json.ts";

export interface ComposedChoice {
	readonly text: string;
	readonly toolCalls: readonly ToolCall[];
	readonly finish: "stop" | "length" | "tool_calls";
}

export interface ComposedAnswer {
	readonly choices: readonly ComposedChoice[];
	readonly inputTokens: number;
	readonly outputTokens: number;
}

export type SimulatedModel = "echo" | "lorem";

/** What the simulator says to a call; the same call gets the same answer. */
export function compose(call: ChatCall, model: SimulatedModel): ComposedAnswer {
	const choices = Array.from({ length: call.choices }, (_, choice) =>
		composeChoice(call, { model, choice }),
	);
	const spoken = choices.map(
		({ text, toolCalls }) =>
			estimateTokens(text) +
			sum(toolCalls.map((tool) => estimateTokens(tool.name) + estimateTokens(tool.arguments))),
	);
	return { choices, inputTokens: inputTokensOf(call), outputTokens: sum(spoken) };
}

interface Which {
	readonly model: SimulatedModel;
	readonly choice: number;
}

function composeChoice(call: ChatCall, { model, choice }: Which): ComposedChoice {
	const tools = toolsToCall(call);
	if (tools.length > 0)
		return {
			text: "",
			toolCalls: tools.map((tool, index) => ({
				id: `call_sim_${call.messages.length}_${choice}_${index}`,
				name: tool.name,
				arguments: JSON.stringify(sampleJson(tool.parameters ?? { type: "object" })),
			})),
			finish: "tool_calls",
		};
	const stopped = cutAtStop(fullText(call, { model, choice }), call.stop);
	const text = cutAtTokens(stopped, call.maxOutputTokens);
	return { text, toolCalls: [], finish: text.length < stopped.length ? "length" : "stop" };
}

/**
 * Tools are called when the caller demands it, or when the last message is the user's and names
 * them (`get_weather`, or `get weather`).
 */
function toolsToCall(call: ChatCall): readonly ToolDefinition[] {
	const choice = call.toolChoice ?? { type: "auto" };
	if (choice.type === "none" || call.tools.length === 0) return [];
	if (choice.type === "tool") return call.tools.filter((tool) => tool.name === choice.name);
	const last = call.messages.at(-1);
	const asked = last?.role === "user" ? plain(textOf(last)) : "";
	const named = call.tools.filter((tool) => asked.includes(plain(tool.name)));
	const chosen = named.length === 0 && choice.type === "required" ? call.tools.slice(0, 1) : named;
	return call.parallelToolCalls === false ? chosen.slice(0, 1) : chosen;
}

/** Words only, fenced by spaces, so that a name matches whole words. */
function plain(text: string): string {
	return ` ${text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim()} `;
}

function fullText(call: ChatCall, { model, choice }: Which): string {
	if (call.responseFormat.type === "json-schema")
		return JSON.stringify(sampleJson(call.responseFormat.schema));
	const text = model === "echo" ? echo(call) : lorem(wordsAsked(call), choice);
	return call.responseFormat.type === "json" ? JSON.stringify({ answer: text }) : text;
}

/** The last user text; after tool results, what the tools said. */
function echo(call: ChatCall): string {
	const last = call.messages.at(-1);
	if (last?.role === "tool") {
		const names = new Map(
			call.messages.flatMap((message) =>
				message.role === "assistant"
					? message.toolCalls.map((tool) => [tool.id, tool.name] as const)
					: [],
			),
		);
		const asked = call.messages.findLastIndex((message) => message.role === "assistant");
		return call.messages
			.slice(asked + 1)
			.map((message) =>
				message.role === "tool"
					? `${names.get(message.callId) ?? "tool"} returned: ${textOf(message)}`
					: textOf(message),
			)
			.join("\n");
	}
	const user = call.messages.findLast((message) => message.role === "user");
	const others = (user?.parts ?? []).filter((part) => part.type !== "text");
	const text = user === undefined ? "" : textOf(user);
	return text !== "" || others.length === 0
		? text
		: `Received ${others.map((part) => part.type).join(", ")}.`;
}

function textOf(message: ChatMessage): string {
	return message.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
}

const vocabulary =
	"lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum fugiat nulla pariatur".split(
		" ",
	);

/** 60 words unless the last user text asks for `N words`, up to 2,000. */
function wordsAsked(call: ChatCall): number {
	const user = call.messages.findLast((message) => message.role === "user");
	const asked = /(\d{1,5})[ -]words?\b/i.exec(user === undefined ? "" : textOf(user));
	return Math.min(Math.max(Number(asked?.[1] ?? 60), 1), 2000);
}

/** Sentences of twelve words; each choice begins elsewhere, so that alternatives differ. */
function lorem(words: number, choice: number): string {
	return Array.from({ length: words }, (_, index) => {
		const word = vocabulary[(index + choice * 7) % vocabulary.length] ?? "";
		const begun = index % 12 === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word;
		return index % 12 === 11 || index === words - 1 ? `${begun}.` : begun;
	}).join(" ");
}

function cutAtStop(text: string, stop: readonly string[]): string {
	let end = text.length;
	for (const sequence of stop) {
		const at = sequence === "" ? -1 : text.indexOf(sequence);
		if (at !== -1 && at < end) end = at;
	}
	return text.slice(0, end);
}

function cutAtTokens(text: string, tokensMax: number | undefined): string {
	if (tokensMax === undefined || estimateTokens(text) <= tokensMax) return text;
	const pieces = piecesOf(text);
	let fits = 0;
	let tooMany = pieces.length;
	while (fits + 1 < tooMany) {
		const middle = (fits + tooMany) >> 1;
		if (estimateTokens(pieces.slice(0, middle).join("")) <= tokensMax) fits = middle;
		else tooMany = middle;
	}
	return pieces.slice(0, fits).join("").trimEnd();
}

/** The pieces in which a text is streamed: words with the space after them. */
export function piecesOf(text: string): readonly string[] {
	return text.match(/\S{1,40}\s*|\s+/gu) ?? [];
}

function inputTokensOf(call: ChatCall): number {
	const messages = call.messages.map((message) => {
		const calls = message.role === "assistant" ? message.toolCalls : [];
		const called = calls.map((tool) => estimateTokens(tool.name) + estimateTokens(tool.arguments));
		// Role and separators cost about three tokens a message.
		return 3 + estimateTokens(textOf(message)) + sum(called);
	});
	const tools = call.tools.map((tool) => estimateTokens(JSON.stringify(tool)));
	return sum(messages) + sum(tools);
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
