import type { PriceOverride, Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import type { PriceOverride as OverrideInForce } from "../../../proxy-core/pricing/price-overrides.ts";
import type { Price } from "../../../proxy-core/snapshot.ts";
import type { ModelPrice, PricePlace } from "../../contracts/prices.ts";
import { priceSchema } from "../../contracts/prices.ts";

export type PriceOverrideRow = PriceOverride;

export interface OverrideInput extends PricePlace {
	readonly price: ModelPrice;
	readonly note: string;
	readonly changedBy: string;
}

const historyMax = 200;

export interface StoredOverrides {
	/** Oldest first. */
	readonly inForce: readonly OverrideInForce[];
	/** Rows whose price cannot be read: the list's holds there. */
	readonly unreadable: readonly PriceOverrideRow[];
}

export async function loadPriceOverrides(prisma: PrismaClient): Promise<StoredOverrides> {
	const rows = await prisma.priceOverride.findMany({
		where: { revokedAt: null },
		orderBy: [{ createdAt: "asc" }, { id: "asc" }],
	});
	const inForce: OverrideInForce[] = [];
	const unreadable: PriceOverrideRow[] = [];
	for (const row of rows) {
		const price = priceSchema.safeParse(row.price);
		if (price.success) inForce.push(toOverride(row, price.data));
		else unreadable.push(row);
	}
	return { inForce, unreadable };
}

function toOverride(row: PriceOverrideRow, price: ModelPrice): OverrideInForce {
	return {
		scope: row.scope === "provider" ? "provider" : "kind",
		place: row.place,
		model: row.model,
		// Out of JSON a field is there or it is not; none is there and undefined.
		price: price as Price,
		since: row.createdAt.toISOString(),
	};
}

/** Newest first. */
export async function listPriceHistory(
	prisma: PrismaClient,
	{ scope, place, model }: PricePlace,
): Promise<readonly PriceOverrideRow[]> {
	return prisma.priceOverride.findMany({
		where: { scope, place, model },
		orderBy: [{ createdAt: "desc" }, { id: "desc" }],
		take: historyMax,
	});
}

/** Takes the place of the one in force. Two at once take their turn. */
export async function setPriceOverride(
	prisma: PrismaClient,
	{ scope, place, model, price, note, changedBy }: OverrideInput,
): Promise<PriceOverrideRow> {
	return prisma.$transaction(async (transaction) => {
		await lockPlace(transaction, { scope, place, model });
		await revokeInForce(transaction, { scope, place, model }, changedBy);
		const data = { scope, place, model, note, changedBy, price: price as Prisma.InputJsonValue };
		return transaction.priceOverride.create({ data });
	});
}

/** The override that was in force; undefined when none was. */
export async function revokePriceOverride(
	prisma: PrismaClient,
	place: PricePlace,
	revokedBy: string,
): Promise<PriceOverrideRow | undefined> {
	return prisma.$transaction(async (transaction) => {
		await lockPlace(transaction, place);
		return revokeInForce(transaction, place, revokedBy);
	});
}

async function revokeInForce(
	transaction: Prisma.TransactionClient,
	{ scope, place, model }: PricePlace,
	revokedBy: string,
): Promise<PriceOverrideRow | undefined> {
	const revoked = await transaction.priceOverride.updateManyAndReturn({
		where: { scope, place, model, revokedAt: null },
		data: { revokedAt: new Date(), revokedBy },
	});
	return revoked[0];
}

async function lockPlace(
	transaction: Prisma.TransactionClient,
	{ scope, place, model }: PricePlace,
): Promise<void> {
	const name = `price ${scope} ${place} ${model}`;
	await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
