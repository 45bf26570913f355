import type { FallbackReason } from "../../../proxy-core/contract/routing.ts";
import type { ConfigFile, Path } from "./config-file.ts";
import type { Notes } from "./notes.ts";
import { fieldsOf, textOf, textsOf } from "./values.ts";

export type Fallbacks = Readonly<Record<FallbackReason, readonly string[]>>;

const settings = [
	["fallbacks", "error"],
	["context_window_fallbacks", "context-window"],
	["content_policy_fallbacks", "content-policy"],
] as const satisfies readonly (readonly [string, FallbackReason])[];
const sections = ["router_settings", "litellm_settings"] as const;
/** A route has no more of one kind. */
const fallbacksMax = 20;

interface Context {
	/** Whether a route has this name or stands for it. */
	readonly isKnown: (name: string) => boolean;
	readonly notes: Notes;
}

/**
 * The three kinds of fallbacks by the name that a request asks for. LiteLLM reads them from either
 * section; the router's own come first. Its default ones follow where a model has none of its own.
 */
export function readFallbacks(config: ConfigFile, context: Context): (name: string) => Fallbacks {
	const byReason = new Map(
		settings.map(([setting, reason]) => [reason, readSetting(config, setting, context)]),
	);
	const defaults = sections.flatMap((section) => {
		const path: Path = [section, "default_fallbacks"];
		const names = textsOf(fieldsOf(config.value[section])["default_fallbacks"]);
		return names.filter((name) => keepKnown(name, { path, ...context }));
	});
	return (name) => {
		const of = (reason: FallbackReason): readonly string[] => {
			const own = byReason.get(reason) ?? new Map<string, readonly string[]>();
			const found = own.get(name) ?? own.get("*") ?? (reason === "error" ? defaults : []);
			return [...new Set(found)].filter((other) => other !== name).slice(0, fallbacksMax);
		};
		return {
			error: of("error"),
			"context-window": of("context-window"),
			"content-policy": of("content-policy"),
		};
	};
}

function readSetting(
	config: ConfigFile,
	setting: string,
	context: Context,
): ReadonlyMap<string, readonly string[]> {
	const found = new Map<string, readonly string[]>();
	for (const section of sections) {
		const list = fieldsOf(config.value[section])[setting];
		for (const [index, item] of (Array.isArray(list) ? list : []).entries()) {
			const path: Path = [section, setting, index];
			for (const [name, value] of Object.entries(fieldsOf(item))) {
				if (found.has(name)) continue;
				if (name !== "*" && !context.isKnown(name)) {
					context.notes.left(path, `Fallbacks of ${name}: there is no model of this name.`);
					continue;
				}
				found.set(name, namesOf(value, { path, ...context }));
			}
		}
	}
	return found;
}

interface Placed extends Context {
	readonly path: Path;
}

/** A fallback is a name, or a name with parameters of its own. */
function namesOf(value: unknown, placed: Placed): readonly string[] {
	const list = Array.isArray(value) ? value : [value];
	return list.flatMap((item) => {
		const own = fieldsOf(item);
		const name = textOf(item) ?? textOf(own["model"]);
		if (name === undefined) return [];
		if (Object.keys(own).length > 1) {
			placed.notes.changed(placed.path, `${name}: a fallback gets the request as it is.`);
		}
		return keepKnown(name, placed) ? [name] : [];
	});
}

function keepKnown(name: string, { path, isKnown, notes }: Placed): boolean {
	if (isKnown(name)) return true;
	notes.left(path, `The fallback ${name}: there is no model of this name.`);
	return false;
}
