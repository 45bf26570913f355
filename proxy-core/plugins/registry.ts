import type { AnyPlugin, CompiledPlugin } from "./define-plugin.ts";
import { plugin as requestTags } from "./marketplace/request-tags/plugin.ts";

export const plugins = [requestTags] as const satisfies readonly AnyPlugin[];

/** Every plugin that is on, with its defaults applied, in the order of the registry. */
export function compilePlugins(): readonly CompiledPlugin[] {
	return plugins
		.filter((plugin: AnyPlugin) => plugin.isOnByDefault)
		.map((plugin: AnyPlugin) => ({
			id: plugin.id,
			ring: plugin.ring,
			onFailure: "closed",
			timeoutMs: 1000,
			// The registry forgot the config type; the schema makes it.
			instance: plugin.create(plugin.config.parse({}) as never),
		}));
}
