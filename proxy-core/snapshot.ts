import type { Settings } from "./contract/settings.ts";
import type { EndpointId } from "./contract/settled-record.ts";
import type { CompiledGuard } from "./guards/define-guard.ts";
import type { CompiledPlugin } from "./plugins/define-plugin.ts";
import type { Connector } from "./providers/define-provider.ts";

/** A virtual key as the request path sees it. Hashes are SHA-256 of the whole token. */
export interface KeyRecord {
	readonly id: string;
	readonly name: string;
	readonly secretHash: Uint8Array;
	/** The secret before the last rotation, accepted until `untilMs` (epoch). */
	readonly previous?: { readonly secretHash: Uint8Array; readonly untilMs: number };
	readonly ownerId: string | null;
	readonly teamId: string | null;
	/** Matches `provider/model`, bare model names and `*` patterns; empty allows all. */
	readonly allowedModels: readonly string[];
	readonly allowedEndpoints: readonly EndpointId[];
	/** Null: the installation's default. 0: no limit. */
	readonly requestsPerMinute: number | null;
	readonly expiresAtMs: number | null;
	readonly revokedAtMs: number | null;
}

/** Micro-dollars per million tokens. */
export interface Price {
	readonly inputMicroUsd: number;
	readonly outputMicroUsd: number;
	/** Absent: cache reads cost as much as input. */
	readonly cachedInputMicroUsd?: number;
	/** Absent: cache writes cost as much as input. */
	readonly cacheWriteMicroUsd?: number;
	/** Absent: reasoning costs as much as output. */
	readonly reasoningMicroUsd?: number;
}

/** One model at one configured provider. */
export interface Target {
	/** `provider/model`. */
	readonly id: string;
	readonly providerId: string;
	readonly providerTitle: string;
	/** The upstream's own name. */
	readonly model: string;
	readonly connector: Connector;
	/** Undefined: the catalogue has no price. */
	readonly price: Price | undefined;
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
	readonly guards: readonly CompiledGuard[];
	readonly plugins: readonly CompiledPlugin[];
	readonly priceVersion: string;
}
