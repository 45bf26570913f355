import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { ChatEvent, Dialect } from "../contract/chat.ts";
import { toChatCall } from "../dialects/openai/to-chat-call.ts";
import { GatewayError } from "../errors/gateway-error.ts";
import { parseExact } from "../text/parse-exact.ts";
import { eventStreamOf } from "./__fixtures__/event-stream.ts";
import { refusalOf } from "./__fixtures__/play.ts";
import type { AnyProvider, Connector, EncodeInput } from "./define-provider.ts";
import { connectProvider, findProvider, providers } from "./registry.ts";

const marker = "sk-marker-0123456789abcdef";
const baseUrl = "https://upstream.example/base";
const registry: readonly AnyProvider[] = providers;

/** Settings with everything a provider may ask for and a recognisable secret. */
function connect(provider: AnyProvider): Connector {
	const given = { baseUrl, apiKey: marker, accountId: "account", project: "project" };
	const known = Object.keys(provider.settings.shape);
	return connectProvider(
		provider,
		Object.fromEntries(Object.entries(given).filter(([name]) => known.includes(name))),
	);
}

function fixture(name: string): Buffer {
	return readFileSync(new URL(`./__fixtures__/${name}`, import.meta.url));
}

const rich = fixture("rich-request.json").toString("utf8");

function input(body: string, options: Partial<EncodeInput> = {}): EncodeInput {
	const json = JSON.parse(body) as Record<string, unknown>;
	return {
		model: "upstream-model",
		stream: false,
		dialect: "openai",
		body,
		json,
		call: () => toChatCall(json),
		...options,
	};
}

const plain = JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }] });

const streams: Readonly<Partial<Record<Dialect, string>>> = {
	openai: "openai.sse",
	anthropic: "anthropic.sse",
	gemini: "gemini.sse",
	ollama: "ollama.ndjson",
	cohere: "cohere.sse",
	bedrock: "bedrock.ndjson",
};

/** The recorded stream of a dialect, as it comes over the wire. */
function streamOf({ dialect }: Connector): Uint8Array<ArrayBuffer> {
	const bytes = fixture(streams[dialect] ?? "missing");
	return isBinary(dialect) ? eventStreamOf(bytes.toString("utf8")) : new Uint8Array(bytes);
}

/** Framed in lengths and checksums: no lines to break, and a message that is cut off is not there. */
function isBinary(dialect: Dialect): boolean {
	return dialect === "bedrock";
}

function codeOf(run: () => unknown): string | undefined {
	try {
		run();
	} catch (error) {
		return GatewayError.is(error) ? error.code : String(error);
	}
	return undefined;
}

function play(connector: Connector, chunks: readonly Uint8Array[]) {
	const decoder = connector.decodeStream();
	const frames = chunks.flatMap((chunk) => decoder.push(chunk));
	const { frames: last, complete } = decoder.end();
	const all = [...frames, ...last];
	return {
		events: all.flatMap((frame) => frame.events),
		wires: all.map((frame) => frame.wire?.data),
		complete,
	};
}

describe.each(registry.map((provider) => [provider.id, provider] as const))(
	"%s",
	(id, provider) => {
		const connector = connect(provider);

		it("has an id of its own that finds it, and a folder of that kind", () => {
			expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
			expect(registry.filter((other) => other.id === id)).toHaveLength(1);
			expect(findProvider(id)).toBe(provider);
		});

		it("describes its settings: a JSON Schema with titles, secrets marked, unknown names refused", () => {
			const schema = z.toJSONSchema(provider.settings, { io: "input" });
			for (const [name, field] of Object.entries(schema.properties ?? {})) {
				const meta = field as {
					readonly title?: string;
					readonly ui?: { readonly control: string };
				};
				expect(meta.title, name).toBeTruthy();
				if (/key|secret|token$/i.test(name)) expect(meta.ui?.control, name).toBe("secret");
			}
			expect(provider.settings.safeParse({ baseUrl, apiKey: marker, nonsense: 1 }).success).toBe(
				false,
			);
		});

		it("sends credentials in headers and nowhere else", () => {
			for (const stream of [false, true]) {
				const request = connector.encode(input(plain, { stream }));
				expect(request.path + connector.baseUrl + request.body).not.toContain(marker);
				const listing = connector.models.request();
				expect(listing.path).not.toContain(marker);
				const isInHeaders = Object.values(request.headers).some((value) => value.includes(marker));
				expect(isInHeaders).toBe("apiKey" in provider.settings.shape);
				expect(Object.keys(request.headers).every((name) => name === name.toLowerCase())).toBe(
					true,
				);
			}
		});

		it("builds an address without a double or trailing slash", () => {
			const request = connector.encode(input(plain));
			expect(request.path).toMatch(/^\/[^/]/);
			expect(connector.baseUrl).not.toMatch(/\/$/);
			expect(new URL(connector.baseUrl + request.path).href).toBe(connector.baseUrl + request.path);
		});

		it("takes no secret from an error body into a fault", () => {
			const body = JSON.stringify({ error: { message: `Bad key ${marker}`, code: "bad" } });
			const fault = connector.decodeFault(401, body);
			expect(fault.code).toBe("bad");
			if ("apiKey" in provider.settings.shape) expect(fault.message).toBe("Bad key [redacted]");
			for (const odd of ["", "<html>oops</html>", "{", "null", "[]", "{}"])
				expect(connector.decodeFault(503, odd).message).toContain("503");
		});

		it("gives the same events however the stream is cut", () => {
			const bytes = streamOf(connector);
			const whole = play(connector, [bytes]);
			expect(whole.complete).toBe(true);
			expect(
				play(
					connector,
					Array.from(bytes, (byte) => Uint8Array.of(byte)),
				),
			).toEqual(whole);
			for (let cut = 1; cut < bytes.length; cut += 1)
				expect(play(connector, [bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
			fc.assert(
				fc.property(fc.uniqueArray(fc.nat(bytes.length), { maxLength: 40 }), (cuts) => {
					const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
					const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
					expect(play(connector, chunks)).toEqual(whole);
				}),
				{ numRuns: 30 },
			);
		});

		if (!isBinary(connector.dialect))
			it("gives the same events for every kind of line end", () => {
				const text = new TextDecoder().decode(streamOf(connector));
				const whole = play(connector, [Buffer.from(text)]);
				expect(play(connector, [Buffer.from(text.replaceAll("\n", "\r\n"))])).toEqual(whole);
				expect(play(connector, [Buffer.from(text.replaceAll("\n", "\r"))])).toEqual(whole);
				expect(play(connector, [Buffer.from(text.trimEnd())])).toEqual(whole);
			});

		it("says so when a stream breaks off", () => {
			const bytes = streamOf(connector);
			const half = bytes.subarray(0, bytes.length >> 1);
			const whole = isBinary(connector.dialect) ? half : closed(half);
			expect(play(connector, [whole]).complete).toBe(false);
			expect(play(connector, []).complete).toBe(false);
		});

		it("calls what it cannot read malformed", () => {
			for (const body of ["", "<html>", "[]", "7", "{}"])
				expect(codeOf(() => connector.decode(body))).toBe("upstream.malformed");
			const garbage = new TextEncoder().encode("data: {not json}\n\n");
			expect(codeOf(() => connector.decodeStream().push(garbage))).toBe("upstream.malformed");
			expect(codeOf(() => connector.models.parse("{}"))).toBe("upstream.malformed");
		});

		it("rewrites edited texts and nothing else", () => {
			const bytes = streamOf(connector);
			for (const frame of connector.decodeStream().push(bytes)) {
				const { wire } = frame;
				if (wire === undefined) continue;
				expect(wire.rewrite(frame.events, true)).toBe(wire.data);
				const edited = frame.events.map((event): ChatEvent => {
					if (!("text" in event)) return event;
					return { ...event, text: event.type === "tool-arguments" ? '{"x":"[gone]"}' : "[gone]" };
				});
				const rewritten = wire.rewrite(edited, false);
				for (const event of frame.events)
					if ("text" in event && event.type !== "tool-arguments")
						expect(rewritten).not.toContain(event.text);
				expect(JSON.parse(rewritten)).not.toHaveProperty("usage");
				if (frame.events.some((event) => event.type === "usage"))
					expect(rewritten).not.toMatch(/"usage(Metadata)?":|_count":/);
			}
		});

		it("encodes the rich request as its fixture says, or names what it cannot carry", async () => {
			const refused = refusesOfRich[id];
			if (refused !== undefined) {
				expect(refusalOf(() => connector.encode(input(rich)))).toEqual(refused);
				return;
			}
			const openaiFile = knowsOldLimitOnly.has(id) ? "openai-max-tokens" : "openai";
			const file = connector.dialect === "openai" ? openaiFile : id;
			const { body } = connector.encode(input(rich));
			const pretty = `${JSON.stringify(parseExact(String(body)), null, "\t")}\n`;
			await expect(pretty).toMatchFileSnapshot(`./__fixtures__/rich-request.${file}.golden.txt`);
		});

		it("decodes its fixtures to the recorded events", async () => {
			const { dialect } = connector;
			const whole = connector.decode(fixture(`${dialect}.answer.txt`).toString("utf8")).events;
			const streamed = play(connector, [streamOf(connector)]).events;
			const pretty = `${JSON.stringify({ whole, streamed }, null, "\t")}\n`;
			await expect(pretty).toMatchFileSnapshot(`./__fixtures__/${dialect}.events.golden.txt`);
		});
	},
);

/** Their documentation names `max_tokens` only; see `outputLimit`. */
const knowsOldLimitOnly: ReadonlySet<string> = new Set([
	"mistral",
	"deepseek",
	"together",
	"perplexity",
	"fireworks",
	"sambanova",
	"huggingface",
	"cloudflare",
	"nebius",
	"hyperbolic",
	"novita",
	"lambda",
	"aimlapi",
	"vllm",
	"lmstudio",
	"llamacpp",
]);

/** Code and field of the refusal, where a provider cannot do what the rich request asks for. */
const refusesOfRich: Readonly<Record<string, readonly [string, string]>> = {
	perplexity: ["request.unsupported", "tools"],
};

/** Cuts the last, unfinished line off, which would be malformed rather than missing. */
function closed(bytes: Uint8Array): Uint8Array {
	return bytes.subarray(0, bytes.lastIndexOf(10) + 1);
}

describe("a base URL", () => {
	const custom = findProvider("openai-compatible");
	it.each([
		"ftp://example.com",
		"https://user:pass@example.com",
		"https://example.com/v1?key=1",
		"https://example.com/#",
		"javascript:alert(1)",
		"example.com",
	])("of %s is refused", (url) => {
		expect(custom?.settings.safeParse({ baseUrl: url }).success).toBe(false);
	});

	it("loses its trailing slashes and may be on this machine", () => {
		expect(custom?.settings.parse({ baseUrl: "http://localhost:8000/v1//" })).toMatchObject({
			baseUrl: "http://localhost:8000/v1",
		});
	});
});

describe("an API key", () => {
	it.each(["a b", "a\r\nx-evil: 1", "", "kéy"])("of %j is refused", (apiKey) => {
		expect(findProvider("openai")?.settings.safeParse({ apiKey }).success).toBe(false);
	});
});
