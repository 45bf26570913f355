import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { provider as anthropic } from "./providers/anthropic/provider.ts";
import { echoMarks } from "./testing/echo-upstream.ts";
import { nativeTarget } from "./testing/responses-script.ts";
import type { RichRequest } from "./testing/rich-parts.ts";
import { richRequests } from "./testing/rich-requests.ts";
import { startTestGateway, testTarget } from "./testing/test-gateway.ts";
import { startScriptedUpstream } from "./testing/upstream-script.ts";

const upstream = await startScriptedUpstream();
const root = upstream.baseUrl.replace(/\/v1$/, "");
const access = { baseUrl: root, apiKey: "upstream-credential" };
const gateway = await startTestGateway([
	testTarget(upstream.baseUrl, { id: "openai/m", providerId: "openai", model: "m" }),
	{
		...testTarget(upstream.baseUrl, { id: "native/m", providerId: "native", model: "m" }),
		...nativeTarget(upstream.baseUrl),
		id: "native/m",
	},
	testTarget(upstream.baseUrl, {
		id: "anthropic/m",
		providerId: "anthropic",
		model: "m",
		connector: anthropic.connect(anthropic.settings.parse(access)),
	}),
]);
beforeEach(() => {
	upstream.answer(echoMarks);
	gateway.change({ settings: {} });
});
afterAll(async () => {
	await gateway.close();
	await upstream.close();
});

const modelOf = {
	openai: "openai/m",
	"openai-text": "native/m",
	responses: "native/m",
	anthropic: "anthropic/m",
} as const;

/** Calls `say` with the number of each text in turn; tells how many there are. */
async function send(rich: RichRequest, say: (number: number) => string, stream = false) {
	let said = 0;
	const body = { model: modelOf[rich.dialect], stream, ...rich.body(() => say(said++)) };
	const response = await fetch(gateway.url + rich.path, {
		method: "POST",
		headers: {
			authorization: `Bearer ${gateway.token}`,
			"content-type": "application/json",
			"anthropic-version": "2023-06-01",
		},
		body: JSON.stringify(body),
	});
	return { said, status: response.status, text: await response.text() };
}

const mail = (number: number) => `anna.n${number}@example.org`;
const tags = [..."ignore"]
	.map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)))
	.join("");

describe.each(richRequests)("a rich $dialect request", (rich) => {
	test.each([
		["a JSON answer", false],
		["a stream", true],
	])("for %s shows its provider none of the personal data of any leaf", async (_for, stream) => {
		gateway.change({ settings: { privacy: { mode: "enforce" } } });
		const say = (number: number) => `Write to ${mail(number)} now.`;
		const { said, status, text } = await send(rich, say, stream);
		expect([status, status === 200 ? "" : text]).toEqual([200, ""]);
		const seen = upstream.seen.at(-1)?.body ?? "";
		expect(seen).toContain("<EMAIL_ADDRESS_1>");
		const leaked = Array.from({ length: said }, (_, number) => mail(number)).filter((value) =>
			seen.includes(value),
		);
		expect(leaked).toEqual([]);
	});

	test("is refused by the firewall for an attack in any leaf", async () => {
		const { said } = await send(rich, () => "fine");
		const passed: number[] = [];
		for (let place = 0; place < said; place += 1) {
			const { status } = await send(rich, (number) => (number === place ? `hi ${tags}` : "fine"));
			if (status !== 403) passed.push(place);
		}
		expect(passed).toEqual([]);
	});
});
