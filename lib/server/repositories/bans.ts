import type { Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import type { ActorKind, ThreatLevel } from "../../../proxy-core/contract/threat-settings.ts";
import { actorKinds } from "../../../proxy-core/contract/threat-settings.ts";
import type { Ban } from "../../../proxy-core/threat-ledger/ban-book.ts";
import type { Escalation } from "../../../proxy-core/threat-ledger/threat-store.ts";
import { notifyBan } from "../threats/ban-channel.ts";

export type BanRow = Prisma.ThreatBanGetPayload<object>;
export type ThreatActionRow = Prisma.ThreatActionGetPayload<object>;
type Transaction = Prisma.TransactionClient;

export interface ActorKey {
	readonly kind: ActorKind;
	readonly value: string;
}

/** What people, or the ledger, did. */
export interface Deed {
	/** E-mail address; null: the threat ledger. */
	readonly by: string | null;
	/** Process that writes it; its hooks hear of it. */
	readonly node: string;
}

/** Loaded at once; the oldest are left out of memory first. */
const loadedMax = 50_000;

/** Every ban in force, oldest first. */
export async function loadBans(prisma: PrismaClient): Promise<readonly Ban[]> {
	const rows = await prisma.threatBan.findMany({
		where: inForce(new Date()),
		orderBy: { id: "desc" },
		take: loadedMax,
		select: { kind: true, value: true, untilAt: true },
	});
	return rows.toReversed().flatMap(({ kind, value, untilAt }) => {
		const known = actorKinds.find((each) => each === kind);
		return known === undefined ? [] : [{ kind: known, value, untilMs: untilAt?.getTime() ?? null }];
	});
}

function inForce(now: Date) {
	return { endedAt: null, OR: [{ untilAt: null }, { untilAt: { gt: now } }] };
}

export interface NewBan extends ActorKey {
	readonly reason: string;
	/** Null: until somebody lifts it. */
	readonly untilAt: Date | null;
	readonly score?: number;
	readonly causes?: Prisma.InputJsonValue;
}

/** Bans an actor; of two bans at the same time the longer one holds. In force everywhere on commit. */
export async function createBan(prisma: PrismaClient, ban: NewBan, deed: Deed): Promise<BanRow> {
	return prisma.$transaction(async (transaction) => {
		await turnFor(transaction, ban);
		return storeBan(transaction, ban, deed);
	});
}

async function storeBan(transaction: Transaction, ban: NewBan, deed: Deed): Promise<BanRow> {
	const { kind, value, reason, untilAt, score, causes } = ban;
	await closeOver(transaction, ban);
	const known = await transaction.threatBan.findFirst({ where: { kind, value, endedAt: null } });
	const row =
		known === null
			? await transaction.threatBan.create({
					data: {
						...{ kind, value, reason, untilAt, createdBy: deed.by },
						score: score ?? null,
						causes: causes ?? [],
					},
				})
			: await transaction.threatBan.update({
					where: { id: known.id },
					data: { untilAt: later(known.untilAt, untilAt), ...(deed.by === null ? {} : { reason }) },
				});
	await writeDown(transaction, {
		deed,
		action: { kind, value, action: "banned", reason, score: score ?? null, untilAt: row.untilAt },
		ban: row.untilAt,
	});
	return row;
}

/** Whoever writes about an actor waits for whoever does so already. */
async function turnFor(transaction: Transaction, { kind, value }: ActorKey): Promise<void> {
	const name = `threat ${kind} ${value}`;
	await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

async function closeOver(transaction: Transaction, { kind, value }: ActorKey): Promise<void> {
	await transaction.$executeRaw`
		UPDATE threat_bans SET ended_at = until_at
		WHERE kind = ${kind} AND value = ${value} AND ended_at IS NULL AND until_at <= now()`;
}

function later(a: Date | null, b: Date | null): Date | null {
	if (a === null || b === null) return null;
	return a > b ? a : b;
}

interface Written {
	readonly deed: Deed;
	readonly action: Omit<Prisma.ThreatActionUncheckedCreateInput, "by">;
	/** Set when it changes who is kept out: until when, null for ever, `lifted` for nobody. */
	readonly ban?: Date | null | "lifted";
}

async function writeDown(
	transaction: Transaction,
	{ deed, action, ban }: Written,
): Promise<ThreatActionRow> {
	const row = await transaction.threatAction.create({ data: { ...action, by: deed.by } });
	await notifyBan(transaction, {
		node: deed.node,
		actionId: row.id,
		kind: row.kind,
		value: row.value,
		change: ban === undefined ? "none" : ban === "lifted" ? "lifted" : "banned",
		untilMs: ban instanceof Date ? ban.getTime() : null,
	});
	return row;
}

/** An allow-list or watch-list decision, or another one that bans nobody. */
export async function recordAction(
	prisma: PrismaClient,
	action: Written["action"],
	deed: Deed,
): Promise<ThreatActionRow> {
	return prisma.$transaction((transaction) => writeDown(transaction, { deed, action }));
}

/** Undefined when it is not in force any more. The actor's score is forgotten with it. */
export async function liftBan(
	prisma: PrismaClient,
	id: string,
	deed: Deed,
): Promise<BanRow | undefined> {
	return changeBan(prisma, id, async (transaction, before) => {
		const { kind, value } = before;
		const data = { endedAt: new Date(), liftedBy: deed.by };
		const row = await transaction.threatBan.update({ where: { id }, data });
		await transaction.$executeRaw`
			UPDATE threat_actors SET score = 0, bans = 0, updated_at = clock_timestamp()
			WHERE kind = ${kind} AND value = ${value}`;
		const action = { kind, value, action: "lifted", reason: "Lifted by hand" };
		await writeDown(transaction, { deed, action, ban: "lifted" });
		return row;
	});
}

/** Undefined when it is not in force any more. */
export async function extendBan(
	prisma: PrismaClient,
	{ id, untilAt }: { readonly id: string; readonly untilAt: Date | null },
	deed: Deed,
): Promise<BanRow | undefined> {
	return changeBan(prisma, id, async (transaction, { kind, value }) => {
		const row = await transaction.threatBan.update({ where: { id }, data: { untilAt } });
		const action = { kind, value, action: "extended", reason: "New end", untilAt };
		await writeDown(transaction, { deed, action, ban: untilAt });
		return row;
	});
}

async function changeBan(
	prisma: PrismaClient,
	id: string,
	change: (transaction: Transaction, before: BanRow) => Promise<BanRow>,
): Promise<BanRow | undefined> {
	return prisma.$transaction(async (transaction) => {
		const known = await transaction.threatBan.findFirst({ where: { id } });
		if (known === null) return undefined;
		await turnFor(transaction, known as ActorKey);
		const before = await transaction.threatBan.findFirst({ where: { id, ...inForce(new Date()) } });
		return before === null ? undefined : change(transaction, before);
	});
}

const actionOf: Readonly<Record<ThreatLevel, string>> = {
	watch: "watched",
	"slow-down": "slowed",
	challenge: "challenged",
	ban: "banned",
};
/** Nodes that saw the same thing at the same time tell it once. */
const sameMs = 60_000;

/** Writes down what the ledger decided. */
export async function storeEscalation(
	prisma: PrismaClient,
	escalation: Escalation,
	node: string,
): Promise<void> {
	const { kind, value, level, isMonitored, score, at, untilMs, causes } = escalation;
	const deed = { by: null, node };
	const [newest] = causes;
	const reason = `Score ${score.toFixed(1)}${newest === undefined ? "" : `, lately ${newest.rule}`}`;
	await prisma.$transaction(async (transaction) => {
		await turnFor(transaction, { kind, value });
		const action = actionOf[level];
		const wasTold = await transaction.threatAction.findFirst({
			where: { kind, value, action, isMonitored, by: null, at: { gt: new Date(at - sameMs) } },
			select: { id: true },
		});
		if (level === "ban" && untilMs !== undefined) {
			const held = await transaction.threatBan.findFirst({
				where: { kind, value, ...inForce(new Date()) },
			});
			if (held !== null && wasTold !== null) return;
			const ban = { kind, value, reason, untilAt: new Date(untilMs), score };
			await storeBan(transaction, { ...ban, causes: causes.map((each) => ({ ...each })) }, deed);
			await transaction.threatActor.updateMany({
				where: { kind, value },
				data: { bans: { increment: 1 } },
			});
			return;
		}
		if (wasTold !== null) return;
		const requestId = newest?.requestId ?? null;
		const told = { kind, value, action, isMonitored, score, reason, requestId, at: new Date(at) };
		await writeDown(transaction, { deed, action: told });
	});
}

export interface BanSearch {
	readonly show: "in-force" | "over";
	readonly kind: ActorKind | undefined;
	readonly search: string | undefined;
	readonly after: string | undefined;
	readonly limit: number;
}

/** Newest first. */
export async function listBans(prisma: PrismaClient, query: BanSearch): Promise<readonly BanRow[]> {
	const { show, kind, search, after, limit } = query;
	const now = new Date();
	return prisma.threatBan.findMany({
		where: {
			AND: [
				show === "in-force"
					? inForce(now)
					: { OR: [{ endedAt: { not: null } }, { untilAt: { lte: now } }] },
				kind === undefined ? {} : { kind },
				search === undefined ? {} : { value: { contains: search, mode: "insensitive" } },
				after === undefined ? {} : { id: { lt: after } },
			],
		},
		orderBy: { id: "desc" },
		take: limit,
	});
}

export interface ActionSearch {
	readonly kind: ActorKind | undefined;
	readonly value: string | undefined;
	readonly after: string | undefined;
	readonly limit: number;
}

/** Newest first. */
export async function listActions(
	prisma: PrismaClient,
	{ kind, value, after, limit }: ActionSearch,
): Promise<readonly ThreatActionRow[]> {
	return prisma.threatAction.findMany({
		where: {
			...(kind === undefined ? {} : { kind }),
			...(value === undefined ? {} : { value }),
			...(after === undefined ? {} : { id: { lt: after } }),
		},
		orderBy: { id: "desc" },
		take: limit,
	});
}

export async function findAction(
	prisma: PrismaClient,
	id: string,
): Promise<ThreatActionRow | null> {
	return prisma.threatAction.findUnique({ where: { id } });
}
