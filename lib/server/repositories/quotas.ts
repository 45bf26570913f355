import type { Prisma, PrismaClient, Quota as QuotaRow } from "../../../prisma/generated/client.ts";
import {
	quotaScopes,
	quotaUnits,
	quotaWindows,
	softActions,
} from "../../../proxy-core/contract/quota.ts";
import type { Quota } from "../../../proxy-core/quotas/quota.ts";

export type { QuotaRow };

/** What people set. */
export type QuotaFields = Pick<
	QuotaRow,
	| "title"
	| "unit"
	| "scope"
	| "subject"
	| "window"
	| "timeZone"
	| "hardLimit"
	| "softLimit"
	| "softAction"
	| "downgradeTo"
	| "isEnabled"
>;

export interface QuotaChangeInput {
	readonly action: "created" | "changed" | "raised" | "archived";
	readonly changedBy: string;
}

/** Those that limit requests, as the request path sees them; what does not fit any more is left out. */
export async function loadQuotas(prisma: PrismaClient): Promise<readonly Quota[]> {
	const rows = await prisma.quota.findMany({
		where: { isEnabled: true, archivedAt: null },
		orderBy: { id: "asc" },
	});
	return rows.flatMap((row) => toQuota(row) ?? []);
}

export function toQuota(row: QuotaRow): Quota | undefined {
	const unit = quotaUnits.find((known) => known === row.unit);
	const scope = quotaScopes.find((known) => known === row.scope);
	const window = quotaWindows.find((known) => known === row.window);
	const softAction = softActions.find((known) => known === row.softAction);
	if (unit === undefined || scope === undefined) return undefined;
	if (window === undefined || softAction === undefined) return undefined;
	return {
		id: row.id,
		title: row.title,
		unit,
		scope,
		subject: row.subject,
		window,
		timeZone: row.timeZone,
		hardLimit: Number(row.hardLimit),
		softLimit: row.softLimit === null ? null : Number(row.softLimit),
		softAction,
		downgradeTo: row.downgradeTo,
		...(row.raiseAmount === null || row.raiseUntil === null
			? {}
			: { raise: { amount: Number(row.raiseAmount), untilMs: row.raiseUntil.getTime() } }),
	};
}

export interface QuotaPage {
	readonly filters: {
		readonly unit?: string | undefined;
		readonly scope?: string | undefined;
		readonly isArchived: boolean;
	};
	/** Undefined: everybody's. */
	readonly subjects: QuotaSubjects | undefined;
	/** The last id of the page before. */
	readonly after: string | undefined;
	readonly limit: number;
}

/** What one person may see: their own budget and those of their keys. */
export interface QuotaSubjects {
	readonly userId: string;
	readonly keyIds: readonly string[];
}

/** Newest first; ids rise with time. */
export async function listQuotas(
	prisma: PrismaClient,
	{ filters, subjects, after, limit }: QuotaPage,
): Promise<readonly QuotaRow[]> {
	return prisma.quota.findMany({
		where: {
			...(filters.unit === undefined ? {} : { unit: filters.unit }),
			...(filters.scope === undefined ? {} : { scope: filters.scope }),
			archivedAt: filters.isArchived ? { not: null } : null,
			...(subjects === undefined ? {} : ownQuotas(subjects)),
			...(after === undefined ? {} : { id: { lt: after } }),
		},
		orderBy: { id: "desc" },
		take: limit,
	});
}

export async function findQuota(
	prisma: PrismaClient,
	id: string,
	subjects: QuotaSubjects | undefined,
): Promise<QuotaRow | null> {
	const own = subjects === undefined ? {} : ownQuotas(subjects);
	return prisma.quota.findFirst({ where: { id, ...own } });
}

function ownQuotas({ userId, keyIds }: QuotaSubjects): Prisma.QuotaWhereInput {
	return {
		OR: [
			{ scope: "user", subject: userId },
			{ scope: "key", subject: { in: [...keyIds] } },
		],
	};
}

export async function keyIdsOf(prisma: PrismaClient, ownerId: string): Promise<readonly string[]> {
	const rows = await prisma.apiKey.findMany({ where: { ownerId }, select: { id: true } });
	return rows.map(({ id }) => id);
}

export async function createQuota(
	prisma: PrismaClient,
	fields: QuotaFields,
	changedBy: string,
): Promise<QuotaRow> {
	return prisma.$transaction(async (transaction) => {
		const row = await transaction.quota.create({ data: fields });
		await remember(transaction, { row, action: "created", changedBy });
		return row;
	});
}

/** Changes a quota and remembers what it was. Null: there is none in force with this id. */
export async function changeQuota(
	prisma: PrismaClient,
	id: string,
	change: QuotaChangeInput & { readonly data: Prisma.QuotaUpdateInput },
): Promise<QuotaRow | null> {
	return prisma.$transaction(async (transaction) => {
		// Two people may change it at once: the second must remember what the first made of it.
		await transaction.$queryRaw`SELECT 1 FROM quotas WHERE id = ${id}::uuid FOR UPDATE`;
		const before = await transaction.quota.findFirst({ where: { id, archivedAt: null } });
		if (before === null) return null;
		const row = await transaction.quota.update({ where: { id }, data: change.data });
		await remember(transaction, { before, row, ...change });
		return row;
	});
}

interface Remembered extends QuotaChangeInput {
	readonly before?: QuotaRow;
	readonly row: QuotaRow;
}

async function remember(
	transaction: Prisma.TransactionClient,
	{ before, row, action, changedBy }: Remembered,
): Promise<void> {
	await transaction.quotaChange.create({
		data: {
			quotaId: row.id,
			action,
			changedBy,
			after: toConfiguration(row),
			...(before === undefined ? {} : { before: toConfiguration(before) }),
		},
	});
}

/** What the history keeps; numbers, because JSON has no larger ones. */
export function toConfiguration(row: QuotaRow) {
	return {
		title: row.title,
		unit: row.unit,
		scope: row.scope,
		subject: row.subject,
		window: row.window,
		timeZone: row.timeZone,
		hardLimit: Number(row.hardLimit),
		softLimit: row.softLimit === null ? null : Number(row.softLimit),
		softAction: row.softAction,
		downgradeTo: row.downgradeTo,
		isEnabled: row.isEnabled,
		raise:
			row.raiseAmount === null || row.raiseUntil === null
				? null
				: { amount: Number(row.raiseAmount), until: row.raiseUntil.toISOString() },
		archivedAt: row.archivedAt?.toISOString() ?? null,
	};
}

export async function listQuotaChanges(
	prisma: PrismaClient,
	quotaId: string,
	{ after, limit }: { readonly after: string | undefined; readonly limit: number },
) {
	return prisma.quotaChange.findMany({
		where: { quotaId, ...(after === undefined ? {} : { id: { lt: after } }) },
		orderBy: { id: "desc" },
		take: limit,
	});
}
