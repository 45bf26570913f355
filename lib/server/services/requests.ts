import * as z from "zod";
import {
	attemptSchema,
	cacheOutcomes,
	findingRecordSchema,
	outcomes,
	stageTrace,
	storedStageSchema,
} from "../../../proxy-core/contract/settled-record.ts";
import { verdictActions } from "../../../proxy-core/contract/verdict.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { roleHolds } from "../../contracts/permissions.ts";
import type { listRequests, RequestDetail, RequestSummary } from "../../contracts/requests.ts";
import type { Principal } from "../auth/principal.ts";
import type { LedgerScope } from "../repositories/ledger-scope.ts";
import type { LedgerCursor, LedgerSummaryRow } from "../repositories/requests.ts";
import { findLedgerEntry, listLedger, namesOf } from "../repositories/requests.ts";
import { runtime } from "../runtime.ts";
import { readPeriod } from "./time-range.ts";

interface ListInput {
	readonly query: z.output<typeof listRequests.query>;
	readonly principal: Principal;
}
interface GetInput {
	readonly params: { readonly id: string };
	readonly principal: Principal;
}
type Names = ReadonlyMap<string, string>;

/** Without `keys:manage` people see what their own keys and their playground sent. */
export function scopeOf(principal: Principal): LedgerScope {
	if (roleHolds(principal.role, "keys:manage")) return { all: true };
	return { all: false, userId: principal.userId };
}

export const requestsService = {
	/** Throws `request.invalid` for a cursor that is not one of ours. */
	list: async ({ query, principal }: ListInput) => {
		const { prisma } = runtime();
		const { cursor, limit, range, from, to, ...filters } = query;
		const period = readPeriod({ range, from, to }, Date.now());
		const rows = await listLedger(prisma, {
			filters: { ...filters, ...period },
			scope: scopeOf(principal),
			after: cursor === undefined ? undefined : readCursor(cursor),
			// One more tells whether there is another page.
			limit: limit + 1,
		});
		const items = rows.slice(0, limit);
		const names = await namesOf(prisma, items);
		const last = rows.length > limit ? items.at(-1) : undefined;
		return {
			items: items.map((row) => toSummary(row, names)),
			nextCursor: last === undefined ? null : writeCursor(last),
		};
	},

	/** Throws `resource.not_found`, also for somebody else's request. */
	get: async ({ params, principal }: GetInput): Promise<RequestDetail> => {
		const { prisma } = runtime();
		const row = await findLedgerEntry(prisma, params.id, scopeOf(principal));
		if (row === null) throw new GatewayError("resource.not_found");
		const names = await namesOf(prisma, [row]);
		return {
			...toSummary(row, names),
			node: row.node,
			userAgent: row.userAgent,
			team: named(row.teamId, names),
			owner: named(row.ownerId, names),
			route: row.route,
			cachedTokens: toNumber(row.cachedTokens),
			cacheWriteTokens: toNumber(row.cacheWriteTokens),
			reasoningTokens: toNumber(row.reasoningTokens),
			units: unitsSchema.parse(row.units ?? {}),
			priceVersion: row.priceVersion,
			requestBytes: Number(row.requestBytes),
			responseBytes: Number(row.responseBytes),
			tags: row.tags,
			endUser: row.endUser,
			session: row.session,
			...traceSchema.parse(row.trace),
		};
	},
};

const unitsSchema = z.record(z.string(), z.number()).catch({});

const traceSchema = z.object({
	stages: z.array(storedStageSchema.transform(stageTrace)).catch([]),
	findings: z.array(findingRecordSchema).catch([]),
	attempts: z.array(attemptSchema).catch([]),
});

const cursorSchema = z.tuple([z.int(), z.string().max(200)]);

function writeCursor({ receivedAt, requestId }: LedgerCursor): string {
	return Buffer.from(JSON.stringify([receivedAt.getTime(), requestId])).toString("base64url");
}

function readCursor(text: string): LedgerCursor {
	try {
		const json: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
		const [receivedAt, requestId] = cursorSchema.parse(json);
		return { receivedAt: new Date(receivedAt), requestId };
	} catch (cause) {
		const message = "This is not a cursor of this list.";
		throw new GatewayError("request.invalid", { param: "cursor", message, cause });
	}
}

function toSummary(row: LedgerSummaryRow, names: Names): RequestSummary {
	return {
		id: row.requestId,
		receivedAt: row.receivedAt.toISOString(),
		endpoint: row.endpoint,
		outcome: outcomes.find((outcome) => outcome === row.outcome) ?? "failed",
		status: row.status,
		errorCode: row.errorCode,
		action: verdictActions.find((action) => action === row.action) ?? "allow",
		key: named(row.keyId, names),
		user: named(row.userId, names),
		requestedModel: row.requestedModel,
		provider: row.provider,
		model: row.model,
		cache: cacheOutcomes.find((cache) => cache === row.cache) ?? null,
		isStreaming: row.isStreaming,
		inputTokens: toNumber(row.inputTokens),
		outputTokens: toNumber(row.outputTokens),
		isEstimated: row.isEstimated,
		costMicroUsd: toNumber(row.costMicroUsd),
		isUnpriced: row.isUnpriced,
		durationMs: row.durationMs,
		overheadMs: row.overheadMs,
		firstByteMs: row.firstByteMs,
		ip: row.ip,
	};
}

function named(id: string | null, names: Names) {
	return id === null ? null : { id, name: names.get(id) ?? null };
}

function toNumber(value: bigint | null): number | null {
	return value === null ? null : Number(value);
}
