import { beforeEach } from "vitest";
import { provider as anthropic } from "../providers/anthropic/provider.ts";
import { provider as gemini } from "../providers/gemini/provider.ts";
import type { Target } from "../snapshot.ts";
import type { GatewayFixture } from "./gateway-fixture.ts";
import { startGatewayFixture } from "./gateway-fixture.ts";
import { testTarget } from "./test-gateway.ts";

export interface DialectsFixture extends GatewayFixture {
	/** Those that speak OpenAI's, Gemini's and Anthropic's API. */
	readonly targets: readonly [openai: Target, google: Target, claude: Target];
	/** The JSON that the provider was sent last. */
	readonly sent: () => Record<string, unknown>;
}

/** A gateway whose three targets speak three APIs. `claudeModel` is the name of Anthropic's. */
export async function startDialectsFixture(claudeModel: string): Promise<DialectsFixture> {
	const fixture = await startGatewayFixture();
	const { upstream, gateway } = fixture;
	const baseUrl = upstream.baseUrl.replace(/\/v1$/, "");
	const settings = { baseUrl, apiKey: "upstream-credential" };
	const google = testTarget(upstream.baseUrl, {
		id: "google/gemini-x",
		providerId: "google",
		model: "gemini-x",
		connector: gemini.connect(gemini.settings.parse(settings)),
	});
	const claude = testTarget(upstream.baseUrl, {
		id: `claude/${claudeModel}`,
		providerId: "claude",
		model: claudeModel,
		connector: anthropic.connect(anthropic.settings.parse(settings)),
	});
	const targets = [testTarget(upstream.baseUrl), google, claude] as const;
	beforeEach(() => gateway.change({ targets }));
	return {
		...fixture,
		targets,
		sent: () => JSON.parse(upstream.seen.at(-1)?.body ?? "{}") as Record<string, unknown>,
	};
}
