import type * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type { ListedModel } from "../../../proxy-core/pricing/price-catalogue.ts";
import type { Price } from "../../../proxy-core/snapshot.ts";
import type {
	getPriceHistory,
	ListedModelInfo,
	listPrices,
	ModelPrice,
	PriceOverrideInfo,
	PricePlace,
	revertPrice,
	setPrice,
	Traits,
} from "../../contracts/prices.ts";
import { priceSchema } from "../../contracts/prices.ts";
import type { Principal } from "../auth/principal.ts";
import type { PriceOverrideRow } from "../repositories/price-overrides.ts";
import * as overrides from "../repositories/price-overrides.ts";
import { findUpstream } from "../repositories/upstreams.ts";
import { runtime } from "../runtime.ts";

interface ListInput {
	readonly query: z.output<typeof listPrices.query>;
}
interface HistoryInput {
	readonly query: z.output<typeof getPriceHistory.query>;
}
interface SetInput {
	readonly body: z.output<typeof setPrice.body>;
	readonly principal: Principal;
}
interface RevertInput {
	readonly body: z.output<typeof revertPrice.body>;
	readonly principal: Principal;
}

export const pricesService = {
	list: async ({ query }: ListInput) => {
		const { prisma, configuration } = runtime();
		const catalogue = configuration.prices();
		const { inForce } = await overrides.loadPriceOverrides(prisma);
		const overridden = new Set(
			inForce.flatMap(({ scope, place, model }) => (scope === "kind" ? [`${place} ${model}`] : [])),
		);
		const all = catalogue.list();
		const fitting = all.filter((entry) => fits(entry, query)).toSorted(byName);
		const start = query.cursor === undefined ? 0 : countUpTo(fitting, query.cursor);
		const items = fitting.slice(start, start + query.limit);
		const last = items.at(-1);
		return {
			items: items.map((entry) => toListed(entry, overridden)),
			nextCursor:
				last === undefined || start + items.length >= fitting.length ? null : cursorOf(last),
			version: catalogue.version,
			total: fitting.length,
			kinds: [...new Set(all.map((entry) => entry.kind))].map(toKind).toSorted(byTitle),
		};
	},

	/** Throws `resource.not_found` when there is no such provider or kind. */
	history: async ({ query }: HistoryInput) => {
		const { prisma, configuration } = runtime();
		const kind = await kindOf(query);
		const catalogue = configuration.listPrices();
		const listed = catalogue.find(kind, query.model)?.price;
		const rows = await overrides.listPriceHistory(prisma, query);
		return {
			listed: listed === undefined ? null : toPrice(listed),
			sources: [...catalogue.sourcesOf(kind)],
			items: rows.map(toOverride),
		};
	},

	/** In force on this node when it resolves. Throws `resource.not_found` as `history`. */
	set: async ({ body, principal }: SetInput) => {
		const { prisma, configuration, log } = runtime();
		await kindOf(body);
		const row = await overrides.setPriceOverride(prisma, { ...body, changedBy: principal.email });
		await configuration.changed("providers");
		const { scope, place, model } = row;
		log.info("A price was overridden.", { scope, place, model, by: principal.userId });
		return toOverride(row);
	},

	/** Throws `resource.not_found` when the price was not overridden. */
	revert: async ({ body, principal }: RevertInput) => {
		const { prisma, configuration, log } = runtime();
		const row = await overrides.revokePriceOverride(prisma, body, principal.email);
		if (row === undefined) throw new GatewayError("resource.not_found");
		await configuration.changed("providers");
		log.info("A price went back to the list's.", { ...body, by: principal.userId });
		return toOverride(row);
	},
};

/** The kind whose list applies. */
async function kindOf({ scope, place }: PricePlace): Promise<string> {
	const { prisma, providerKinds } = runtime();
	const kind =
		scope === "kind" ? providerKinds.find(place)?.id : (await findUpstream(prisma, place))?.kind;
	if (kind === undefined) {
		throw new GatewayError("resource.not_found", {
			param: "place",
			message: `There is no ${scope === "kind" ? "such kind of provider" : "provider with this name"}.`,
		});
	}
	return kind;
}

function fits({ kind, model, traits }: ListedModel, query: ListInput["query"]): boolean {
	if (query.kind !== undefined && kind !== query.kind) return false;
	if (query.purpose !== undefined && traits?.purpose !== query.purpose) return false;
	const words = (query.search ?? "").toLowerCase().split(/\s+/);
	const text = `${kind}/${model} ${toKind(kind).title}`.toLowerCase();
	return words.every((word) => text.includes(word));
}

function cursorOf({ model, kind }: Pick<ListedModel, "model" | "kind">): string {
	return `${model} ${kind}`;
}

function byName(a: ListedModel, b: ListedModel): number {
	return cursorOf(a) < cursorOf(b) ? -1 : 1;
}

/** The catalogue may change between two pages; the place after a name is found again. */
function countUpTo(entries: readonly ListedModel[], cursor: string): number {
	const next = entries.findIndex((entry) => cursorOf(entry) > cursor);
	return next === -1 ? entries.length : next;
}

function toKind(id: string): { id: string; title: string } {
	return { id, title: runtime().providerKinds.find(id)?.title ?? id };
}

function byTitle(a: { title: string }, b: { title: string }): number {
	return a.title.localeCompare(b.title, "en");
}

function toListed(
	{ kind, model, price, traits }: ListedModel,
	overridden: ReadonlySet<string>,
): ListedModelInfo {
	return {
		kind,
		kindTitle: toKind(kind).title,
		model,
		price: price === undefined ? null : toPrice(price),
		traits: traits === undefined ? null : toTraits(traits),
		isOverridden: overridden.has(`${kind} ${model}`),
	};
}

/** What leaves is a copy: the catalogue's own objects are in force. */
export function toPrice(price: Price): ModelPrice {
	return structuredClone(price) as ModelPrice;
}

export function toTraits(traits: NonNullable<ListedModel["traits"]>): Traits {
	return structuredClone(traits) as Traits;
}

function toOverride(row: PriceOverrideRow): PriceOverrideInfo {
	return {
		id: row.id,
		scope: row.scope === "provider" ? "provider" : "kind",
		place: row.place,
		model: row.model,
		price: priceSchema.safeParse(row.price).data ?? null,
		note: row.note,
		changedBy: row.changedBy,
		createdAt: row.createdAt.toISOString(),
		revokedAt: row.revokedAt?.toISOString() ?? null,
		revokedBy: row.revokedBy,
	};
}
