import { isDeepStrictEqual } from "node:util";
import {
	createImportedKey,
	findOrCreateTeam,
	importOrigin,
	listQuotasCreatedBy,
	updateImportedKey,
} from "../../../lib/server/repositories/imports.ts";
import { findKey } from "../../../lib/server/repositories/keys.ts";
import type { QuotaFields } from "../../../lib/server/repositories/quotas.ts";
import { changeQuota, createQuota } from "../../../lib/server/repositories/quotas.ts";
import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { createKeyToken } from "../../../proxy-core/keys/key-token.ts";
import type { Effect } from "./effects.ts";
import type { PlannedBudget, PlannedKey } from "./import-plan.ts";
import { importedBy } from "./imported-by.ts";

export interface IssuedKey {
	readonly name: string;
	readonly token: string;
}

/** Keys that were known keep working as they are; the others are issued anew, once. */
export async function applyKeys(
	keys: readonly PlannedKey[],
	prisma: PrismaClient,
	kept: string[],
): Promise<{ readonly effects: readonly Effect[]; readonly issued: readonly IssuedKey[] }> {
	const effects: Effect[] = [];
	const issued: IssuedKey[] = [];
	for (const { id, name, token: known, team, ...rights } of keys) {
		const teamId = team === undefined ? null : await findOrCreateTeam(prisma, team);
		const fields = { id, name, teamId, ...rights };
		const row = await findKey(prisma, id);
		if (row === null) {
			const token = known ?? createKeyToken(id).token;
			await createImportedKey(prisma, fields, token);
			if (known === undefined) issued.push({ name, token });
			effects.push("created");
		} else if (row.origin !== importOrigin) {
			kept.push(`The key ${name}: it is there already, from elsewhere.`);
		} else {
			const { allowedModels, requestsPerMinute, expiresAt } = row;
			const before = {
				id,
				name: row.name,
				teamId: row.teamId,
				allowedModels,
				requestsPerMinute,
				expiresAt,
			};
			const isSame = isDeepStrictEqual(before, fields);
			if (!isSame) await updateImportedKey(prisma, fields);
			effects.push(isSame ? "unchanged" : "updated");
		}
	}
	return { effects, issued };
}

/** A budget is the same one when it counts the same under the same name. */
export async function applyBudgets(
	budgets: readonly PlannedBudget[],
	prisma: PrismaClient,
	kept: string[],
): Promise<readonly Effect[]> {
	const stored = await listQuotasCreatedBy(prisma, importedBy);
	const effects: Effect[] = [];
	for (const budget of budgets) {
		const { title, unit, scope, subject } = budget;
		const row = stored.find((one) =>
			isDeepStrictEqual(
				{ title: one.title, unit: one.unit, scope: one.scope, subject: one.subject },
				{ title, unit, scope, subject },
			),
		);
		const fields = toFields(budget);
		if (row === undefined) {
			await createQuota(prisma, fields, importedBy);
			effects.push("created");
		} else if (row.archivedAt !== null) {
			kept.push(`The budget ${title}: it was archived in the console.`);
		} else {
			// A limit that people switched off stays off.
			const wanted = { ...fields, isEnabled: row.isEnabled };
			const isSame = Object.entries(wanted).every(([name, value]) =>
				isDeepStrictEqual(row[name as keyof QuotaFields], value),
			);
			if (!isSame) {
				const change = { action: "changed", changedBy: importedBy, data: wanted } as const;
				await changeQuota(prisma, row.id, change);
			}
			effects.push(isSame ? "unchanged" : "updated");
		}
	}
	return effects;
}

function toFields(budget: PlannedBudget): QuotaFields {
	return {
		...budget,
		hardLimit: BigInt(budget.hardLimit),
		softLimit: budget.softLimit === null ? null : BigInt(budget.softLimit),
	};
}
