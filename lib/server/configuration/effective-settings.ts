import type { Settings } from "../../../proxy-core/contract/settings.ts";
import { defaultSettings, settingsSchema } from "../../../proxy-core/contract/settings.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { CompiledFirewall } from "../../../proxy-core/firewall/compile-firewall.ts";
import { compileFirewall } from "../../../proxy-core/firewall/compile-firewall.ts";
import type { CompiledGuard } from "../../../proxy-core/guards/define-guard.ts";
import { compileGuards } from "../../../proxy-core/guards/registry.ts";
import type { CompiledPlugin } from "../../../proxy-core/plugins/define-plugin.ts";
import { compilePlugins } from "../../../proxy-core/plugins/registry.ts";
import type { SettingsRow } from "../repositories/settings.ts";
import type { ConfigurationProblem } from "./build-targets.ts";

export interface EffectiveSettings {
	/** 0: nobody has changed anything yet. */
	readonly version: number;
	readonly settings: Settings;
	readonly firewall: CompiledFirewall;
	readonly guards: readonly CompiledGuard[];
	readonly plugins: readonly CompiledPlugin[];
	readonly problems: readonly ConfigurationProblem[];
}

/**
 * The newest version that can be put in force; newer ones that cannot are problems, not outages.
 * `before`: the firewall in force, whose signatures need not be compiled again.
 */
export function effectiveSettings(
	newestFirst: readonly SettingsRow[],
	before?: CompiledFirewall,
): EffectiveSettings {
	const problems: ConfigurationProblem[] = [];
	for (const { version, value } of newestFirst) {
		try {
			return { version, ...compile(value, before), problems };
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			problems.push({ place: `settings:${version}`, message });
		}
	}
	return { version: 0, ...compile(defaultSettings), problems };
}

/** What `value` would mean in force. Throws `request.invalid` naming the field at fault. */
export function checkSettings(value: unknown): Settings {
	return compileChecked(value).settings;
}

/** The same, with what is compiled from it. */
export function compileChecked(value: unknown): Omit<EffectiveSettings, "version" | "problems"> {
	try {
		return compile(value);
	} catch (cause) {
		const [issue] = issuesOf(cause);
		throw new GatewayError("request.invalid", {
			...(issue === undefined ? {} : { param: issue.path.map(String).join(".") }),
			message: issue?.message ?? "These settings cannot be put in force.",
			cause,
		});
	}
}

function compile(
	value: unknown,
	before?: CompiledFirewall,
): Omit<EffectiveSettings, "version" | "problems"> {
	const settings = settingsSchema.parse(value);
	const firewall = compileFirewall(settings.firewall, before);
	return { settings, firewall, guards: compileGuards(settings), plugins: compilePlugins() };
}

interface Issue {
	readonly path: readonly PropertyKey[];
	readonly message: string;
}

function issuesOf(cause: unknown): readonly Issue[] {
	if (typeof cause !== "object" || cause === null || !("issues" in cause)) return [];
	return Array.isArray(cause.issues) ? (cause.issues as Issue[]) : [];
}
