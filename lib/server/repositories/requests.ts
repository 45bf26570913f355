import type { LedgerEntry, Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import type { LedgerScope } from "./ledger-scope.ts";
import { scopeFilter } from "./ledger-scope.ts";

export type LedgerRow = LedgerEntry;
export type LedgerSummaryRow = Omit<LedgerEntry, "trace">;

/** The last row of the page before; the list goes on right behind it. */
export interface LedgerCursor {
	readonly receivedAt: Date;
	readonly requestId: string;
}

export interface LedgerFilters {
	readonly from: Date;
	readonly to: Date;
	readonly outcome?: string | undefined;
	readonly action?: string | undefined;
	readonly model?: string | undefined;
	readonly provider?: string | undefined;
	readonly keyId?: string | undefined;
	readonly teamId?: string | undefined;
	/** Whoever chatted, or owns the key. */
	readonly userId?: string | undefined;
	readonly tag?: string | undefined;
	readonly route?: string | undefined;
	readonly endpoint?: string | undefined;
	readonly ip?: string | undefined;
	readonly errorCode?: string | undefined;
	/** A request id or its beginning. */
	readonly search?: string | undefined;
}

export interface LedgerPage {
	readonly filters: LedgerFilters;
	readonly scope: LedgerScope;
	readonly after: LedgerCursor | undefined;
	readonly limit: number;
}

/** Newest first, by keyset: rows that arrive meanwhile neither repeat nor hide others. */
export async function listLedger(
	prisma: PrismaClient,
	{ filters, scope, after, limit }: LedgerPage,
): Promise<readonly LedgerSummaryRow[]> {
	return prisma.ledgerEntry.findMany({
		where: { AND: [toWhere(filters), scopeFilter(scope), behind(after)] },
		orderBy: [{ receivedAt: "desc" }, { requestId: "asc" }],
		take: limit,
		omit: { trace: true },
	});
}

export async function findLedgerEntry(
	prisma: PrismaClient,
	requestId: string,
	scope: LedgerScope,
): Promise<LedgerRow | null> {
	return prisma.ledgerEntry.findFirst({ where: { AND: [{ requestId }, scopeFilter(scope)] } });
}

/** Names of keys, people and teams that ledger rows point to; who is gone has no name. */
export async function namesOf(
	prisma: PrismaClient,
	rows: readonly Pick<LedgerRow, "keyId" | "userId" | "ownerId" | "teamId">[],
): Promise<ReadonlyMap<string, string>> {
	const ids = (pick: (row: (typeof rows)[number]) => string | null) =>
		[...new Set(rows.map(pick))].filter((id) => id !== null);
	const select = { id: true, name: true } as const;
	const people = [...new Set([...ids((row) => row.userId), ...ids((row) => row.ownerId)])];
	const [keys, users, teams] = await Promise.all([
		prisma.apiKey.findMany({ where: { id: { in: ids((row) => row.keyId) } }, select }),
		prisma.user.findMany({ where: { id: { in: people.filter(isUuid) } }, select }),
		prisma.team.findMany({
			where: { id: { in: ids((row) => row.teamId).filter(isUuid) } },
			select,
		}),
	]);
	return new Map([...keys, ...users, ...teams].map(({ id, name }) => [id, name]));
}

function toWhere(filters: LedgerFilters): Prisma.LedgerEntryWhereInput {
	const { from, to, search, model, userId, tag, ...exact } = filters;
	const given = Object.entries(exact).filter(([, value]) => value !== undefined);
	return {
		receivedAt: { gte: from, lte: to },
		...Object.fromEntries(given),
		...(search === undefined ? {} : { requestId: { startsWith: literal(search) } }),
		...(tag === undefined ? {} : { tags: { has: tag } }),
		AND: [
			...(model === undefined ? [] : [{ OR: [{ model }, { requestedModel: model }] }]),
			...(userId === undefined ? [] : [{ OR: [{ userId }, { ownerId: userId }] }]),
		],
	};
}

/** Prisma hands the text to LIKE as it is, and ids are full of underscores. */
function literal(text: string): string {
	return text.replace(/[\\%_]/g, "\\$&");
}

/** The plain bound beside the exact one lets the index start at the right place. */
function behind(after: LedgerCursor | undefined): Prisma.LedgerEntryWhereInput {
	if (after === undefined) return {};
	const { receivedAt, requestId } = after;
	return {
		receivedAt: { lte: receivedAt },
		OR: [{ receivedAt: { lt: receivedAt } }, { receivedAt, requestId: { gt: requestId } }],
	};
}

/** Text columns of the ledger may name what never was a row, and PostgreSQL refuses to compare those. */
function isUuid(text: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
