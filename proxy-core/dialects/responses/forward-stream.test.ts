import fc from "fast-check";
import { expect, it } from "vitest";
import { settingsSchema } from "../../contract/settings.ts";
import { compileGuards } from "../../guards/registry.ts";
import { responsesWire } from "../../providers/openai-compatible/responses-wire.ts";
import { createHoldBack } from "../../streams/hold-back.ts";
import { fakeCredential } from "../../testing/gateway-fixture.ts";
import { openedFor, testView } from "../../testing/guards.ts";
import { nativeEvents } from "../../testing/responses-script.ts";
import { createStreamEncoder } from "./encode-stream.ts";

const guards = compileGuards(settingsSchema.parse({}));
const said = `Sure, it is ${fakeCredential} as you asked.`;

/** What a caller gets of a provider's stream in the order of the pipeline: decoded, judged, encoded. */
async function answerOf(events: readonly string[]): Promise<string> {
	const decoder = responsesWire({ path: "/responses", headers: {} }).decodeStream();
	const holdBack = createHoldBack({
		guards: openedFor(testView(), ...guards),
		request: testView(),
		decided: () => {},
	});
	const encoder = createStreamEncoder({
		identity: { requestId: "req_1", model: "m", createdAtSeconds: 1 },
		wantsUsage: true,
		request: {},
	});
	let text = "";
	for (const event of events)
		text += encoder.encode(await holdBack.push(decoder.push(Buffer.from(event))));
	return text + encoder.encode(await holdBack.flush()) + encoder.end();
}

it("never lets a credential out, however the provider splits it, and says the same everywhere", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.nat(said.length), { maxLength: 12 }), async (places) => {
			const at = [...new Set(places)].toSorted((a, b) => a - b);
			const deltas = [0, ...at].map((start, index) => said.slice(start, at[index]));
			const text = await answerOf(nativeEvents({ deltas: deltas.filter((delta) => delta !== "") }));
			const events = [...text.matchAll(/^data: (.*)$/gm)].map(
				([, data = ""]) => JSON.parse(data) as Record<string, unknown>,
			);
			const ofType = (type: string) => events.filter((event) => event["type"] === type);
			const whole = ofType("response.output_text.delta")
				.map(({ delta }) => delta)
				.join("");
			expect(whole).toMatch(/^Sure, it is \[REDACTED:[\w-]+\] as you asked\.$/);
			expect(ofType("response.output_text.done")).toMatchObject([{ text: whole }]);
			expect(ofType("response.content_part.done")).toMatchObject([{ part: { text: whole } }]);
			expect(ofType("response.completed")).toMatchObject([
				{ response: { output: [{}, { content: [{ text: whole }] }, {}] } },
			]);
			expect(text).not.toContain(fakeCredential.slice(8, 30));
		}),
	);
});
