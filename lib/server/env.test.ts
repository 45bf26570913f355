import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { EnvironmentError, environmentReference, loadEnvironment, readEnvironment } from "./env.ts";

function problemsOf(env: Record<string, string>): Record<string, string> {
	try {
		readEnvironment(env);
	} catch (error) {
		if (!(error instanceof EnvironmentError)) throw error;
		return Object.fromEntries(
			error.problems.map(({ name, given, message }) => [name, `got ${given}, ${message}`]),
		);
	}
	return {};
}

describe("readEnvironment", () => {
	it("has a default for everything", () => {
		expect(readEnvironment({})).toEqual({
			port: 8090,
			host: "127.0.0.1",
			role: "all",
			workers: 1,
			databaseUrl: undefined,
			dataDir: resolve("data"),
			masterKey: undefined,
			admin: undefined,
			apiKeys: [],
			publicUrl: undefined,
			trustedProxies: [],
			egressAllow: ["127.0.0.1:11434"],
			logLevel: "info",
			providers: [],
			ollamaUrl: "http://127.0.0.1:11434",
			classifier: undefined,
		});
	});

	it("has a classifier when it is told a folder, and only then", () => {
		expect(readEnvironment({ LLMPROXY_CLASSIFIER_MODEL: "model" }).classifier).toEqual({
			modelDir: resolve("model"),
			packagesDir: undefined,
			labels: [],
			threads: 1,
		});
		const all = readEnvironment({
			LLMPROXY_CLASSIFIER_MODEL: "/srv/model",
			LLMPROXY_CLASSIFIER_PACKAGES: "/srv/packages",
			LLMPROXY_CLASSIFIER_LABELS: "INJECTION, JAILBREAK",
			LLMPROXY_CLASSIFIER_THREADS: "4",
		});
		expect(all.classifier).toEqual({
			modelDir: resolve("/srv/model"),
			packagesDir: resolve("/srv/packages"),
			labels: ["INJECTION", "JAILBREAK"],
			threads: 4,
		});
		expect(problemsOf({ LLMPROXY_CLASSIFIER_THREADS: "4" })).toEqual({
			LLMPROXY_CLASSIFIER_MODEL:
				"got nothing, expected a value, because LLMPROXY_CLASSIFIER_THREADS is set",
		});
	});

	it("takes an empty value for not set", () => {
		expect(readEnvironment({ PORT: "", LLMPROXY_API_KEYS: " " })).toEqual(readEnvironment({}));
	});

	it("reports all problems at once, each with what is expected", () => {
		const problems = problemsOf({
			PORT: "eighty",
			ROLE: "boss",
			LLMPROXY_TRUSTED_PROXIES: "10.0.0.0/40",
			LLMPROXY_EGRESS_ALLOW: "http://x",
			LLMPROXY_ADMIN_EMAIL: "a@example.com",
			LLMPROXY_ENDPOINT_X_KEY: "some-secret-key",
			LLMPROXY_ENDPOINT_Y_URL: "http://y:1/v1",
			LLMPROXY_ENDPOINT_Y_PROVIDER: "nonsense",
			LLMPROXY_DATADIR: "x",
		});
		expect(Object.keys(problems).sort()).toEqual([
			"LLMPROXY_ADMIN_PASSWORD",
			"LLMPROXY_DATADIR",
			"LLMPROXY_EGRESS_ALLOW",
			"LLMPROXY_ENDPOINT_X_URL",
			"LLMPROXY_ENDPOINT_Y_PROVIDER",
			"LLMPROXY_TRUSTED_PROXIES",
			"PORT",
			"ROLE",
		]);
		expect(problems["PORT"]).toBe(
			'got "eighty", expected a whole number from 0 to 65535 (0: any free port)',
		);
		expect(problems["LLMPROXY_DATADIR"]).toContain("did you mean LLMPROXY_DATA_DIR?");
	});

	it("never repeats a secret", () => {
		const secrets = {
			LLMPROXY_MASTER_KEY: "short-marker",
			LLMPROXY_ADMIN_PASSWORD: "marker",
			LLMPROXY_API_KEYS: "ci=marker",
			OPENAI_API_KEY: "marker with spaces",
			DATABASE_URL: "mysql://u:marker@h/d",
			OPENAI_BASE_URL: "https://u:marker@h/",
			LLMPROXY_ENDPOINT_X_URL: "http://u:marker@h/",
		};
		const problems = problemsOf(secrets);
		expect(Object.keys(secrets).filter((name) => !(name in problems))).toEqual([]);
		expect(JSON.stringify(problems)).not.toContain("marker");
	});

	it("reads API keys with and without a name, and tokens that end in =", () => {
		const base64 = `${"A".repeat(42)}==`;
		const env = { LLMPROXY_API_KEYS: `ci=a-token-of-24-characters, ${base64}` };
		expect(readEnvironment(env).apiKeys).toEqual([
			{ name: "ci", token: "a-token-of-24-characters" },
			{ name: undefined, token: base64 },
		]);
		expect(problemsOf({ LLMPROXY_API_KEYS: `${base64},${base64}` })).toHaveProperty(
			"LLMPROXY_API_KEYS",
		);
	});

	it("registers providers for the keys it finds", () => {
		const { providers, egressAllow } = readEnvironment({
			OPENAI_API_KEY: "sk-openai-key",
			GOOGLE_API_KEY: "google-key",
			GEMINI_BASE_URL: "https://gemini.example.com/",
			LLMPROXY_ENDPOINT_MY_VLLM_URL: "http://[::1]:8000/v1/",
			LLMPROXY_ENDPOINT_MY_VLLM_MODELS: "llama, qwen",
			OLLAMA_HOST: "off",
		});
		expect(providers).toEqual([
			{ id: "openai", kind: "openai", settings: { apiKey: "sk-openai-key" }, models: undefined },
			{
				id: "gemini",
				kind: "gemini",
				settings: { apiKey: "google-key", baseUrl: "https://gemini.example.com" },
				models: undefined,
			},
			{
				id: "my-vllm",
				kind: "openai-compatible",
				settings: { baseUrl: "http://[::1]:8000/v1" },
				models: ["llama", "qwen"],
			},
		]);
		expect(egressAllow).toEqual(["gemini.example.com:443", "[::1]:8000"]);
	});

	it("counts the gateway processes, and none beside a console", () => {
		expect(readEnvironment({ WORKERS: "3" }).workers).toBe(3);
		expect(readEnvironment({ WORKERS: "3", ROLE: "console" }).workers).toBe(1);
		expect(readEnvironment({ WORKERS: "auto" }).workers).toBe(Math.min(availableParallelism(), 8));
		for (const text of ["0", "65", "two", "1.5"])
			expect(problemsOf({ WORKERS: text })).toHaveProperty("WORKERS");
	});

	it("refuses two providers with one name", () => {
		const env = { OPENAI_API_KEY: "sk-openai-key", LLMPROXY_ENDPOINT_OPENAI_URL: "http://h/v1" };
		expect(problemsOf(env)).toHaveProperty("LLMPROXY_ENDPOINT_OPENAI_URL");
		expect(problemsOf({ LLMPROXY_ENDPOINT_SIMULATOR_URL: "http://h/v1" })).not.toEqual({});
	});

	it.each([
		["0.0.0.0", "http://127.0.0.1:11434"],
		["box:1234", "http://box:1234"],
		["https://ollama.example.com", "https://ollama.example.com"],
	])("reads OLLAMA_HOST=%s as %s", (given, url) => {
		expect(readEnvironment({ OLLAMA_HOST: given }).ollamaUrl).toBe(url);
	});
});

describe("loadEnvironment", () => {
	it("reads .env beneath the real environment", () => {
		const dir = mkdtempSync(join(tmpdir(), "env-"));
		writeFileSync(join(dir, ".env"), "LLMPROXY_DATA_DIR=/somewhere\nHOME=/nowhere\n");
		expect(loadEnvironment(dir).dataDir).toBe("/somewhere");
		rmSync(dir, { recursive: true });
	});
});

describe(".env.example", () => {
	it("lists exactly the known variables", () => {
		const lines = readFileSync(resolve(".env.example"), "utf8").split("\n");
		const listed = lines.flatMap((line) => /^#?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []);
		const known = environmentReference.map((row) => row.name.replace("<NAME>", "EXAMPLE"));
		expect(listed.sort()).toEqual(known.sort());
	});
});
