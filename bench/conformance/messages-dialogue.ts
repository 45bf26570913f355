import Anthropic from "@anthropic-ai/sdk";
import { anthropicClient, ask, textOf } from "./messages-checks.ts";
import type { Dialogue } from "./recovery-checks.ts";

export const messagesDialogue: Dialogue = {
	caller: "messages",
	ask: async (world, { model, prompt, stream }) => {
		const { messages } = anthropicClient(world);
		const request = ask({ model }, prompt);
		return textOf(
			stream ? await messages.stream(request).finalMessage() : await messages.create(request),
		);
	},
	failing: Anthropic.InternalServerError,
	anyError: Anthropic.AnthropicError,
};
