import type { ThreatDesk } from "../../../proxy-core/threat-ledger/threat-ledger.ts";
import { createThreatLedger } from "../../../proxy-core/threat-ledger/threat-ledger.ts";
import type { ConfigurationStore } from "../configuration/configuration-store.ts";
import type { ThreatKeeper, ThreatKeeperOptions } from "./threat-keeper.ts";
import { startThreatKeeper } from "./threat-keeper.ts";

interface OpenOptions extends Omit<ThreatKeeperOptions, "desk" | "halfLifeSeconds"> {
	readonly configuration: Pick<ConfigurationStore, "current">;
	readonly trustedProxies: readonly string[];
}

export interface Threats {
	readonly desk: ThreatDesk;
	readonly stop: ThreatKeeper["stop"];
}

/** This process's threat ledger, with the bans of before: nobody slips in while they are still being read. */
export async function openThreats(options: OpenOptions): Promise<Threats> {
	const { configuration, trustedProxies, ...keeping } = options;
	const settings = () => configuration.current().settings.threats;
	const desk = createThreatLedger({ settings, now: Date.now, trustedProxies });
	const keeper = startThreatKeeper({
		...keeping,
		desk,
		halfLifeSeconds: () => settings().halfLifeSeconds,
	});
	await keeper.ready;
	return { desk, stop: keeper.stop };
}
