import type { ModelTraits } from "./contract/model-traits.ts";
import type { Settings } from "./contract/settings.ts";
import type { EndpointId } from "./contract/settled-record.ts";
import type { CompiledFirewall } from "./firewall/compile-firewall.ts";
import type { CompiledGuard } from "./guards/define-guard.ts";
import type { BodyLimits } from "./limits/body-limits.ts";
import type { CompiledPlugin } from "./plugins/define-plugin.ts";
import type { Connector } from "./providers/define-provider.ts";
import type { QuotaIndex } from "./quotas/quota-index.ts";
import type { Route } from "./routing/route.ts";

/** A virtual key as the request path sees it. Hashes are SHA-256 of the whole token. */
export interface KeyRecord {
	readonly id: string;
	readonly name: string;
	readonly secretHash: Uint8Array;
	/** The secret before the last rotation, accepted until `untilMs` (epoch). */
	readonly previous?: { readonly secretHash: Uint8Array; readonly untilMs: number };
	readonly ownerId: string | null;
	readonly teamId: string | null;
	/** Limits on bodies that its team has in place of the settings'. */
	readonly teamLimits?: Partial<BodyLimits>;
	/** Matches `provider/model`, bare model names and `*` patterns; empty allows all. */
	readonly allowedModels: readonly string[];
	readonly allowedEndpoints: readonly EndpointId[];
	/** Null: the installation's default. 0: no limit. */
	readonly requestsPerMinute: number | null;
	readonly expiresAtMs: number | null;
	readonly revokedAtMs: number | null;
}

/**
 * What a model costs. Rates of tokens are micro-dollars per million of them. An absent rate of a part
 * (cached, reasoning, audio, image tokens) means that the part costs what the whole does; an absent
 * rate of something sold by the piece means that nobody knows what it costs.
 */
export interface Rates {
	readonly inputMicroUsd: number;
	readonly outputMicroUsd: number;
	readonly cachedInputMicroUsd?: number;
	readonly cacheWriteMicroUsd?: number;
	/** Caches that live an hour. */
	readonly longCacheWriteMicroUsd?: number;
	readonly reasoningMicroUsd?: number;
	readonly inputAudioMicroUsd?: number;
	readonly outputAudioMicroUsd?: number;
	readonly inputImageMicroUsd?: number;
	readonly outputImageMicroUsd?: number;
	/** Micro-dollars each; of a model sold by size and quality the dearest. */
	readonly imageMicroUsd?: number;
	/** Micro-dollars each, by `quality/1024x1024` or `1024x1024`. */
	readonly imageVariants?: Readonly<Record<string, number>>;
	/** Micro-dollars per minute of sound. */
	readonly audioMinuteMicroUsd?: number;
	/** Micro-dollars per million characters. */
	readonly charactersMicroUsd?: number;
	/** Micro-dollars per thousand searches. */
	readonly searchesMicroUsd?: number;
	/** Micro-dollars for the request itself, whatever it used. */
	readonly requestMicroUsd?: number;
}

/** Rates, and the ones that replace them for the whole request once its input is long. */
export interface Price extends Rates {
	readonly longContext?: { readonly aboveInputTokens: number; readonly rates: Rates };
}

/** One model at one configured provider. */
export interface Target {
	/** `provider/model`. */
	readonly id: string;
	readonly providerId: string;
	readonly providerTitle: string;
	/** Kind of provider. */
	readonly kind: string;
	/** The upstream's own name. */
	readonly model: string;
	readonly connector: Connector;
	/** Undefined: the catalogue has no price. */
	readonly price: Price | undefined;
	/** Undefined: the catalogue does not know the model. */
	readonly traits: ModelTraits | undefined;
	/** Lower is tried first where nothing else decides. */
	readonly priority: number;
	readonly timeouts: Settings["timeouts"];
	/** Epoch seconds, for `created` in the list of models. */
	readonly createdAtSeconds: number;
}

/**
 * Everything a request needs to know, as one immutable object. A change makes a new one and swaps
 * the reference; a request keeps the one it started with.
 */
export interface Snapshot {
	readonly version: number;
	readonly settings: Settings;
	readonly keys: ReadonlyMap<string, KeyRecord>;
	/** By `provider/model`. */
	readonly targets: ReadonlyMap<string, Target>;
	/** Targets by bare model name, in the order in which they should be tried. */
	readonly targetsByModel: ReadonlyMap<string, readonly Target[]>;
	/** Model groups, aliases and wildcards by name; names with `*` stand in `wildcards` instead. */
	readonly routes: ReadonlyMap<string, Route>;
	/** Most specific first. */
	readonly wildcards: readonly Route[];
	/** Budgets and limits, found by whom they count. */
	readonly quotas: QuotaIndex;
	readonly firewall: CompiledFirewall;
	readonly guards: readonly CompiledGuard[];
	readonly plugins: readonly CompiledPlugin[];
	readonly priceVersion: string;
}
