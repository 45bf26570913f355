import * as z from "zod";
import type { Egress } from "../../../proxy-core/egress/egress.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { AnyProvider } from "../../../proxy-core/providers/define-provider.ts";
import {
	connectProvider,
	findProvider,
	providers,
} from "../../../proxy-core/providers/registry.ts";
import type { ProviderKind } from "../../contracts/providers.ts";
import type { ConnectionReport } from "./connection-test.ts";
import { testConnection } from "./connection-test.ts";

export type SettingValues = Readonly<Record<string, unknown>>;

/** Settings as they are stored: what may be shown, and what never leaves again. */
export interface SplitSettings {
	readonly plain: SettingValues;
	readonly secrets: Readonly<Record<string, string>>;
}

/**
 * What services know about kinds of provider. The registry itself is live core code, which must not
 * be bundled into Next a second time.
 */
export interface ProviderKindCatalogue {
	readonly list: () => readonly ProviderKind[];
	readonly find: (kind: string) => ProviderKind | undefined;
	/**
	 * Checks settings typed by a person. Secrets that are left out or empty are taken from `stored`.
	 * Throws `request.invalid` naming the field, or `egress.refused` for an address that is not allowed.
	 */
	readonly split: (kind: string, given: SettingValues, stored?: SplitSettings) => SplitSettings;
	/** Asks the upstream for its models. Never throws: a failure is a report. */
	readonly test: (kind: string, settings: SplitSettings) => Promise<ConnectionReport>;
}

export interface CatalogueOptions {
	readonly egress: Egress;
}

export function createProviderKindCatalogue({ egress }: CatalogueOptions): ProviderKindCatalogue {
	const kinds = new Map(providers.map((provider) => [provider.id as string, toKind(provider)]));
	return {
		list: () => [...kinds.values()],
		find: (kind) => kinds.get(kind),
		split: (kind, given, stored) => {
			const provider = findProvider(kind);
			if (provider === undefined) {
				throw new GatewayError("request.invalid", {
					param: "kind",
					message: "There is no such kind of provider.",
				});
			}
			const split = splitSettings(provider, given, stored);
			const { baseUrl, answerLocally } = connectProvider(provider, join(split));
			if (answerLocally === undefined) egress.checkUrl(baseUrl);
			return split;
		},
		test: async (kind, settings) => {
			const provider = findProvider(kind);
			if (provider === undefined) {
				return {
					ok: false,
					message: "There is no such kind of provider.",
					latencyMs: 0,
					models: [],
				};
			}
			return testConnection(egress, connectProvider(provider, join(settings)));
		},
	};
}

export function join({ plain, secrets }: SplitSettings): SettingValues {
	return { ...plain, ...secrets };
}

function toKind(provider: AnyProvider): ProviderKind {
	return {
		id: provider.id,
		title: provider.title,
		credentialsUrl: provider.credentialsUrl ?? null,
		suggestedModels: [...provider.suggestedModels],
		settings: z.toJSONSchema(provider.settings, { io: "input" }) as Record<string, unknown>,
	};
}

/** Names of the settings that are secrets: those whose control in the form is one. */
export function secretNames(provider: AnyProvider): readonly string[] {
	const { properties = {} } = z.toJSONSchema(provider.settings, { io: "input" });
	return Object.entries(properties).flatMap(([name, schema]) =>
		typeof schema === "object" && (schema["ui"] as { control?: string })?.control === "secret"
			? [name]
			: [],
	);
}

/** Throws `request.invalid` naming the first field at fault. */
export function splitSettings(
	provider: AnyProvider,
	given: SettingValues,
	stored?: SplitSettings,
): SplitSettings {
	const names = secretNames(provider);
	const isLeftOut = ([name, value]: [string, unknown]) =>
		value === null || (value === "" && names.includes(name));
	const typed = Object.entries(given).filter((entry) => !isLeftOut(entry));
	const parsed = provider.settings.safeParse({ ...stored?.secrets, ...Object.fromEntries(typed) });
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const path = ["settings", ...(issue?.path ?? [])].join(".");
		throw new GatewayError("request.invalid", {
			param: path,
			message: issue?.message ?? "The settings do not fit the provider.",
			cause: parsed.error,
		});
	}
	const entries = Object.entries(parsed.data);
	const secrets = entries.filter(([name]) => names.includes(name));
	return {
		plain: Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
		secrets: Object.fromEntries(secrets.map(([name, value]) => [name, String(value)])),
	};
}
