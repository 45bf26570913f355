import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { helloTokens } from "./prompts.ts";
import { readJson } from "./read-json.ts";
import type { Asked, Reply } from "./replies.ts";

interface OllamaRequest {
	readonly model: string;
	readonly stream?: boolean;
	readonly tools?: readonly { readonly function: { readonly name: string } }[];
	readonly messages: readonly { readonly role: string; readonly content: string }[];
}

const charactersPerPiece = 6;
/** Longer than the patience that late targets are given. */
export const latenessMs = 3000;

/**
 * Ollama's chat API as the server itself speaks it: one JSON object a line, token counts and the
 * reason of the end in the last one, calls of tools whole. The mock's own counts nothing.
 */
export function ollamaUpstream(script: (asked: Asked) => Reply) {
	return async (
		request: IncomingMessage,
		response: ServerResponse,
		pathname: string,
	): Promise<boolean> => {
		if (!pathname.endsWith("/api/chat")) return false;
		const asked = await readJson<OllamaRequest>(request);
		const reply = script(summaryOf(asked));
		if (asked.model.startsWith("late-")) await sleep(latenessMs);
		if (reply.failure !== undefined) {
			const { status, message } = reply.failure;
			response.writeHead(status, { "content-type": "application/json", "retry-after": "0" });
			response.end(JSON.stringify({ error: message }));
		} else if (reply.isGarbled) {
			response.writeHead(200, { "content-type": "application/json" });
			response.end('{"message": {"content": <<<');
		} else if (asked.stream === false) {
			response.writeHead(200, { "content-type": "application/json" });
			response.end(JSON.stringify(lastLine(asked.model, reply, messageOf(reply))));
		} else {
			await stream(response, asked.model, reply);
		}
		return true;
	};
}

function summaryOf({ model, messages, tools = [] }: OllamaRequest): Asked {
	const last = messages.findLastIndex(({ role }) => role === "user");
	const after = messages.slice(last + 1).filter(({ role }) => role === "tool");
	return {
		model,
		prompt: messages[last]?.content ?? "",
		results: after.map(({ content }) => content),
		tools: tools.map((tool) => tool.function.name),
	};
}

function messageOf({ text = "", thinking, toolCalls }: Reply) {
	return {
		role: "assistant",
		content: text,
		...(thinking !== undefined && { thinking }),
		...(toolCalls !== undefined && {
			tool_calls: toolCalls.map((call) => ({
				function: { name: call.name, arguments: JSON.parse(call.arguments) as unknown },
			})),
		}),
	};
}

function line(model: string, message: object) {
	return { model, created_at: "2026-01-01T00:00:00.000Z", message, done: false };
}

function lastLine(model: string, reply: Reply, message: object) {
	return {
		...line(model, message),
		done: true,
		done_reason: reply.isShort ? "length" : "stop",
		prompt_eval_count: helloTokens.input,
		eval_count: helloTokens.output,
	};
}

async function stream(response: ServerResponse, model: string, reply: Reply): Promise<void> {
	response.writeHead(200, { "content-type": "application/x-ndjson" });
	const pieces = (reply.text ?? "").match(new RegExp(`.{1,${charactersPerPiece}}`, "gs")) ?? [];
	const lines = [
		...(reply.thinking === undefined ? [] : [messageOf({ thinking: reply.thinking })]),
		...pieces.map((text) => messageOf({ text })),
		...(reply.toolCalls === undefined ? [] : [messageOf({ toolCalls: reply.toolCalls })]),
	];
	for (const [index, message] of lines.entries()) {
		if (response.destroyed) return;
		if (reply.isCut && index === 6) {
			response.destroy();
			return;
		}
		response.write(`${JSON.stringify(line(model, message))}\n`);
		if (reply.isSlow) await sleep(200);
		else if (reply.isCut) await sleep(20);
	}
	response.end(`${JSON.stringify(lastLine(model, reply, messageOf({})))}\n`);
}
