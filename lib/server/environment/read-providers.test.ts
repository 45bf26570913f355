import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { findProvider } from "../../../proxy-core/providers/registry.ts";
import { secretNames } from "../providers/provider-kind-catalogue.ts";
import type { ProviderVariable, ProviderVariables } from "./provider-variables.ts";
import { providerVariables } from "./provider-variables.ts";
import { readProviders } from "./read-providers.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

/** Values that need a form of their own. */
const values: Readonly<Record<string, string>> = {
	apiVersion: "2024-10-21",
	region: "eu-west-1",
	location: "global",
	serviceAccountKey: JSON.stringify({
		client_email: "a@p.iam.gserviceaccount.com",
		private_key: privateKey.export({ type: "pkcs8", format: "pem" }),
	}),
};

function sampleOf(setting: string, kind: string): string {
	return values[setting] ?? (kind === "url" ? "https://example.com" : "some-value-1");
}

describe.each(providerVariables.map((row) => [row.provider, row] as const))("%s", (id, row) => {
	it("fits its kind of provider, secrets marked as such", () => {
		const kind = findProvider(id);
		const secrets = kind === undefined ? [] : secretNames(kind);
		const settings = Object.fromEntries(
			row.sources.map(({ setting, kind: form }) => [setting, sampleOf(setting, form)]),
		);
		expect(kind?.settings.safeParse(settings).success).toBe(true);
		for (const { setting, kind: form } of row.sources)
			expect(form === "secret" || form === "key-file", setting).toBe(secrets.includes(setting));
	});

	it("is registered by each set of variables that is enough, and accepted with it", () => {
		for (const need of row.needs) {
			const sources = row.sources.filter(({ setting }) =>
				(need as readonly string[]).includes(setting),
			);
			const given = Object.fromEntries(
				sources.map(({ names, setting, kind }) => [names[0], sampleOf(setting, kind)]),
			);
			const [found, ...others] = readProviders(given);
			expect(others).toEqual([]);
			expect(found).toMatchObject({ id, kind: id });
			expect(findProvider(id)?.settings.safeParse(found?.settings).success).toBe(true);
			const [first] = sources;
			const { [first?.names[0] ?? ""]: _, ...incomplete } = given;
			expect(readProviders(incomplete)).toEqual([]);
		}
	});
});

describe("readProviders", () => {
	it("takes the first of several names", () => {
		const settingsOf = (given: Partial<Record<ProviderVariable, string>>) =>
			readProviders(given).map(({ settings }) => settings);
		const both = { CO_API_KEY: "second-key", COHERE_API_KEY: "first-key" };
		expect(settingsOf(both)).toEqual([{ apiKey: "first-key" }]);
		expect(settingsOf({ CO_API_KEY: "second-key" })).toEqual([{ apiKey: "second-key" }]);
	});

	it("keeps to itself what does not make a provider", () => {
		expect(readProviders({ AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_REGION: "us-east-1" })).toEqual(
			[],
		);
		expect(readProviders({ OPENAI_BASE_URL: "https://example.com" })).toEqual([]);
	});

	it("gives no variable two meanings", () => {
		const names = providerVariables.flatMap((row: ProviderVariables) =>
			row.sources.flatMap((source) => source.names),
		);
		expect(new Set(names).size).toBe(names.length);
	});
});
