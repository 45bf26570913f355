import type { Prisma, PrismaClient, Route } from "../../../prisma/generated/client.ts";

export type RouteRow = Route;

export interface RouteFields {
	readonly name: string;
	readonly description: string;
	readonly strategy: string;
	readonly costWeight: number;
	readonly isSticky: boolean;
	readonly retries: number | null;
	readonly entries: readonly { readonly target: string; readonly weight: number }[];
	/** By reason. */
	readonly fallbacks: Readonly<Record<string, readonly string[]>>;
	readonly isEnabled: boolean;
}

/** By name. */
export async function listRoutes(prisma: PrismaClient): Promise<readonly RouteRow[]> {
	return prisma.route.findMany({ orderBy: { name: "asc" } });
}

/** Undefined: the name is taken. */
export async function createRoute(
	prisma: PrismaClient,
	fields: RouteFields,
): Promise<RouteRow | undefined> {
	const data = [toData(fields)];
	const [created] = await prisma.route.createManyAndReturn({ data, skipDuplicates: true });
	return created;
}

/** Undefined: there is none with this name. Throws what the database does when the new name is taken. */
export async function updateRoute(
	prisma: PrismaClient,
	name: string,
	fields: RouteFields,
): Promise<RouteRow | undefined> {
	const data = toData(fields);
	const [updated] = await prisma.route.updateManyAndReturn({ where: { name }, data });
	return updated;
}

/** False: there was none. */
export async function deleteRoute(prisma: PrismaClient, name: string): Promise<boolean> {
	return (await prisma.route.deleteMany({ where: { name } })).count > 0;
}

export async function hasRoute(prisma: PrismaClient, name: string): Promise<boolean> {
	return (await prisma.route.count({ where: { name } })) > 0;
}

function toData(fields: RouteFields) {
	return {
		...fields,
		entries: fields.entries as Prisma.InputJsonArray,
		fallbacks: fields.fallbacks as Prisma.InputJsonObject,
	};
}
