import type { ChatEvent, Dialect, Usage } from "../../contract/chat.ts";
import { toChatCall } from "../../dialects/openai/to-chat-call.ts";
import { GatewayError } from "../../errors/gateway-error.ts";
import type { Connector, EncodeInput } from "../define-provider.ts";

/** The simplest valid message list. */
export const messages = [{ role: "user", content: "hi" }];

/** What `encode` gets for an OpenAI request, or for a body of another dialect. */
export function encodeInput(
	json: Readonly<Record<string, unknown>>,
	options: { model?: string; stream?: boolean; dialect?: Dialect; body?: string } = {},
): EncodeInput {
	const full = { messages, ...json };
	return {
		model: options.model ?? "upstream-model",
		stream: options.stream ?? false,
		dialect: options.dialect ?? "openai",
		body: options.body ?? JSON.stringify(full),
		json: full,
		call: () => toChatCall(full),
	};
}

/** The encoded body, parsed. */
export function encoded(
	connector: Connector,
	json: Readonly<Record<string, unknown>>,
	options: Parameters<typeof encodeInput>[1] = {},
): Record<string, unknown> {
	const { body } = connector.encode(encodeInput(json, options));
	return JSON.parse(String(body)) as Record<string, unknown>;
}

/** `[code, param]` of the GatewayError that `run` throws. */
export function refusalOf(run: () => unknown): readonly [string, string | undefined] {
	try {
		run();
	} catch (error) {
		if (GatewayError.is(error)) return [error.code, error.detail.param];
		throw error;
	}
	throw new Error("nothing was thrown");
}

/** The events of a whole stream and whether it was complete. */
export function streamed(
	connector: Connector,
	text: string,
): { readonly events: readonly ChatEvent[]; readonly complete: boolean } {
	const decoder = connector.decodeStream();
	const frames = [...decoder.push(new TextEncoder().encode(text))];
	const { frames: last, complete } = decoder.end();
	return { events: [...frames, ...last].flatMap((frame) => frame.events), complete };
}

/** SSE text of JSON events. */
export function sse(...events: readonly unknown[]): string {
	return events
		.map((event) => `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`)
		.join("");
}

export function usageIn(events: readonly ChatEvent[]): Usage | undefined {
	return events.find((event) => event.type === "usage")?.usage;
}
