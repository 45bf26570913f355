import Anthropic from "@anthropic-ai/sdk";
import type { Target } from "../snapshot.ts";
import type { DialectsFixture } from "./dialects-fixture.ts";
import { startDialectsFixture } from "./dialects-fixture.ts";

export interface MessagesFixture extends DialectsFixture {
	readonly client: Anthropic;
	/** The target that speaks Anthropic's API itself. */
	readonly claude: Target;
}

/** Anthropic's SDK before a gateway whose three targets speak OpenAI's, Anthropic's and Gemini's API. */
export async function startMessagesFixture(): Promise<MessagesFixture> {
	const fixture = await startDialectsFixture("claude-x");
	const { gateway, targets } = fixture;
	return {
		...fixture,
		claude: targets[2],
		client: new Anthropic({ apiKey: gateway.token, baseURL: gateway.url, maxRetries: 0 }),
	};
}

export const claudeQuestion = {
	model: "claude/claude-x",
	max_tokens: 100,
	messages: [{ role: "user" as const, content: "Hello" }],
};

export const weatherTools: Anthropic.Tool[] = [
	{
		name: "get_weather",
		description: "Weather",
		input_schema: { type: "object", properties: { city: { type: "string" } } },
	},
];

/** What the SDK throws. */
export async function failureOf(
	work: Promise<unknown>,
): Promise<InstanceType<typeof Anthropic.APIError>> {
	try {
		await work;
	} catch (error) {
		if (error instanceof Anthropic.APIError) return error;
		throw error;
	}
	throw new Error("nothing failed");
}
