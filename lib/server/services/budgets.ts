import { isIP } from "node:net";
import * as z from "zod";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type {
	BudgetChange,
	BudgetInput,
	getBudgetBurn,
	listBudgetChanges,
	listBudgets,
	raiseBudget,
} from "../../contracts/budgets.ts";
import { budgetChange } from "../../contracts/budgets.ts";
import type { Principal } from "../auth/principal.ts";
import {
	readBurn,
	readCounter,
	readDailyBurn,
	readFullestCounters,
	readSubjectNames,
} from "../repositories/quota-counters.ts";
import type { QuotaFields, QuotaRow, QuotaSubjects } from "../repositories/quotas.ts";
import * as quotas from "../repositories/quotas.ts";
import { runtime } from "../runtime.ts";
import { burnSeries } from "./budget-burn.ts";
import type { Standing } from "./budget-view.ts";
import { counterName, forecastOf, standingsOf, usageOf, viewBudgets } from "./budget-view.ts";
import { scopeOf } from "./requests.ts";

interface Asking {
	readonly principal: Principal;
}
interface OnBudget extends Asking {
	readonly params: { readonly id: string };
}
interface WithFields {
	readonly body: BudgetInput;
}
interface WithQuery<Query extends z.ZodType> {
	readonly query: z.output<Query>;
}

const historyMs = 14 * 86_400_000;

/** Without `keys:manage` people see their own budget and those of their keys, and no others. */
export const budgetsService = {
	list: async ({ query, principal }: Asking & WithQuery<typeof listBudgets.query>) => {
		const { cursor, limit, unit, scope, archived } = query;
		const rows = await quotas.listQuotas(runtime().prisma, {
			filters: { unit, scope, isArchived: archived === "only" },
			subjects: await subjectsOf(principal),
			after: cursor,
			// One more tells whether there is another page.
			limit: limit + 1,
		});
		const items = rows.slice(0, limit);
		return {
			items: [...(await viewBudgets(items))],
			nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
		};
	},

	/** Throws `resource.not_found`, also for somebody else's. */
	get: async ({ params, principal }: OnBudget) => view(await visibleQuota(params.id, principal)),

	/** Throws `request.invalid` for a subject that does not exist. */
	create: async ({ body, principal }: Asking & WithFields) => {
		await requireSubject(body);
		const row = await quotas.createQuota(runtime().prisma, toFields(body), principal.email);
		return announced(row, principal, "created");
	},

	/** Throws `resource.not_found`, and `request.invalid` when it would count something else. */
	update: async ({ params, body, principal }: OnBudget & WithFields) => {
		const before = await visibleQuota(params.id, principal);
		for (const field of ["unit", "scope", "subject"] as const) {
			if (before[field] === body[field]) continue;
			throw new GatewayError("request.invalid", {
				param: field,
				message: "What a budget counts cannot be changed; archive it and create another one.",
			});
		}
		return change(params.id, principal, { action: "changed", data: toFields(body) });
	},

	/** Throws `resource.not_found`. */
	archive: async ({ params, principal }: OnBudget) =>
		change(params.id, principal, { action: "archived", data: { archivedAt: new Date() } }),

	/** Throws `resource.not_found`, and `request.invalid` for a time that has passed. */
	raise: async ({
		params,
		body,
		principal,
	}: OnBudget & { readonly body: z.output<typeof raiseBudget.body> }) => {
		const until = new Date(body.until);
		if (body.amount > 0 && until.getTime() <= Date.now()) {
			throw new GatewayError("request.invalid", {
				param: "until",
				message: "Choose a time in the future.",
			});
		}
		const isOver = body.amount === 0;
		return change(params.id, principal, {
			action: "raised",
			data: {
				raiseAmount: isOver ? null : BigInt(body.amount),
				raiseUntil: isOver ? null : until,
			},
		});
	},

	/** Throws `resource.not_found`. */
	history: async ({
		params,
		query,
		principal,
	}: OnBudget & WithQuery<typeof listBudgetChanges.query>) => {
		const { id } = await visibleQuota(params.id, principal);
		const rows = await quotas.listQuotaChanges(runtime().prisma, id, {
			after: query.cursor,
			limit: query.limit + 1,
		});
		const items = rows.slice(0, query.limit);
		return {
			items: items.map(toChange),
			nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null,
		};
	},

	/** Throws `resource.not_found`, and `request.invalid` for what is no budget of money. */
	burn: async ({ params, query, principal }: OnBudget & WithQuery<typeof getBudgetBurn.query>) => {
		const row = await visibleQuota(params.id, principal);
		const [standing] = standingsOf([row], Date.now());
		if (standing === undefined || standing.quota.unit !== "usd") {
			throw new GatewayError("request.invalid", {
				message: "Only budgets of money keep how they were spent.",
			});
		}
		return burnOf(standing, query.subject);
	},
};

async function burnOf(standing: Standing, wantedSubject: string | undefined) {
	const { prisma } = runtime();
	const { row, quota, span } = standing;
	const now = Date.now();
	const windowStart = new Date(span.start);
	const subject =
		quota.subject === "*" ? (wantedSubject ?? (await fullestSubject(row.id, windowStart))) : null;
	const counter = counterName(row.id, subject);
	const [amounts, hours, days, names] = await Promise.all([
		readCounter(prisma, counter, windowStart),
		readBurn(prisma, counter, windowStart),
		readDailyBurn(prisma, [counter], new Date(now - historyMs)),
		namesOf(quota.scope, subject),
	]);
	const usage = usageOf(standing, { subject: subject ?? null, ...amounts }, { names, now });
	return {
		usage,
		...burnSeries(standing, hours, now),
		forecast: forecastOf(standing, usage, { now, days }),
	};
}

async function fullestSubject(quotaId: string, windowStart: Date): Promise<string | null> {
	const [fullest] = await readFullestCounters(runtime().prisma, [{ quotaId, windowStart }]);
	return fullest?.subject ?? null;
}

async function namesOf(scope: string, subject: string | null | undefined) {
	const of = (wanted: string) => (scope === wanted && subject != null ? [subject] : []);
	return readSubjectNames(runtime().prisma, {
		keys: of("key"),
		users: of("user"),
		teams: of("team"),
	});
}

async function subjectsOf(principal: Principal): Promise<QuotaSubjects | undefined> {
	const scope = scopeOf(principal);
	if (scope.all) return undefined;
	return {
		userId: scope.userId,
		keyIds: await quotas.keyIdsOf(runtime().prisma, scope.userId),
	};
}

/** An id that is none is nobody's. */
async function visibleQuota(id: string, principal: Principal): Promise<QuotaRow> {
	const isId = z.uuid().safeParse(id).success;
	const row = isId
		? await quotas.findQuota(runtime().prisma, id, await subjectsOf(principal))
		: null;
	if (row === null) throw new GatewayError("resource.not_found");
	return row;
}

interface Change {
	readonly action: "changed" | "raised" | "archived";
	readonly data: Parameters<typeof quotas.changeQuota>[2]["data"];
}

async function change(id: string, principal: Principal, { action, data }: Change) {
	await visibleQuota(id, principal);
	const changedBy = principal.email;
	const row = await quotas.changeQuota(runtime().prisma, id, { action, data, changedBy });
	if (row === null) throw new GatewayError("resource.not_found");
	return announced(row, principal, action);
}

/** In force on this node when it resolves, on the others at once. */
async function announced(row: QuotaRow, principal: Principal, what: string) {
	const { configuration, log } = runtime();
	await configuration.changed("budgets");
	log.info(`A budget was ${what}.`, { budgetId: row.id, by: principal.userId });
	return view(row);
}

async function view(row: QuotaRow) {
	const [budget] = await viewBudgets([row]);
	if (budget === undefined) throw new GatewayError("resource.not_found");
	return budget;
}

async function requireSubject({ scope, subject }: BudgetInput): Promise<void> {
	if (subject === null || subject === "*") return;
	const names = await namesOf(scope, subject);
	const isPerson = scope === "team" || scope === "user" || scope === "key";
	const isKnown = isPerson ? names.has(subject) : scope !== "ip" || isIP(subject) !== 0;
	if (isKnown) return;
	throw new GatewayError("request.invalid", {
		param: "subject",
		message: scope === "ip" ? "This is no IP address." : "There is nothing with this id.",
	});
}

function toFields(body: BudgetInput): QuotaFields {
	return {
		...body,
		hardLimit: BigInt(body.hardLimit),
		softLimit: body.softLimit === null ? null : BigInt(body.softLimit),
	};
}

type StoredChange = Awaited<ReturnType<typeof quotas.listQuotaChanges>>[number];

function toChange({ id, action, before, after, changedBy, createdAt }: StoredChange): BudgetChange {
	return budgetChange.parse({
		id,
		action,
		before: before ?? null,
		after,
		changedBy,
		changedAt: createdAt.toISOString(),
	});
}
