import { expect, test } from "vitest";
import { errorOf, eventsOf, question, startGatewayFixture } from "./testing/gateway-fixture.ts";
import { chunk } from "./testing/upstream-script.ts";

const { upstream, gateway, post } = await startGatewayFixture();

test("a gateway that drains finishes open streams and refuses new requests", async () => {
	const more = Promise.withResolvers<void>();
	upstream.answer(async (response) => {
		response.writeHead(200, { "content-type": "text/event-stream" });
		response.write(`data: ${JSON.stringify(chunk({ content: "Hi" }))}\n\n`);
		await more.promise;
		response.end(`data: ${JSON.stringify(chunk({}, "stop"))}\n\ndata: [DONE]\n\n`);
	});
	const open = await post({ ...question, stream: true });
	let isDrained = false;
	const drained = gateway.gateway.drain(60_000).then(() => {
		isDrained = true;
	});
	const refused = await post(question);
	expect(refused.status).toBe(503);
	expect(await errorOf(refused)).toMatchObject({ code: "server_draining" });
	expect(isDrained).toBe(false);
	more.resolve();
	expect((await eventsOf(open)).at(-1)).toBe("[DONE]");
	await drained;
});
