import type * as z from "zod";
import type { FindingRecord } from "../contract/settled-record.ts";

/** Where in the pipeline a plugin runs, in this order. */
export const rings = ["ingress", "pre-flight", "routing", "post-flight", "background"] as const;
export type Ring = (typeof rings)[number];

/** What a plugin may know of a request. Credentials are not part of it. */
export interface PluginView {
	readonly requestId: string;
	readonly endpoint: string;
	readonly header: (name: string) => string | undefined;
	/** Values by the rest of their names, which is in lower case. */
	readonly headersStartingWith: (prefix: string) => Readonly<Record<string, string>>;
	readonly json: Readonly<Record<string, unknown>>;
	readonly keyId: string | undefined;
}

/** Labels that travel with the request into the ledger. */
export interface Annotations {
	readonly tags?: readonly string[];
	readonly endUser?: string;
	readonly session?: string;
}

export type PluginVerdict =
	| { readonly action: "allow"; readonly annotations?: Annotations }
	| { readonly action: "flag"; readonly findings: readonly FindingRecord[] }
	| {
			readonly action: "block";
			readonly findings: readonly FindingRecord[];
			readonly reason: string;
	  };

export interface PluginInstance {
	readonly run: (view: PluginView, signal: AbortSignal) => PluginVerdict | Promise<PluginVerdict>;
}

export interface Plugin<Id extends string = string, Config extends z.ZodObject = z.ZodObject> {
	readonly id: Id;
	readonly title: string;
	readonly summary: string;
	readonly ring: Ring;
	readonly isOnByDefault: boolean;
	readonly config: Config;
	readonly create: (config: z.infer<Config>) => PluginInstance;
}

/** A plugin whose config type has been forgotten; what registries hold. */
export type AnyPlugin = Omit<Plugin, "create"> & {
	readonly create: (config: never) => PluginInstance;
};

/** A plugin with its configuration applied. */
export interface CompiledPlugin {
	readonly id: string;
	readonly ring: Ring;
	readonly onFailure: "closed" | "open";
	readonly timeoutMs: number;
	readonly instance: PluginInstance;
}

export function definePlugin<const Id extends string, Config extends z.ZodObject>(
	plugin: Plugin<Id, Config>,
): Plugin<Id, Config> {
	return plugin;
}
