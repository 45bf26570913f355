import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { SeriesView } from "../../../proxy-core/routing/latency-series.ts";
import type { RoutingDesk } from "../../../proxy-core/routing/routing-desk.ts";
import type { TargetEndpoint, updateEndpoint } from "../../contracts/endpoints.ts";
import { ownTimeouts } from "../../contracts/endpoints.ts";
import type { Principal } from "../auth/principal.ts";
import type { TargetSettingRow } from "../repositories/target-settings.ts";
import * as targetSettings from "../repositories/target-settings.ts";
import type { UpstreamRow } from "../repositories/upstreams.ts";
import { listUpstreams } from "../repositories/upstreams.ts";
import { runtime } from "../runtime.ts";
import { idOfName, nameOfId } from "./name-id.ts";
import { providersService } from "./providers.ts";
import { toStanding } from "./target-standing.ts";

interface OnEndpoint {
	readonly params: { readonly id: string };
	readonly principal: Principal;
}
interface WithChange {
	readonly body: z.output<typeof updateEndpoint.body>;
}

/** Targets as places that requests go to: one model at one provider each. */
export const endpointsService = {
	list: async () => {
		const { prisma, node, routing } = runtime();
		const [desk, upstreams, rows] = await Promise.all([
			routing(),
			listUpstreams(prisma),
			targetSettings.listTargetSettings(prisma),
		]);
		const settings = new Map(rows.map((row) => [row.target, row]));
		const items = upstreams.flatMap((upstream) =>
			[...new Set(upstream.models)].map((model) =>
				toEndpoint({ upstream, model, row: settings.get(`${upstream.id}/${model}`) }, desk),
			),
		);
		return { items, node };
	},

	/** What is left out stays. Throws `resource.not_found`. */
	update: async ({ params, body, principal }: OnEndpoint & WithChange) => {
		const { prisma, configuration, routing, log } = runtime();
		const place = await getPlace(params.id);
		const target = nameOf(place);
		const timeouts = body.timeouts ?? timeoutsOf(place.row);
		await targetSettings.saveTargetSetting(prisma, target, {
			isEnabled: body.isEnabled ?? place.row?.isEnabled ?? true,
			priority: body.priority ?? place.row?.priority ?? 0,
			timeouts: Object.fromEntries(
				Object.entries(timeouts).filter((entry): entry is [string, number] => entry[1] !== null),
			),
		});
		await configuration.changed("routing");
		log.info("A target was changed.", { target, by: principal.userId });
		return toEndpoint(await getPlace(params.id), await routing());
	},

	/** Throws `resource.not_found`; an unreachable provider is an answer, not an error. */
	probe: async ({ params, principal }: OnEndpoint) => {
		const { routing } = runtime();
		const { upstream, model } = await getPlace(params.id);
		const report = await providersService.check({ params: { id: upstream.id }, principal });
		(await routing()).checked(upstream.id, { ok: report.ok, latencyMs: report.latencyMs });
		const isMissing = report.ok && report.models.length > 0 && !report.models.includes(model);
		return {
			ok: report.ok,
			message: isMissing ? `${report.message} “${model}” is not among them.` : report.message,
			latencyMs: report.latencyMs,
			at: new Date().toISOString(),
		};
	},
};

interface Place {
	readonly upstream: UpstreamRow;
	readonly model: string;
	readonly row: TargetSettingRow | undefined;
}

function nameOf({ upstream, model }: Place): string {
	return `${upstream.id}/${model}`;
}

async function getPlace(id: string): Promise<Place> {
	const { prisma } = runtime();
	const target = nameOfId(id);
	const slash = target.indexOf("/");
	const model = target.slice(slash + 1);
	const [upstreams, row] = await Promise.all([
		listUpstreams(prisma),
		targetSettings.findTargetSetting(prisma, target),
	]);
	const upstream = upstreams.find((entry) => entry.id === target.slice(0, Math.max(0, slash)));
	if (upstream === undefined || !upstream.models.includes(model)) {
		throw new GatewayError("resource.not_found");
	}
	return { upstream, model, row: row ?? undefined };
}

function toEndpoint(place: Place, routing: RoutingDesk): TargetEndpoint {
	const { snapshot } = runtime();
	const { upstream, model, row } = place;
	const target = nameOf(place);
	const view = routing.view(target);
	const own = timeoutsOf(row);
	return {
		id: idOfName(target),
		target,
		provider: upstream.id,
		providerTitle: upstream.title,
		kind: upstream.kind,
		model,
		isEnabled: row?.isEnabled ?? true,
		isProviderEnabled: upstream.isEnabled,
		priority: row?.priority ?? 0,
		timeouts: own,
		timeoutsInForce: { ...snapshot().settings.timeouts, ...set(own) },
		standing: toStanding(view),
		series: seriesOf(view?.series),
		lastCheck:
			view?.lastCheck === undefined
				? null
				: {
						ok: view.lastCheck.ok,
						latencyMs: Math.round(view.lastCheck.latencyMs),
						at: new Date(view.lastCheck.atMs).toISOString(),
					},
		routes: routesWith(target, model),
	};
}

/** Own timeouts that cannot be read count as not set, as they do in force. */
function timeoutsOf(row: TargetSettingRow | undefined): TargetEndpoint["timeouts"] {
	const stored = ownTimeouts.safeParse(row?.timeouts ?? {});
	return stored.success ? stored.data : ownTimeouts.parse({});
}

function set(own: TargetEndpoint["timeouts"]): Partial<TargetEndpoint["timeoutsInForce"]> {
	return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== null));
}

function seriesOf(series: SeriesView | undefined): TargetEndpoint["series"] {
	if (series === undefined || series.requests.every((count) => count === 0)) return null;
	return {
		from: new Date(series.fromMs).toISOString(),
		stepMs: series.stepMs,
		requests: [...series.requests],
		failures: [...series.failures],
		latencyMs: [...series.latencyMs],
	};
}

function routesWith(target: string, model: string): string[] {
	const { routes } = runtime().snapshot();
	return [...routes.values()]
		.filter(({ entries }) =>
			entries.some((entry) => entry.target === target || entry.target === model),
		)
		.map(({ name }) => name);
}
