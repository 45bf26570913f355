import Anthropic from "@anthropic-ai/sdk";
import { beforeEach } from "vitest";
import { provider as anthropic } from "../providers/anthropic/provider.ts";
import { provider as gemini } from "../providers/gemini/provider.ts";
import type { Target } from "../snapshot.ts";
import type { GatewayFixture } from "./gateway-fixture.ts";
import { startGatewayFixture } from "./gateway-fixture.ts";
import { testTarget } from "./test-gateway.ts";

export interface MessagesFixture extends GatewayFixture {
	readonly client: Anthropic;
	/** The target that speaks Anthropic's API itself. */
	readonly claude: Target;
	/** The JSON that the provider was sent last. */
	readonly sent: () => Record<string, unknown>;
}

/** Anthropic's SDK before a gateway whose three targets speak OpenAI's, Anthropic's and Gemini's API. */
export async function startMessagesFixture(): Promise<MessagesFixture> {
	const fixture = await startGatewayFixture();
	const { upstream, gateway } = fixture;
	const baseUrl = upstream.baseUrl.replace(/\/v1$/, "");
	const settings = { baseUrl, apiKey: "upstream-credential" };
	const claude = testTarget(upstream.baseUrl, {
		id: "claude/claude-x",
		providerId: "claude",
		model: "claude-x",
		connector: anthropic.connect(anthropic.settings.parse(settings)),
	});
	const google = testTarget(upstream.baseUrl, {
		id: "google/gemini-x",
		providerId: "google",
		model: "gemini-x",
		connector: gemini.connect(gemini.settings.parse(settings)),
	});
	beforeEach(() => gateway.change({ targets: [testTarget(upstream.baseUrl), claude, google] }));
	return {
		...fixture,
		claude,
		client: new Anthropic({ apiKey: gateway.token, baseURL: gateway.url, maxRetries: 0 }),
		sent: () => JSON.parse(upstream.seen.at(-1)?.body ?? "{}") as Record<string, unknown>,
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
