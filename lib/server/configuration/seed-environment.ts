import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { endpointIds } from "../../../proxy-core/contract/settled-record.ts";
import type { Egress } from "../../../proxy-core/egress/egress.ts";
import { keyIdOf } from "../../../proxy-core/keys/key-token.ts";
import type { Log } from "../../../proxy-core/ports.ts";
import { connectProvider, findProvider } from "../../../proxy-core/providers/registry.ts";
import type { Environment } from "../env.ts";
import { EnvironmentError } from "../env.ts";
import type { EnvironmentProvider } from "../environment/endpoints.ts";
import { testConnection } from "../providers/connection-test.ts";
import { splitSettings } from "../providers/provider-kind-catalogue.ts";
import { saveEnvironmentKeys } from "../repositories/keys.ts";
import {
	createUpstream,
	listUpstreams,
	removeEnvironmentUpstreams,
	saveUpstream,
} from "../repositories/upstreams.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { sealSecrets } from "./upstream-secrets.ts";

export interface SeedOptions {
	readonly prisma: PrismaClient;
	readonly secretBox: SecretBox;
	readonly environment: Pick<Environment, "apiKeys" | "providers" | "ollamaUrl">;
	readonly egress: Egress;
	readonly log: Log;
}

/** The start must not wait long for somebody else's server. */
const probeMs = 1500;

/**
 * Makes the database agree with the environment: its keys and providers are added or renewed, those
 * it does not name any more are revoked or removed. The simulator is always there.
 * Throws `EnvironmentError` when a value does not fit its provider.
 */
export async function seedEnvironment(options: SeedOptions): Promise<void> {
	await seedKeys(options);
	await seedProviders(options);
}

async function seedKeys({ prisma, environment }: SeedOptions): Promise<void> {
	const keys = environment.apiKeys.map(({ name, token }, index) => {
		const id = keyIdOf(token);
		if (id === undefined) throw new Error("A key of the environment has no id.");
		return {
			id,
			token,
			name: name ?? `Environment key ${index + 1}`,
			allowedEndpoints: endpointIds,
		};
	});
	await saveEnvironmentKeys(prisma, keys);
}

async function seedProviders(options: SeedOptions): Promise<void> {
	const { prisma, secretBox, environment, log } = options;
	const stored = new Map((await listUpstreams(prisma)).map((row) => [row.id, row]));
	const ollama = await findOllama(options);
	const wanted = [...environment.providers, ...(ollama === undefined ? [] : [ollama])];
	checkAll(wanted);
	for (const wish of wanted) {
		const existing = stored.get(wish.id);
		if (existing !== undefined && existing.origin !== "environment") {
			log.warn("The environment names a provider that was added or imported; that one stays.", {
				provider: wish.id,
			});
			continue;
		}
		const provider = providerOf(wish);
		const { plain, secrets } = splitSettings(provider, wish.settings);
		const known = wish.models ?? existing?.models ?? [];
		await saveUpstream(prisma, {
			id: wish.id,
			kind: wish.kind,
			title: existing?.title ?? (wish.id === wish.kind ? provider.title : wish.id),
			settings: plain,
			secrets: sealSecrets(secretBox, wish.id, secrets),
			models: known.length > 0 ? known : await findModels(wish, options),
			origin: "environment",
			isEnabled: existing?.isEnabled ?? true,
		});
	}
	// An Ollama that is just not running now keeps its place.
	const kept = environment.ollamaUrl === undefined ? [] : ["ollama"];
	await removeEnvironmentUpstreams(prisma, [...wanted.map((wish) => wish.id), ...kept]);
	await seedSimulator(prisma);
}

async function seedSimulator(prisma: PrismaClient): Promise<void> {
	const provider = findProvider("simulator");
	if (provider === undefined) return;
	await createUpstream(prisma, {
		id: provider.id,
		kind: provider.id,
		title: provider.title,
		settings: splitSettings(provider, {}).plain,
		secrets: null,
		models: provider.suggestedModels,
		origin: "built-in",
		isEnabled: true,
	});
}

/** All values at fault at once, before any of them is stored. */
function checkAll(wanted: readonly EnvironmentProvider[]): void {
	const problems = wanted.flatMap((wish) => {
		const parsed = providerOf(wish).settings.safeParse(wish.settings);
		return (parsed.error?.issues ?? []).map((issue) => ({
			name: `The provider ${wish.id}`,
			given: `a value for ${issue.path.map(String).join(".")}`,
			message: `that its kind ${wish.kind} does not accept: ${issue.message}`,
		}));
	});
	if (problems.length > 0) throw new EnvironmentError(problems);
}

function providerOf(wish: EnvironmentProvider) {
	const provider = findProvider(wish.kind);
	if (provider === undefined) throw new Error(`There is no kind of provider "${wish.kind}".`);
	return provider;
}

/** Endpoints of unknown models are asked once; afterwards the console is the place to edit the list. */
async function findModels(
	wish: EnvironmentProvider,
	options: SeedOptions,
): Promise<readonly string[]> {
	const provider = providerOf(wish);
	if (provider.suggestedModels.length > 0) return provider.suggestedModels;
	const connector = connectProvider(provider, wish.settings);
	const report = await testConnection(options.egress, connector, probeMs);
	if (!report.ok) {
		options.log.warn("A provider of the environment did not list its models.", {
			provider: wish.id,
			reason: report.message,
		});
	}
	return report.models;
}

async function findOllama(options: SeedOptions): Promise<EnvironmentProvider | undefined> {
	const { ollamaUrl } = options.environment;
	const provider = findProvider("ollama");
	if (ollamaUrl === undefined || provider === undefined) return undefined;
	const settings = { baseUrl: ollamaUrl };
	const connector = connectProvider(provider, settings);
	const { ok, models } = await testConnection(options.egress, connector, probeMs);
	return ok && models.length > 0 ? { id: "ollama", kind: "ollama", settings, models } : undefined;
}
