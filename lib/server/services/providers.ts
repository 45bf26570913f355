import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type {
	createProvider,
	Provider,
	testProvider,
	updateProvider,
} from "../../contracts/providers.ts";
import type { Principal } from "../auth/principal.ts";
import { openSettings, sealSecrets } from "../configuration/upstream-secrets.ts";
import type { SplitSettings } from "../providers/provider-kind-catalogue.ts";
import type { ProviderTraffic } from "../repositories/overview.ts";
import { readProviderTraffic } from "../repositories/overview.ts";
import type { UpstreamRow } from "../repositories/upstreams.ts";
import * as upstreams from "../repositories/upstreams.ts";
import { runtime } from "../runtime.ts";

interface OnProvider {
	readonly params: { readonly id: string };
	readonly principal: Principal;
}
interface CreateInput {
	readonly body: z.output<typeof createProvider.body>;
	readonly principal: Principal;
}
interface UpdateInput extends OnProvider {
	readonly body: z.output<typeof updateProvider.body>;
}

const healthWindowMs = 15 * 60_000;
const originNames = ["console", "environment", "built-in"] as const;

export const providersService = {
	listKinds: async () => ({ items: [...runtime().providerKinds.list()] }),

	list: async () => {
		const { prisma } = runtime();
		const [rows, traffic] = await Promise.all([upstreams.listUpstreams(prisma), recentTraffic()]);
		return { items: rows.map((row) => toProvider(row, traffic.get(row.id))) };
	},

	/** Throws `request.invalid`, `egress.refused` and `resource.conflict`. */
	create: async ({ body, principal }: CreateInput) => {
		const { prisma, configuration, providerKinds, secretBox, log } = runtime();
		const { id, kind, title, models, isEnabled } = body;
		const { plain, secrets } = providerKinds.split(kind, body.settings);
		const row = await upstreams.createUpstream(prisma, {
			id,
			kind,
			title,
			settings: plain,
			secrets: sealSecrets(secretBox, id, secrets),
			models: distinct(models),
			origin: "console",
			isEnabled,
		});
		if (row === undefined) throw new GatewayError("resource.conflict", { param: "id" });
		await configuration.changed("providers");
		log.info("A provider was added.", { provider: id, kind, by: principal.userId });
		return toProvider(row, undefined);
	},

	/** Throws `resource.not_found`, `resource.read_only`, `request.invalid`, `egress.refused`. */
	update: async ({ params, body, principal }: UpdateInput) => {
		const { prisma, configuration, providerKinds, secretBox, log } = runtime();
		const row = await getUpstream(params.id);
		const stored = row.kind === body.kind ? storedSettings(row) : undefined;
		requireSameAddress(stored, body.settings);
		const { plain, secrets } = providerKinds.split(body.kind, body.settings, stored);
		if (row.origin === "environment" && !isSameButForModels(row, body, { plain, secrets })) {
			throw new GatewayError("resource.read_only");
		}
		if (row.origin === "built-in" && row.kind !== body.kind) {
			throw new GatewayError("resource.read_only", {
				param: "kind",
				message: "This provider is built in; its kind cannot be changed.",
			});
		}
		const updated = await upstreams.updateUpstream(prisma, {
			id: row.id,
			kind: body.kind,
			title: body.title,
			settings: plain,
			secrets: sealSecrets(secretBox, row.id, secrets),
			models: distinct(body.models),
			origin: originOf(row),
			isEnabled: body.isEnabled,
		});
		if (updated === undefined) throw new GatewayError("resource.not_found");
		await configuration.changed("providers");
		log.info("A provider was changed.", { provider: row.id, by: principal.userId });
		return toProvider(updated, (await recentTraffic()).get(row.id));
	},

	/** Throws `resource.not_found` and `resource.read_only`. */
	remove: async ({ params, principal }: OnProvider) => {
		const { prisma, configuration, log } = runtime();
		const row = await getUpstream(params.id);
		if (originOf(row) !== "console") {
			throw new GatewayError("resource.read_only", {
				message:
					"This provider is not from the console and cannot be removed here; disable it instead.",
			});
		}
		await upstreams.deleteUpstream(prisma, row.id);
		await configuration.changed("providers");
		log.info("A provider was removed.", { provider: row.id, by: principal.userId });
		return {};
	},

	/** Throws `request.invalid` and `egress.refused`; an unreachable provider is an answer, not an error. */
	test: async ({ body }: { readonly body: z.output<typeof testProvider.body> }) => {
		const { providerKinds } = runtime();
		const row = body.id === undefined ? undefined : await getUpstream(body.id);
		const stored = row?.kind === body.kind ? storedSettings(row) : undefined;
		requireSameAddress(stored, body.settings);
		const split = providerKinds.split(body.kind, body.settings, stored);
		return providerKinds.test(body.kind, split);
	},

	/** Throws `resource.not_found`. */
	check: async ({ params }: OnProvider) => {
		const { prisma, providerKinds, events } = runtime();
		const row = await getUpstream(params.id);
		const report = await providerKinds.test(row.kind, storedSettings(row));
		await upstreams.saveCheck(prisma, row.id, report);
		events.publish({ type: "providers.changed" });
		return report;
	},
};

async function getUpstream(id: string): Promise<UpstreamRow> {
	const row = await upstreams.findUpstream(runtime().prisma, id);
	if (row === null) throw new GatewayError("resource.not_found");
	return row;
}

/** Secrets that cannot be opened any more (another master key) count as not set, so that they can be typed again. */
function storedSettings(row: UpstreamRow): SplitSettings {
	const { secretBox, log } = runtime();
	try {
		return openSettings(secretBox, row);
	} catch (error) {
		log.error("The stored secrets of a provider cannot be opened.", { provider: row.id, error });
		return openSettings(secretBox, { ...row, secrets: null });
	}
}

/** A stored secret goes only where it was stored for: never to an address that was typed just now. */
function requireSameAddress(
	stored: SplitSettings | undefined,
	given: Readonly<Record<string, unknown>>,
): void {
	if (stored === undefined || Object.keys(stored.secrets).length === 0) return;
	const typesSecrets = Object.keys(stored.secrets).every(
		(name) => given[name] !== undefined && given[name] !== "",
	);
	if (typesSecrets || stored.plain["baseUrl"] === given["baseUrl"]) return;
	throw new GatewayError("request.invalid", {
		param: "settings.baseUrl",
		message: "Type the credential again when the address changes.",
	});
}

function isSameButForModels(
	row: UpstreamRow,
	body: UpdateInput["body"],
	split: SplitSettings,
): boolean {
	const stored = storedSettings(row);
	return (
		row.kind === body.kind &&
		row.title === body.title &&
		isDeepStrictEqual({ ...split.plain }, { ...stored.plain }) &&
		isDeepStrictEqual({ ...split.secrets }, { ...stored.secrets })
	);
}

async function recentTraffic(): Promise<ReadonlyMap<string, ProviderTraffic>> {
	const since = new Date(Date.now() - healthWindowMs);
	const rows = await readProviderTraffic(runtime().prisma, since);
	return new Map(rows.map((row) => [row.provider, row]));
}

function originOf(row: UpstreamRow): Provider["origin"] {
	return originNames.find((origin) => origin === row.origin) ?? "console";
}

function distinct(models: readonly string[]): string[] {
	return [...new Set(models)];
}

function toProvider(row: UpstreamRow, traffic: ProviderTraffic | undefined): Provider {
	const { configuration, providerKinds } = runtime();
	const { plain, secrets } = storedSettings(row);
	const prices = configuration.prices();
	return {
		id: row.id,
		kind: row.kind,
		kindTitle: providerKinds.find(row.kind)?.title ?? row.kind,
		title: row.title,
		settings: { ...plain },
		secretsSet: Object.keys(secrets),
		models: row.models,
		unpricedModels: row.models.filter(
			(model) => prices.find(row.kind, model, row.id)?.price === undefined,
		),
		origin: originOf(row),
		isEnabled: row.isEnabled,
		health: {
			errorRate: traffic === undefined ? null : traffic.failed / traffic.requests,
			latencyMsP50: traffic?.latencyMsP50 ?? null,
			requests: traffic?.requests ?? 0,
			check: checkOf(row),
		},
		createdAt: row.createdAt.toISOString(),
		updatedAt: row.updatedAt.toISOString(),
	};
}

function checkOf(row: UpstreamRow): Provider["health"]["check"] {
	if (row.checkedAt === null || row.checkStatus === null) return null;
	return {
		status: row.checkStatus === "ok" ? "ok" : "failed",
		message: row.checkMessage ?? "",
		latencyMs: row.checkLatencyMs ?? 0,
		at: row.checkedAt.toISOString(),
	};
}
