import type { Settings } from "../../../proxy-core/contract/settings.ts";
import { defaultSettings, settingsSchema } from "../../../proxy-core/contract/settings.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { CompiledFirewall } from "../../../proxy-core/firewall/compile-firewall.ts";
import { compileFirewallInSteps } from "../../../proxy-core/firewall/compile-firewall.ts";
import type { CompiledGuard } from "../../../proxy-core/guards/define-guard.ts";
import { compileGuards } from "../../../proxy-core/guards/registry.ts";
import type { CompiledPlugin } from "../../../proxy-core/plugins/define-plugin.ts";
import { compilePlugins } from "../../../proxy-core/plugins/registry.ts";
import { takeTurns } from "../../../proxy-core/text/take-turns.ts";
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
 * The newest version that can be put in force; newer ones that cannot are problems, not outages. What is
 * in force already (`before`) is not compiled again. Others get a turn while signatures are compiled.
 */
export async function effectiveSettings(
	newestFirst: readonly SettingsRow[],
	before?: EffectiveSettings,
): Promise<EffectiveSettings> {
	const problems: ConfigurationProblem[] = [];
	for (const { version, value } of newestFirst) {
		// A version is never written twice.
		if (version === before?.version) return { ...before, problems };
		try {
			return { version, ...(await compile(value, before?.firewall)), problems };
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			problems.push({ place: `settings:${version}`, message });
		}
	}
	return { version: 0, ...(await compile(defaultSettings)), problems };
}

type Compiled = Omit<EffectiveSettings, "version" | "problems">;

/** What `value` would mean in force. Throws `request.invalid` naming the field at fault. */
export function checkSettings(value: unknown): Settings {
	return checked(value).settings;
}

/** The same, with what is compiled from it. */
export function compileChecked(value: unknown, before: CompiledFirewall): Promise<Compiled> {
	return withFirewall(checked(value), before);
}

function checked(value: unknown): Omit<Compiled, "firewall"> {
	try {
		return readSettings(value);
	} catch (cause) {
		const [issue] = issuesOf(cause);
		throw new GatewayError("request.invalid", {
			...(issue === undefined ? {} : { param: issue.path.map(String).join(".") }),
			message: issue?.message ?? "These settings cannot be put in force.",
			cause,
		});
	}
}

async function compile(value: unknown, before?: CompiledFirewall): Promise<Compiled> {
	return withFirewall(readSettings(value), before);
}

/** All that can be wrong with settings; signatures that fit the schema always compile. */
function readSettings(value: unknown): Omit<Compiled, "firewall"> {
	const settings = settingsSchema.parse(value);
	return { settings, guards: compileGuards(settings), plugins: compilePlugins() };
}

async function withFirewall(
	compiled: Omit<Compiled, "firewall">,
	before: CompiledFirewall | undefined,
): Promise<Compiled> {
	const firewall = await takeTurns(compileFirewallInSteps(compiled.settings.firewall, before));
	return { ...compiled, firewall };
}

interface Issue {
	readonly path: readonly PropertyKey[];
	readonly message: string;
}

function issuesOf(cause: unknown): readonly Issue[] {
	if (typeof cause !== "object" || cause === null || !("issues" in cause)) return [];
	return Array.isArray(cause.issues) ? (cause.issues as Issue[]) : [];
}
