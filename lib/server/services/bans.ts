import * as z from "zod";
import type { ActorKind } from "../../../proxy-core/contract/threat-settings.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import type {
	Ban,
	BanInput,
	createBan,
	extendBan,
	listBans,
	listThreatActions,
	listWatched,
	ThreatAction,
} from "../../contracts/bans.ts";
import { threatAction } from "../../contracts/bans.ts";
import type { Principal } from "../auth/principal.ts";
import type { BanRow, ThreatActionRow } from "../repositories/bans.ts";
import * as bans from "../repositories/bans.ts";
import { storedCauses } from "../repositories/threat-scores.ts";
import {
	countRefusals,
	listWatchedActors,
	namesOfActors,
	readScoreHistory,
	watchUntil,
} from "../repositories/watched-actors.ts";
import { runtime } from "../runtime.ts";
import { isOnAllowList } from "../threats/allow-list.ts";
import { readBannable } from "../threats/bannable.ts";
import { watchLevelOf } from "./watch-level.ts";

interface Asking {
	readonly principal: Principal;
}
interface OnBan extends Asking {
	readonly params: { readonly id: string };
}
type Names = ReadonlyMap<string, string>;

/** Less is not worth a line. */
const shownScoreMin = 0.5;

export const bansService = {
	list: async ({ query }: { readonly query: z.output<typeof listBans.query> }) => {
		const { cursor, limit, show, kind, search } = query;
		const rows = await bans.listBans(runtime().prisma, {
			...{ show, kind, search },
			after: cursor,
			// One more tells whether there is another page.
			limit: limit + 1,
		});
		const items = rows.slice(0, limit);
		return {
			items: await viewBans(items),
			nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
		};
	},

	/** Throws `request.invalid` for what cannot, or must not, be banned. */
	create: async ({
		body,
		principal,
	}: Asking & { readonly body: z.output<typeof createBan.body> }) => banActor(principal, body),

	/** Throws `resource.not_found` for a ban that is not in force. */
	extend: async ({
		params,
		body,
		principal,
	}: OnBan & { readonly body: z.output<typeof extendBan.body> }) => {
		const untilAt = endOf(body.ttlSeconds);
		const change = { id: requireId(params.id), untilAt };
		return viewBan(required(await bans.extendBan(runtime().prisma, change, deedOf(principal))));
	},

	/** Throws `resource.not_found` for a ban that is not in force. */
	lift: async ({ params, principal }: OnBan) => {
		const { prisma, log } = runtime();
		const row = required(await bans.liftBan(prisma, requireId(params.id), deedOf(principal)));
		log.info("A ban was lifted.", { kind: row.kind, value: row.value, by: principal.userId });
		return viewBan(row);
	},

	watched: async ({ query }: { readonly query: z.output<typeof listWatched.query> }) => {
		const { prisma, snapshot } = runtime();
		const { threats } = snapshot().settings;
		const rows = await listWatchedActors(prisma, {
			...query,
			kind: query.kind,
			halfLifeSeconds: threats.halfLifeSeconds,
			scoreMin: shownScoreMin,
		});
		const names = await namesOfActors(prisma, rows);
		return {
			items: rows.map(({ kind, value, reach, score, bans: count, ...row }) => ({
				...{ kind, value, score, bans: count },
				name: nameOf({ kind, value }, names),
				level: watchLevelOf(score, reach, threats),
				isBanned: row.is_banned,
				isAllowed: isOnAllowList({ kind, value }),
				updatedAt: row.updated_at.toISOString(),
				causes: row.causes.map(toCause),
				sparkline: row.sparkline,
			})),
		};
	},

	actions: async ({ query }: { readonly query: z.output<typeof listThreatActions.query> }) => {
		const { cursor, limit, kind, value } = query;
		const { prisma } = runtime();
		const rows = await bans.listActions(prisma, { kind, value, after: cursor, limit: limit + 1 });
		const items = rows.slice(0, limit);
		const names = await namesOfActors(prisma, items);
		return {
			items: items.map((row) => toAction(row, names)),
			nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null,
		};
	},
};

/**
 * Bans an actor; in force on every node a moment after it resolves. `value` of an end user or session
 * is `tenant/name`, or the name alone for every tenant. Throws `request.invalid`.
 */
export async function banActor(principal: Principal, input: BanInput): Promise<Ban> {
	const { prisma, log } = runtime();
	const actor = readBannable(input);
	if (isOnAllowList(actor)) {
		throw new GatewayError("request.invalid", {
			param: "value",
			message: "This is on the allow-list, or a trusted proxy; a ban would do nothing.",
		});
	}
	const ban = { ...actor, reason: input.reason, untilAt: endOf(input.ttlSeconds) };
	const row = await bans.createBan(prisma, ban, deedOf(principal));
	log.info("Somebody was banned.", { ...actor, by: principal.userId });
	return viewBan(row);
}

/** Keeps an actor on the watch list for a while, whatever its score. Throws `request.invalid`. */
export async function watchActor(
	principal: Principal,
	input: Pick<BanInput, "kind" | "value" | "reason" | "ttlSeconds">,
): Promise<void> {
	const { prisma } = runtime();
	const actor = readBannable(input);
	const until = endOf(input.ttlSeconds) ?? new Date(Date.now() + foreverMs);
	await watchUntil(prisma, actor, until);
	const action = { ...actor, action: "watched", reason: input.reason, untilAt: until };
	await bans.recordAction(prisma, action, deedOf(principal));
}

const foreverMs = 100 * 365 * 86_400_000;

/** Highest scores of actors in each step of a period, oldest first; one list for each actor. */
export async function scoreHistory(query: {
	readonly actors: readonly { readonly kind: ActorKind; readonly value: string }[];
	readonly from: Date;
	readonly stepSeconds: number;
	readonly steps: number;
}): Promise<readonly (readonly number[])[]> {
	return readScoreHistory(runtime().prisma, query);
}

export function deedOf({ email }: Principal) {
	return { by: email, node: runtime().node };
}

function endOf(ttlSeconds: number | null): Date | null {
	return ttlSeconds === null ? null : new Date(Date.now() + ttlSeconds * 1000);
}

/** An id that no row can have is an unknown one. */
function requireId(id: string): string {
	if (!z.uuid().safeParse(id).success) throw new GatewayError("resource.not_found");
	return id;
}

function required(row: BanRow | undefined): BanRow {
	if (row === undefined) {
		throw new GatewayError("resource.not_found", { message: "This ban is not in force." });
	}
	return row;
}

async function viewBan(row: BanRow): Promise<Ban> {
	const [ban] = await viewBans([row]);
	if (ban === undefined) throw new GatewayError("resource.not_found");
	return ban;
}

async function viewBans(rows: readonly BanRow[]): Promise<Ban[]> {
	const { prisma } = runtime();
	const names = await namesOfActors(prisma, rows);
	const refusals = await Promise.all(
		rows.map((row) =>
			countRefusals(prisma, row, { from: row.createdAt, to: row.endedAt ?? new Date() }),
		),
	);
	return rows.map((row, index) => toBan(row, names, refusals[index] ?? null));
}

function toBan(row: BanRow, names: Names, refusals: number | null): Ban {
	const isInForce = row.endedAt === null && (row.untilAt === null || row.untilAt > new Date());
	return {
		id: row.id,
		kind: toKind(row.kind),
		value: row.value,
		name: nameOf(row, names),
		reason: row.reason,
		createdAt: row.createdAt.toISOString(),
		until: row.untilAt?.toISOString() ?? null,
		by: row.createdBy,
		score: row.score,
		causes: storedCauses.parse(row.causes).map(toCause),
		liftedAt: row.liftedBy === null ? null : (row.endedAt?.toISOString() ?? null),
		liftedBy: row.liftedBy,
		isInForce,
		refusals,
	};
}

function toAction(row: ThreatActionRow, names: Names): ThreatAction {
	const { id, at, value, isMonitored, score, reason, by, requestId } = row;
	return {
		...{ id, value, isMonitored, score, reason, by, requestId },
		at: at.toISOString(),
		kind: toKind(row.kind),
		name: nameOf(row, names),
		action: threatAction.shape.action.parse(row.action),
	};
}

function toKind(kind: string): ActorKind {
	return threatAction.shape.kind.parse(kind);
}

function toCause({ at, ...cause }: z.infer<typeof storedCauses>[number]) {
	return { ...cause, at: new Date(at).toISOString() };
}

function nameOf({ kind, value }: { readonly kind: string; readonly value: string }, names: Names) {
	return names.get(`${kind}:${value}`) ?? null;
}
