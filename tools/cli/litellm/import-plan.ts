import type { BudgetInput } from "../../../lib/contracts/budgets.ts";
import type { OwnTimeouts } from "../../../lib/contracts/endpoints.ts";
import type { ModelPrice } from "../../../lib/contracts/prices.ts";
import type { RouteInput } from "../../../lib/contracts/routes.ts";
import type { Settings } from "../../../proxy-core/contract/settings.ts";
import type { Fields } from "./config-file.ts";
import type { Note } from "./notes.ts";

/** A provider as the installation has it. */
export interface ExistingProvider {
	readonly id: string;
	readonly kind: string;
	readonly origin: string;
	/** Secrets included; undefined when they cannot be opened. */
	readonly settings: Fields | undefined;
	readonly models: readonly string[];
}

export interface PlannedProvider {
	readonly id: string;
	readonly kind: string;
	readonly title: string;
	/** Secrets included. */
	readonly settings: Fields;
	readonly models: readonly string[];
	/** `use`: somebody else's of the same settings; only models are added. */
	readonly action: "create" | "update" | "use";
}

export interface PlannedPrice {
	readonly provider: string;
	readonly model: string;
	readonly price: ModelPrice;
	readonly note: string;
}

export interface PlannedTimeouts {
	readonly target: string;
	readonly timeouts: Partial<OwnTimeouts>;
}

/** `team` and `key` are resolved to ids when the plan is put in force. */
export interface PlannedBudget extends Omit<BudgetInput, "subject"> {
	readonly subject: string | null;
}

export interface PlannedKey {
	/** As it will be stored; the same key has the same id in every run. */
	readonly id: string;
	readonly name: string;
	/** The key itself, when it is known and long enough to be kept; undefined: a new one is issued. */
	readonly token: string | undefined;
	readonly team: string | undefined;
	readonly allowedModels: readonly string[];
	readonly requestsPerMinute: number | null;
	readonly expiresAt: Date | null;
}

type Part<Name extends keyof Settings> = Partial<Settings[Name]>;

/** The parts of the settings that the file says something about. */
export interface PlannedSettings {
	readonly routing: Part<"routing">;
	readonly timeouts: Part<"timeouts">;
	readonly cache: Omit<Part<"cache">, "semantic"> & {
		readonly semantic?: Partial<Settings["cache"]["semantic"]>;
	};
}

/** Everything that an import would make. */
export interface ImportPlan {
	readonly providers: readonly PlannedProvider[];
	readonly routes: readonly RouteInput[];
	readonly prices: readonly PlannedPrice[];
	readonly timeouts: readonly PlannedTimeouts[];
	readonly budgets: readonly PlannedBudget[];
	readonly keys: readonly PlannedKey[];
	readonly settings: PlannedSettings;
	readonly notes: readonly Note[];
}
