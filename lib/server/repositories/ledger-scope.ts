import { Prisma } from "../../../prisma/generated/client.ts";

/** Whose requests may be seen: everybody's, or one person's (their keys and their playground). */
export type LedgerScope = { readonly all: true } | { readonly all: false; readonly userId: string };

export function scopeFilter(scope: LedgerScope): Prisma.LedgerEntryWhereInput {
	if (scope.all) return {};
	return { OR: [{ userId: scope.userId }, { ownerId: scope.userId }] };
}

/** The same as a condition for raw SQL over `ledger_entries`. */
export function scopeCondition(scope: LedgerScope): Prisma.Sql {
	if (scope.all) return Prisma.sql`TRUE`;
	return Prisma.sql`(user_id = ${scope.userId} OR owner_id = ${scope.userId})`;
}
