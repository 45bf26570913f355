import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Environment } from "../../../lib/server/env.ts";
import { allowedHostOf, createAllowList } from "../../../proxy-core/egress/allow-list.ts";
import { checkUrl } from "../../../proxy-core/egress/check-url.ts";
import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../../proxy-core/pricing/price-catalogue.ts";
import { connectProvider, findProvider } from "../../../proxy-core/providers/registry.ts";
import type { Installation } from "../installation.ts";
import type { Applied, Place } from "./apply-plan.ts";
import { applyPlan, readExisting } from "./apply-plan.ts";
import { readConfig } from "./config-file.ts";
import type { ImportPlan } from "./import-plan.ts";
import type { PlanInput } from "./plan.ts";
import { planImport } from "./plan.ts";
import { readKeyExport } from "./plan-keys.ts";
import { renderReport } from "./report.ts";

export interface LiteLlmFiles {
	/** Of `config.yaml`. */
	readonly configPath: string;
	readonly keysPath: string | undefined;
	readonly envPath: string | undefined;
	readonly withMasterKey: boolean;
}

export type Sources = Omit<PlanInput, "existing" | "reserved" | "catalogue" | "now">;

/**
 * Reads everything that does not need the installation, so that an unusable file is told before
 * anything is started. Throws `UnusableFileError`, and what the file system throws.
 */
export function readSources(
	files: LiteLlmFiles,
	environment: Readonly<Record<string, string | undefined>>,
): Sources {
	const { configPath, keysPath, envPath, withMasterKey } = files;
	const fromFile = envPath === undefined ? {} : parseEnv(readFileSync(envPath, "utf8"));
	return {
		config: readConfig(readFileSync(configPath, "utf8")),
		keys: keysPath === undefined ? undefined : readKeyExport(readFileSync(keysPath, "utf8")),
		withMasterKey,
		environment: { ...fromFile, ...environment },
		readFile: (path) => {
			try {
				return readFileSync(resolve(dirname(configPath), path), "utf8");
			} catch {
				return undefined;
			}
		},
	};
}

/** Plans against what is there. Without a place there is nothing. */
export async function planFor(
	sources: Sources,
	environment: Environment,
	place: Place | undefined,
): Promise<ImportPlan> {
	return planImport({
		...sources,
		existing: place === undefined ? [] : await readExisting(place),
		reserved: reservedBy(environment),
		catalogue: createPriceCatalogue(readShippedPrices()),
		now: Date.now(),
	});
}

function reservedBy({ providers, ollamaUrl }: Environment): PlanInput["reserved"] {
	const ollama = { id: "ollama", kind: "ollama", settings: { baseUrl: ollamaUrl } };
	const named = [...providers, ...(ollamaUrl === undefined ? [] : [ollama])];
	return [
		{ id: "simulator", kind: "simulator", settings: undefined },
		...named.map(({ id, kind, settings }) => {
			const parsed = findProvider(kind)?.settings.safeParse(settings);
			return { id, kind, settings: parsed?.data };
		}),
	];
}

/** Puts the files in force and tells what became of them. */
export async function importInto(sources: Sources, installation: Installation): Promise<string> {
	const plan = await planFor(sources, installation.environment, installation);
	const applied = await applyPlan(plan, installation);
	return reportOf(plan, installation.environment, { place: installation.description, applied });
}

/** Tells what an import would make; changes nothing. */
export async function describeImport(
	sources: Sources,
	environment: Environment,
	installation: Installation | undefined,
): Promise<string> {
	const plan = await planFor(sources, environment, installation);
	const place = installation?.description ?? "an empty installation (its database is not running)";
	return reportOf(plan, environment, { place, applied: undefined });
}

function reportOf(
	plan: ImportPlan,
	{ egressAllow }: Environment,
	{ place, applied }: { readonly place: string; readonly applied: Applied | undefined },
): string {
	const allowList = createAllowList(egressAllow);
	const refused = plan.providers.flatMap(({ id, kind, settings }) => {
		const provider = findProvider(kind);
		if (provider === undefined) return [];
		const { baseUrl } = connectProvider(provider, settings);
		try {
			checkUrl(baseUrl, allowList);
			return [];
		} catch {
			return [{ provider: id, host: allowedHostOf(baseUrl) }];
		}
	});
	return renderReport({ plan, place, applied, refused });
}
