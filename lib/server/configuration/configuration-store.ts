import { hash } from "node:crypto";
import type { PrismaClient } from "../../../prisma/generated/client.ts";
import type { Settings } from "../../../proxy-core/contract/settings.ts";
import { endpointIds } from "../../../proxy-core/contract/settled-record.ts";
import { guardsJsonSchema } from "../../../proxy-core/guards/registry.ts";
import type { Log, SnapshotSource } from "../../../proxy-core/ports.ts";
import type { PriceCatalogue } from "../../../proxy-core/pricing/price-catalogue.ts";
import { withOverrides } from "../../../proxy-core/pricing/price-overrides.ts";
import { indexQuotas } from "../../../proxy-core/quotas/quota-index.ts";
import type { KeyRecord, Snapshot } from "../../../proxy-core/snapshot.ts";
import { loadKeys } from "../repositories/keys.ts";
import type { ConfigurationChange } from "../repositories/notify.ts";
import { notifyChanged } from "../repositories/notify.ts";
import type { PriceOverrideRow } from "../repositories/price-overrides.ts";
import { loadPriceOverrides } from "../repositories/price-overrides.ts";
import { loadQuotas } from "../repositories/quotas.ts";
import { listRoutes } from "../repositories/routes.ts";
import { listSettings } from "../repositories/settings.ts";
import { listTargetSettings } from "../repositories/target-settings.ts";
import type { UpstreamRow } from "../repositories/upstreams.ts";
import { listUpstreams } from "../repositories/upstreams.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { applyTargetSettings } from "./apply-target-settings.ts";
import { createRouteBuilder } from "./build-routes.ts";
import type { ConfigurationProblem } from "./build-targets.ts";
import { createTargetBuilder } from "./build-targets.ts";
import { changedPolicy } from "./changed-policy.ts";
import type { EffectiveSettings } from "./effective-settings.ts";
import { checkSettings, effectiveSettings } from "./effective-settings.ts";
import type { CataloguedGuard } from "./guard-catalogue.ts";
import { guardCatalogue } from "./guard-catalogue.ts";

export interface ConfigurationStore extends SnapshotSource {
	/** Of the settings in force; 0 until somebody has changed any. */
	readonly settingsVersion: () => number;
	/** What is stored but cannot be put in force. */
	readonly problems: () => readonly ConfigurationProblem[];
	/** The prices in force: the list's with what was overridden. */
	readonly prices: () => PriceCatalogue;
	/** The prices that this version came with. */
	readonly listPrices: () => PriceCatalogue;
	/** Reads everything again; resolves when it is in force here. Keeps the old snapshot when it throws. */
	readonly reload: () => Promise<void>;
	/** To be called after each change in the database: in force here when it resolves, on other nodes soon after. */
	readonly changed: (change: ConfigurationChange) => Promise<void>;
	/** Parses settings and compiles the guards. Throws `request.invalid` naming the field. */
	readonly checkSettings: (value: unknown) => Settings;
	/** The snapshot in force with some sections of the settings replaced; see `changed-policy.ts`. */
	readonly changedPolicy: (change: Readonly<Record<string, unknown>>) => Promise<Snapshot>;
	/** JSON Schema of the settings' `guards`; each guard owns its part. */
	readonly guardsSchema: Readonly<Record<string, unknown>>;
	/** Every guard that there is, whether it is on or not. */
	readonly guards: readonly CataloguedGuard[];
}

export interface ConfigurationOptions {
	readonly prisma: PrismaClient;
	readonly secretBox: SecretBox;
	readonly prices: PriceCatalogue;
	readonly log: Log;
	/** Of this process, so that it does not react to its own notifications. */
	readonly node: string;
	/** Called with each snapshot just before it is in force, the first one too. */
	readonly onApply?: (snapshot: Snapshot) => void;
}

/** Loads the configuration; throws when the database cannot be read, for there is nothing to serve then. */
export async function openConfiguration(
	options: ConfigurationOptions,
): Promise<ConfigurationStore> {
	const { prisma, log, node, onApply } = options;
	const load = createLoader(options);
	let loaded = await load(1);
	onApply?.(loaded.snapshot);
	let queued: Promise<void> | undefined;
	let running: Promise<unknown> = Promise.resolve();

	const refresh = async () => {
		queued = undefined;
		const next = await load(loaded.snapshot.version + 1);
		if (next.mark === loaded.mark) return;
		onApply?.(next.snapshot);
		loaded = next;
		log.info("A new configuration is in force.", { version: next.snapshot.version });
	};
	/** One at a time; whoever asks while one runs shares the next, which sees what they wrote. */
	const reload = async () => {
		queued ??= running.then(refresh, refresh);
		running = queued.catch(() => undefined);
		return queued;
	};
	return {
		current: () => loaded.snapshot,
		settingsVersion: () => loaded.settingsVersion,
		problems: () => loaded.problems,
		prices: () => loaded.prices,
		listPrices: () => options.prices,
		reload,
		changed: async (change) => {
			await reload();
			await notifyChanged(prisma, change, node);
		},
		checkSettings,
		changedPolicy: (change) => changedPolicy(loaded.snapshot, change),
		guardsSchema: guardsJsonSchema(),
		guards: guardCatalogue,
	};
}

interface Loaded {
	readonly snapshot: Snapshot;
	readonly settingsVersion: number;
	readonly problems: readonly ConfigurationProblem[];
	readonly prices: PriceCatalogue;
	/** Equal marks mean equal configurations. */
	readonly mark: string;
}

function createLoader({ prisma, secretBox, prices: listed, log }: ConfigurationOptions) {
	const builder = createTargetBuilder({ secretBox, log });
	const routeBuilder = createRouteBuilder();
	let before: EffectiveSettings | undefined;
	return async (version: number): Promise<Loaded> => {
		const [settingRows, keyRows, upstreams, overrides, routeRows, targetRows, quotas] =
			await Promise.all([
				listSettings(prisma),
				loadKeys(prisma),
				listUpstreams(prisma),
				loadPriceOverrides(prisma),
				listRoutes(prisma),
				listTargetSettings(prisma),
				loadQuotas(prisma),
			]);
		const prices = withOverrides(listed, overrides.inForce);
		const effective = await effectiveSettings(settingRows, before);
		before = effective;
		const { settings, firewall, guards, plugins } = effective;
		const { targets, targetsByModel, problems } = applyTargetSettings(
			builder.build(upstreams, settings, prices),
			targetRows,
		);
		const { routes, wildcards, problems: routeProblems } = routeBuilder.build(routeRows);
		const keys = new Map(keyRows.map((row) => [row.id, toKeyRecord(row)]));
		return {
			snapshot: {
				version,
				settings,
				keys,
				targets,
				targetsByModel,
				routes,
				wildcards,
				quotas: indexQuotas(quotas),
				firewall,
				guards,
				plugins,
				priceVersion: prices.version,
			},
			settingsVersion: effective.version,
			prices,
			problems: [
				...effective.problems,
				...problems,
				...routeProblems,
				...overrides.unreadable.map(unreadablePrice),
			],
			mark: hash(
				"sha256",
				JSON.stringify([
					effective.version,
					keyRows,
					upstreams.map(inForce),
					overrides,
					routeRows,
					targetRows,
					quotas,
				]),
			),
		};
	};
}

function unreadablePrice({ place, model }: PriceOverrideRow): ConfigurationProblem {
	const message = "The price that was set cannot be read; the list price holds.";
	return { place: `price:${place}/${model}`, message };
}

/** What a request can notice of a provider; results of checks are not part of it. */
function inForce(row: UpstreamRow): unknown {
	const { id, kind, title, settings, secrets, models, isEnabled } = row;
	const sealed = secrets === null ? null : Buffer.from(secrets).toString("base64");
	return [id, kind, title, settings, sealed, models, isEnabled];
}

/** Limits that a team has in place of the settings'. */
function teamLimitsOf(team: StoredKey["team"]): NonNullable<KeyRecord["teamLimits"]> {
	return {
		...(team?.textBytesMax == null ? {} : { textBytesMax: team.textBytesMax }),
		...(team?.messagesMax == null ? {} : { messagesMax: team.messagesMax }),
	};
}

type StoredKey = Awaited<ReturnType<typeof loadKeys>>[number];

function toKeyRecord(row: StoredKey): KeyRecord {
	const { previousHash, previousExpiresAt } = row;
	return {
		id: row.id,
		name: row.name,
		secretHash: row.secretHash,
		...(previousHash === null || previousExpiresAt === null
			? {}
			: { previous: { secretHash: previousHash, untilMs: previousExpiresAt.getTime() } }),
		ownerId: row.ownerId,
		teamId: row.teamId,
		teamLimits: teamLimitsOf(row.team),
		allowedModels: row.allowedModels,
		allowedEndpoints: endpointIds.filter((id) => row.allowedEndpoints.includes(id)),
		requestsPerMinute: row.requestsPerMinute,
		expiresAtMs: row.expiresAt?.getTime() ?? null,
		revokedAtMs: row.revokedAt?.getTime() ?? null,
	};
}
