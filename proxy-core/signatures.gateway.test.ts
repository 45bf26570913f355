import { hash } from "node:crypto";
import { compactVerify, createLocalJWKSet } from "jose";
import { request } from "undici";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { provider as simulator } from "./providers/simulator/provider.ts";
import { endpointRows, pathOf } from "./testing/endpoint-rows.ts";
import { startTestGateway, testPrice, testTarget } from "./testing/test-gateway.ts";

const connector = simulator.connect(simulator.settings.parse({}));
const target = testTarget("http://127.0.0.1:1", {
	id: "sim/echo",
	model: "echo",
	connector,
	price: {
		...testPrice,
		imageMicroUsd: 1,
		audioMinuteMicroUsd: 1,
		charactersMicroUsd: 1,
		searchesMicroUsd: 1,
	},
});
const gateway = await startTestGateway([target]);
afterAll(() => gateway.close());
beforeEach(() => gateway.change({ settings: { signatures: { mode: "always" } }, guards: [] }));

interface Sent {
	readonly headers?: Readonly<Record<string, string>>;
	readonly isStreaming?: boolean;
}

async function send(
	id: keyof typeof endpointRows,
	{ headers = {}, isStreaming = false }: Sent = {},
) {
	const row = endpointRows[id];
	const { method, body } = row;
	const content = body?.("Tell me", isStreaming);
	const encoded =
		content === undefined
			? undefined
			: new Response(content instanceof FormData ? content : JSON.stringify(content));
	const bytes = encoded === undefined ? undefined : Buffer.from(await encoded.arrayBuffer());
	const type =
		content instanceof FormData ? encoded?.headers.get("content-type") : "application/json";
	const answer = await request(`${gateway.url}${pathOf(row, isStreaming)}`, {
		method,
		headers: {
			authorization: `Bearer ${gateway.token}`,
			...(bytes === undefined ? {} : { "content-type": type ?? "" }),
			...headers,
		},
		body: bytes ?? null,
	});
	return {
		status: answer.statusCode,
		headers: answer.headers,
		body: Buffer.from(await answer.body.arrayBuffer()),
		trailers: answer.trailers,
		sent: bytes,
	};
}

type Answer = Awaited<ReturnType<typeof send>>;

/** Where the signature of an answer stands, and which bytes it covers. */
function signatureOf({ headers, body, trailers }: Answer) {
	const inHead = headers["x-llmproxy-signature"];
	if (typeof inHead === "string") return { signature: inHead, covered: body };
	const trailing = trailers["x-llmproxy-signature"];
	if (trailing !== undefined) return { signature: trailing, covered: body };
	const mark = body.lastIndexOf(": x-llmproxy-signature=");
	const [, signature] = /=([\w.-]+)\n\n$/.exec(body.subarray(mark).toString()) ?? [];
	return { signature: signature ?? "", covered: body.subarray(0, mark) };
}

async function claimsOf(answer: Answer) {
	const keys = await fetch(`${gateway.url}/v1/signing-keys`).then((response) => response.json());
	const { signature, covered } = signatureOf(answer);
	const { payload } = await compactVerify(signature, createLocalJWKSet(keys as never));
	const claims = JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>;
	return { claims, digest: hash("sha256", covered, "base64url") };
}

const cases = [...gateway.gateway.stages.keys()].flatMap((id) =>
	(endpointRows[id].streams === true ? [false, true] : [false]).map((isStreaming) => ({
		id,
		isStreaming,
	})),
);

describe("signed answers", () => {
	it.each(cases)(
		"vouch for the answer of $id (stream: $isStreaming)",
		async ({ id, isStreaming }) => {
			const answer = await send(id, { isStreaming });
			expect(answer.status).toBe(200);
			const { claims, digest } = await claimsOf(answer);
			expect(claims).toMatchObject({
				status: 200,
				answer_sha256: digest,
				request_id: answer.headers["x-request-id"],
				request_sha256: answer.sent === undefined ? null : hash("sha256", answer.sent, "base64url"),
			});
		},
	);

	it("vouch for errors too", async () => {
		const answer = await send("chat.completions", { headers: { authorization: "Bearer wrong" } });
		const { claims, digest } = await claimsOf(answer);
		expect(claims).toMatchObject({ status: 401, answer_sha256: digest });
	});

	it("do not verify once a byte was changed", async () => {
		const answer = await send("chat.completions");
		const { signature } = signatureOf(answer);
		const forged = signature.replace(/\.(.)/, (_, first) => (first === "A" ? ".B" : ".A"));
		await expect(
			claimsOf({ ...answer, headers: { "x-llmproxy-signature": forged } }),
		).rejects.toThrow();
	});

	it("come only when asked for, unless settings say always", async () => {
		gateway.change({ settings: {}, guards: [] });
		const plain = await send("chat.completions");
		expect(plain.headers["x-llmproxy-signature"]).toBeUndefined();
		const asked = await send("chat.completions", { headers: { "x-llmproxy-sign": "true" } });
		expect((await claimsOf(asked)).claims).toMatchObject({ status: 200 });
		gateway.change({ settings: { signatures: { mode: "off" } }, guards: [] });
		const refused = await send("chat.completions", { headers: { "x-llmproxy-sign": "true" } });
		expect(refused.headers["x-llmproxy-signature"]).toBeUndefined();
	});
});
