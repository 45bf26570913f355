import * as z from "zod";
import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { Prisma } from "../../../prisma/generated/client.ts";
import type { ActorKind } from "../../../proxy-core/contract/threat-settings.ts";
import { actorKinds } from "../../../proxy-core/contract/threat-settings.ts";
import { scoreNow, storedCauses } from "./threat-scores.ts";

const actorRow = z.object({
	kind: z.enum(actorKinds),
	value: z.string(),
	reach: z.enum(actorKinds),
	score: z.number(),
	bans: z.number(),
	updated_at: z.date(),
	causes: storedCauses,
	is_banned: z.boolean(),
	sparkline: z.array(z.number()),
});
export type WatchedActorRow = z.infer<typeof actorRow>;

/** Steps of the sparkline: half hours of a day. */
export const sparklineSteps = 48;

export interface WatchSearch {
	readonly kind: ActorKind | undefined;
	readonly halfLifeSeconds: number;
	/** Less is not shown, unless somebody asked to watch. */
	readonly scoreMin: number;
	readonly limit: number;
}

/** Actors with a score now, highest first, with its course over the last day. */
export async function listWatchedActors(
	prisma: PrismaClient,
	{ kind, halfLifeSeconds, scoreMin, limit }: WatchSearch,
): Promise<readonly WatchedActorRow[]> {
	const score = Prisma.raw(scoreNow(`${halfLifeSeconds}::float8`));
	const ofKind = kind === undefined ? Prisma.empty : Prisma.sql`AND kind = ${kind}`;
	const rows = await prisma.$queryRaw<unknown[]>`
		WITH scored AS (
			SELECT kind, value, reach, ${score} AS score, bans, updated_at, causes
			FROM threat_actors
			WHERE (${score} >= ${scoreMin} OR watched_until > now()) ${ofKind}
			ORDER BY ${score} DESC, kind, value LIMIT ${limit}
		)
		SELECT s.*, EXISTS (
				SELECT FROM threat_bans AS b WHERE b.kind = s.kind AND b.value = s.value
					AND b.ended_at IS NULL AND (b.until_at IS NULL OR b.until_at > now())) AS is_banned,
			ARRAY(
				SELECT coalesce(peak, 0) FROM generate_series(0, ${sparklineSteps - 1}) AS step
				LEFT JOIN (
					SELECT floor(extract(epoch FROM h.at - begun) / 1800)::int AS step, max(h.peak) AS peak
					FROM threat_scores AS h WHERE h.kind = s.kind AND h.value = s.value
						AND h.at >= begun AND h.at < now()
					GROUP BY 1) AS peaks USING (step)
				ORDER BY step) AS sparkline
		FROM scored AS s, LATERAL (SELECT now() - make_interval(mins => 30 * ${sparklineSteps}) AS begun) AS day
		ORDER BY s.score DESC, s.kind, s.value`;
	return rows.map((row) => actorRow.parse(row));
}

/** Highest score of some actors in each step of a period, oldest first; without gaps. */
export async function readScoreHistory(
	prisma: PrismaClient,
	query: {
		readonly actors: readonly { readonly kind: ActorKind; readonly value: string }[];
		readonly from: Date;
		readonly stepSeconds: number;
		readonly steps: number;
	},
): Promise<readonly (readonly number[])[]> {
	const { actors, from, stepSeconds, steps } = query;
	const rows = await prisma.$queryRaw<
		{ kind: string; value: string; step: number; peak: number }[]
	>`
		SELECT kind, value, peak,
			floor(extract(epoch FROM at - ${from}::timestamptz) / ${stepSeconds}::float8)::int AS step
		FROM threat_scores
		WHERE (kind, value) IN (
			SELECT * FROM unnest(${actors.map(({ kind }) => kind)}::text[], ${actors.map(({ value }) => value)}::text[]))
			AND at >= ${from} AND at < ${from}::timestamptz + make_interval(secs => ${stepSeconds * steps}::float8)`;
	return actors.map(({ kind, value }) => {
		const peaks = Array.from({ length: steps }, () => 0);
		for (const row of rows) {
			if (row.kind !== kind || row.value !== value) continue;
			peaks[row.step] = Math.max(peaks[row.step] ?? 0, row.peak);
		}
		return peaks;
	});
}

/** Puts an actor on the watch list until then. */
export async function watchUntil(
	prisma: PrismaClient,
	{ kind, value }: { readonly kind: ActorKind; readonly value: string },
	until: Date,
): Promise<void> {
	await prisma.$executeRaw`
		INSERT INTO threat_actors (kind, value, reach, score, updated_at, causes, watched_until)
		VALUES (${kind}, ${value}, ${kind}, 0, clock_timestamp(), '[]', ${until})
		ON CONFLICT (kind, value) DO UPDATE SET watched_until = excluded.watched_until`;
}

/** Names that people know keys and persons by; by `kind:value`. */
export async function namesOfActors(
	prisma: PrismaClient,
	actors: readonly { readonly kind: string; readonly value: string }[],
): Promise<ReadonlyMap<string, string>> {
	const valuesOf = (kind: string) =>
		actors.filter((actor) => actor.kind === kind).map(({ value }) => value);
	const personIds = valuesOf("user").filter((value) => z.uuid().safeParse(value).success);
	const [keys, people] = await Promise.all([
		prisma.apiKey.findMany({
			where: { id: { in: valuesOf("key") } },
			select: { id: true, name: true },
		}),
		prisma.user.findMany({ where: { id: { in: personIds } }, select: { id: true, name: true } }),
	]);
	return new Map([
		...keys.map(({ id, name }) => [`key:${id}`, name] as const),
		...people.map(({ id, name }) => [`user:${id}`, name] as const),
	]);
}

/** Requests that a ban refused, where the ledger of requests knows by whom they came. */
export async function countRefusals(
	prisma: PrismaClient,
	{ kind, value }: { readonly kind: string; readonly value: string },
	period: { readonly from: Date; readonly to: Date },
): Promise<number | null> {
	const by = kind === "key" ? { keyId: value } : kind === "ip" ? { ip: value } : undefined;
	if (by === undefined || value.includes("/")) return null;
	return prisma.ledgerEntry.count({
		where: {
			...by,
			errorCode: "caller_banned",
			receivedAt: { gte: period.from, lte: period.to },
		},
	});
}
