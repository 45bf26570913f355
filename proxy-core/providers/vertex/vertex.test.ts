import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encoded, encodeInput, refusalOf, sse } from "../__fixtures__/play.ts";
import type { Connector } from "../define-provider.ts";
import { provider } from "./provider.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const privatePem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const keyFile = JSON.stringify({
	type: "service_account",
	project_id: "p",
	private_key_id: "key-1",
	private_key: privatePem,
	client_email: "gateway@p.iam.gserviceaccount.com",
	token_uri: "https://tokens.example/",
});

function connect(settings: Readonly<Record<string, unknown>> = {}): Connector {
	const given = { project: "my-project", location: "europe-west4", accessToken: "ya29.x" };
	return provider.connect(provider.settings.parse({ ...given, ...settings }));
}

const connector = connect();
const claude = "claude-sonnet-4-5@20250929";
const parent = "/v1/projects/my-project/locations/europe-west4/publishers";

function pathOf(model: string, stream = false): string {
	return connector.encode(encodeInput({}, { model, stream })).path;
}

function fixture(name: string): Buffer {
	return readFileSync(new URL(`../__fixtures__/${name}`, import.meta.url));
}

function play(chunks: readonly Uint8Array[]) {
	const decoder = connector.decodeStream();
	const frames = chunks.flatMap((chunk) => decoder.push(chunk));
	const { frames: last, complete } = decoder.end();
	const all = [...frames, ...last];
	return {
		events: all.flatMap((frame) => frame.events),
		dialects: [...new Set(all.map((frame) => frame.wire?.dialect))],
		complete,
	};
}

describe("addresses", () => {
	it("name project, location, publisher and model", () => {
		expect(pathOf("gemini-2.5-pro")).toBe(`${parent}/google/models/gemini-2.5-pro:generateContent`);
		expect(pathOf("google/gemini-2.5-pro", true)).toBe(
			`${parent}/google/models/gemini-2.5-pro:streamGenerateContent?alt=sse`,
		);
		expect(pathOf(claude)).toBe(`${parent}/anthropic/models/${claude}:rawPredict`);
		expect(pathOf("publishers/anthropic/models/claude-x", true)).toBe(
			`${parent}/anthropic/models/claude-x:streamRawPredict`,
		);
	});

	it("refuse models of other publishers and names that lead elsewhere", () => {
		expect(refusalOf(() => pathOf("meta/llama-4"))).toEqual(["request.unsupported", "model"]);
		for (const model of ["google/../x", "gemini:x/y", "a?b"]) expect(() => pathOf(model)).toThrow();
	});

	it.each([
		["global", "https://aiplatform.googleapis.com"],
		["eu", "https://aiplatform.eu.rep.googleapis.com"],
		["us-central1", "https://us-central1-aiplatform.googleapis.com"],
	])("of the location %s begin with %s", (location, baseUrl) => {
		expect(connect({ location }).baseUrl).toBe(baseUrl);
	});
});

describe("settings", () => {
	it("demand a credential, and a service account's key to be one", () => {
		const given = { project: "p" };
		const accepts = (more: object) => provider.settings.safeParse({ ...given, ...more }).success;
		expect(accepts({})).toBe(false);
		expect(accepts({ serviceAccountKey: keyFile })).toBe(true);
		expect(accepts({ serviceAccountKey: keyFile.replaceAll("PRIVATE", "PUBLIC") })).toBe(false);
		expect(accepts({ serviceAccountKey: '{"client_email":"a@b"}' })).toBe(false);
		expect(accepts({ apiKey: "k", location: "x.evil.example/" })).toBe(false);
		expect(accepts({ apiKey: "k", project: "p/../q" })).toBe(false);
	});
});

describe("Claude on Vertex", () => {
	it("gets Anthropic's wire with its version in place of the model", () => {
		const body = encoded(connector, { max_tokens: 9 }, { model: claude, stream: true });
		expect(body).toEqual({
			anthropic_version: "vertex-2023-10-16",
			max_tokens: 9,
			messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }],
			stream: true,
		});
	});

	it("gets an Anthropic caller's body as sent", () => {
		const wire = connector.wires?.(claude).anthropic;
		const body = '{"model":"alias","messages":[],"thinking":{"type":"adaptive"}}';
		const headers = { "anthropic-beta": "context-1m", authorization: "Bearer of the caller" };
		const input = { ...encodeInput({}, { dialect: "anthropic", body, model: claude }), headers };
		const request = wire?.encode(input);
		expect(JSON.parse(String(request?.body))).toEqual({
			messages: [],
			thinking: { type: "adaptive" },
			anthropic_version: "vertex-2023-10-16",
		});
		expect(request?.headers).toMatchObject({
			"anthropic-beta": "context-1m",
			authorization: "Bearer ya29.x",
		});
		expect(connector.wires?.("gemini-2.5-pro")).toEqual({});
	});

	it("is decoded by Anthropic's rules, whole and in pieces", () => {
		const whole = connector.decode(fixture("anthropic.answer.txt").toString("utf8"));
		expect(whole.wire?.dialect).toBe("anthropic");
		const bytes = new Uint8Array(fixture("anthropic.sse"));
		const once = play([bytes]);
		expect(once.dialects).toEqual(["anthropic"]);
		expect(once.complete).toBe(true);
		expect(play(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(once);
	});

	it("may fail before its first word", () => {
		const error = { type: "error", error: { type: "overloaded_error", message: "busy" } };
		expect(play([new TextEncoder().encode(sse(error))]).events).toEqual([
			{ type: "error", message: "busy", code: "overloaded_error" },
		]);
	});
});

describe("Gemini on Vertex", () => {
	it("may fail inside its stream", () => {
		const error = { error: { code: 503, status: "UNAVAILABLE", message: "busy" } };
		expect(play([new TextEncoder().encode(sse(error))]).events).toEqual([
			{ type: "error", message: "busy", code: "UNAVAILABLE" },
		]);
	});

	it("is listed without the models that nobody can chat with", () => {
		const names = ["gemini-2.5-pro", "imagen-4.0", "text-embedding-005"];
		const publisherModels = names.map((name) => ({ name: `publishers/google/models/${name}` }));
		expect(connector.models.parse(JSON.stringify({ publisherModels }))).toEqual(["gemini-2.5-pro"]);
		expect(connector.models.request().headers["x-goog-user-project"]).toBe("my-project");
	});
});

describe("a service account", () => {
	const own = connect({ serviceAccountKey: keyFile, accessToken: undefined });

	it("puts no credential into a request before it is authorised", () => {
		const request = own.encode(encodeInput({}));
		expect(request.headers).not.toHaveProperty("authorization");
		expect(own.secrets).toEqual([privatePem]);
	});

	it("is exchanged for a token, which is a secret from then on", async () => {
		const urls: string[] = [];
		const post = async (url: string) => {
			urls.push(url);
			return { status: 200, body: '{"access_token":"ya29.fresh","expires_in":3599}' };
		};
		const request = own.encode(encodeInput({}));
		const sent = await own.authorize?.(request, { post });
		expect(sent).toEqual({
			...request,
			headers: { ...request.headers, authorization: "Bearer ya29.fresh" },
		});
		expect(urls).toEqual(["https://oauth2.googleapis.com/token"]);
		expect(own.secrets).toContain("ya29.fresh");
		expect(own.decodeFault(401, '{"error":{"message":"Bad ya29.fresh"}}').message).toBe(
			"Bad [redacted]",
		);
	});

	it("is the only kind of credential that has to be authorised", () => {
		expect(connector.authorize).toBeUndefined();
		expect(connect({ apiKey: "k", accessToken: undefined }).authorize).toBeUndefined();
	});
});
