import type {
	IncidentNote,
	Prisma,
	PrismaClient,
	ThreatIncident,
} from "../../../prisma/generated/client.ts";
import { threatsChannel } from "../journal/ship-threats.ts";

export type IncidentRow = ThreatIncident;
export type NoteRow = IncidentNote;

/** The last incident of the page before. */
export interface IncidentCursor {
	readonly worst: number;
	readonly lastAt: Date;
	readonly id: string;
}

export interface IncidentFilters {
	readonly state: "active" | "open" | "acknowledged" | "closed";
	/** Null: assigned to nobody. */
	readonly assigneeId?: string | null;
	readonly worst?: number;
	readonly family?: string;
	readonly search?: string;
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The worst first, and of those the newest; by keyset. */
export async function listIncidentRows(
	prisma: PrismaClient,
	{
		filters,
		after,
		limit,
	}: {
		readonly filters: IncidentFilters;
		readonly after: IncidentCursor | undefined;
		readonly limit: number;
	},
): Promise<readonly IncidentRow[]> {
	return prisma.threatIncident.findMany({
		where: { AND: [toWhere(filters), behind(after)] },
		orderBy: [{ worst: "desc" }, { lastAt: "desc" }, { id: "asc" }],
		take: limit,
	});
}

export async function countIncidents(prisma: PrismaClient): Promise<ReadonlyMap<string, number>> {
	const groups = await prisma.threatIncident.groupBy({ by: ["state"], _count: { _all: true } });
	return new Map(groups.map(({ state, _count }) => [state, _count._all]));
}

export async function findIncident(
	prisma: PrismaClient,
	id: string,
): Promise<(IncidentRow & { readonly notes: readonly NoteRow[] }) | null> {
	if (!isUuid.test(id)) return null;
	return prisma.threatIncident.findUnique({
		where: { id },
		include: { notes: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] } },
	});
}

export interface IncidentChange {
	readonly id: string;
	readonly data: Prisma.ThreatIncidentUncheckedUpdateInput;
	readonly notes: readonly Pick<NoteRow, "kind" | "text" | "authorId" | "authorName">[];
}

/** Changes an incident and writes down who did what, together, and tells every console. */
export async function changeIncident(
	prisma: PrismaClient,
	{ id, data, notes }: IncidentChange,
): Promise<void> {
	await prisma.$transaction([
		prisma.threatIncident.update({ where: { id }, data }),
		prisma.incidentNote.createMany({ data: notes.map((note) => ({ ...note, incidentId: id })) }),
		prisma.$queryRaw`SELECT 1 FROM pg_notify(${threatsChannel}, '{"type":"incidents.changed"}')`,
	]);
}

/** Marks every rule of an incident once. */
export async function markRules(
	prisma: PrismaClient,
	{ id, rules }: Pick<IncidentRow, "id" | "rules">,
	markedBy: string,
): Promise<void> {
	const data = rules.map((text) => {
		const slash = text.indexOf("/");
		const [guard, rule] = [text.slice(0, slash), text.slice(slash + 1)];
		return { guard, rule, subject: "incident", subjectId: id, markedBy };
	});
	await prisma.threatMark.createMany({ data, skipDuplicates: true });
}

/** People with one of these roles who may sign in. */
export async function peopleWith(
	prisma: PrismaClient,
	roles: readonly string[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
	return prisma.user.findMany({
		where: { role: { in: [...roles] }, disabledAt: null },
		orderBy: { name: "asc" },
		select: { id: true, name: true },
		take: 500,
	});
}

function toWhere(filters: IncidentFilters): Prisma.ThreatIncidentWhereInput {
	const { state, assigneeId, worst, family, search } = filters;
	return {
		state: state === "active" ? { not: "closed" } : state,
		...(assigneeId === undefined ? {} : { assigneeId }),
		...(worst === undefined ? {} : { worst }),
		...(family === undefined ? {} : { family }),
		...(search === undefined ? {} : searchWhere(search)),
	};
}

function searchWhere(search: string): Prisma.ThreatIncidentWhereInput {
	const actor = { contains: search.replace(/[\\%_]/g, "\\$&") };
	const number = /^#?(\d{1,9})$/.exec(search)?.[1];
	return number === undefined ? { actor } : { OR: [{ actor }, { number: Number(number) }] };
}

function behind(after: IncidentCursor | undefined): Prisma.ThreatIncidentWhereInput {
	if (after === undefined) return {};
	const { worst, lastAt, id } = after;
	return {
		OR: [
			{ worst: { lt: worst } },
			{ worst, lastAt: { lt: lastAt } },
			{ worst, lastAt, id: { gt: id } },
		],
	};
}
