import { hasContent } from "./answer.ts";
import type { Turn } from "./conversation.ts";
import type { Parameters } from "./parameters.ts";
import { readJson, toolNames } from "./parameters.ts";

export type ChatRequest = Readonly<Record<string, unknown>> & { readonly model: string };

interface RequestParts {
	readonly model: string;
	readonly turns: readonly Turn[];
	readonly parameters: Parameters;
}

/** The body of `/v1/chat/completions` for a conversation; fields left to the model are absent. */
export function chatRequest({ model, turns, parameters }: RequestParts): ChatRequest {
	const { system, temperature, maxTokens, isStreaming } = parameters;
	return {
		model,
		messages: [
			...(system.trim() === "" ? [] : [{ role: "system", content: system }]),
			...turns.flatMap(messageOf),
		],
		...(temperature.trim() === "" ? {} : { temperature: Number(temperature) }),
		...(maxTokens.trim() === "" ? {} : { max_completion_tokens: Number(maxTokens) }),
		...formatOf(parameters),
		...toolsOf(parameters),
		...(isStreaming ? { stream: true, stream_options: { include_usage: true } } : {}),
	};
}

function messageOf(turn: Turn): readonly unknown[] {
	switch (turn.kind) {
		case "user":
			return [{ role: "user", content: turn.text }];
		case "tool":
			return [{ role: "tool", tool_call_id: turn.callId, content: turn.text }];
		case "assistant": {
			const { answer } = turn;
			// An answer that failed before its first word was never said.
			if (!hasContent(answer)) return [];
			const calls = answer.toolCalls.map(({ id, name, arguments: json, extra }) => ({
				id,
				type: "function",
				function: { name, arguments: json },
				...(extra === undefined ? {} : { extra_content: extra }),
			}));
			return [
				{
					role: "assistant",
					content: answer.text === "" ? null : answer.text,
					...(calls.length === 0 ? {} : { tool_calls: calls }),
				},
			];
		}
	}
}

function formatOf({ format, schema }: Parameters): Readonly<Record<string, unknown>> {
	switch (format) {
		case "text":
			return {};
		case "json":
			return { response_format: { type: "json_object" } };
		case "schema":
			return {
				response_format: {
					type: "json_schema",
					json_schema: { name: "answer", strict: true, schema: readJson(schema) },
				},
			};
	}
}

function toolsOf(parameters: Parameters): Readonly<Record<string, unknown>> {
	const names = toolNames(parameters);
	if (names.length === 0) return {};
	const choice = parameters.toolChoice;
	return {
		tools: readJson(parameters.tools),
		...(choice === "auto" ? {} : { tool_choice: toolChoice(choice, names) }),
	};
}

/** The name of a tool that was taken out of the list meanwhile counts as `auto`. */
function toolChoice(choice: string, names: readonly string[]): unknown {
	if (choice === "none" || choice === "required") return choice;
	return names.includes(choice) ? { type: "function", function: { name: choice } } : "auto";
}
