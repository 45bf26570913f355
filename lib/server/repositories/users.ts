import type { Prisma, PrismaClient, User } from "../../../prisma/generated/client.ts";
import type { Role } from "../../contracts/permissions.ts";

/** Any number that nothing else locks: changes of administrators take their turn under it. */
const adminLock = 7_312_005;

export interface NewUser {
	/** Lower case. */
	readonly email: string;
	readonly name: string;
	readonly role: Role;
	readonly passwordHash: string;
}

export interface UserChanges {
	readonly name?: string | undefined;
	readonly role?: Role | undefined;
	readonly isDisabled?: boolean | undefined;
}

export async function listUsers(prisma: PrismaClient): Promise<readonly User[]> {
	return prisma.user.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

export async function findUserByEmail(prisma: PrismaClient, email: string): Promise<User | null> {
	return prisma.user.findUnique({ where: { email } });
}

/** Undefined: somebody has this e-mail address already. */
export async function createUser(prisma: PrismaClient, input: NewUser): Promise<User | undefined> {
	const created = await prisma.user.createManyAndReturn({ data: [input], skipDuplicates: true });
	return created[0];
}

export async function hasAdmin(prisma: PrismaClient): Promise<boolean> {
	return (await prisma.user.count({ where: { role: "admin", disabledAt: null }, take: 1 })) > 0;
}

/** Undefined: there is an administrator already. Of several calls at once, on any node, one wins. */
export async function createFirstAdmin(
	prisma: PrismaClient,
	input: Omit<NewUser, "role">,
): Promise<User | undefined> {
	return prisma.$transaction(async (tx) => {
		await lockAdmins(tx);
		if ((await tx.user.count({ where: { role: "admin", disabledAt: null } })) > 0) return undefined;
		return tx.user.upsert({
			where: { email: input.email },
			create: { ...input, role: "admin" },
			update: { ...input, role: "admin", disabledAt: null },
		});
	});
}

/** Makes sure that this administrator exists and has this password. Ends sessions when it changed. */
export async function putAdmin(prisma: PrismaClient, input: Omit<NewUser, "role">): Promise<void> {
	await prisma.$transaction(async (tx) => {
		await lockAdmins(tx);
		const { id } = await tx.user.upsert({
			where: { email: input.email },
			create: { ...input, role: "admin" },
			update: { passwordHash: input.passwordHash, role: "admin", disabledAt: null },
		});
		await endSessions(tx, id);
	});
}

export type UpdateOutcome =
	| { readonly kind: "updated"; readonly user: User }
	| { readonly kind: "not-found" }
	| { readonly kind: "last-admin" };

/** Disabling ends the person's sessions. The last administrator who can sign in stays one. */
export async function updateUser(
	prisma: PrismaClient,
	id: string,
	changes: UserChanges,
): Promise<UpdateOutcome> {
	return prisma.$transaction(async (tx) => {
		await lockAdmins(tx);
		const before = await tx.user.findUnique({ where: { id } });
		if (before === null) return { kind: "not-found" } as const;
		const role = changes.role ?? before.role;
		const isDisabled = changes.isDisabled ?? before.disabledAt !== null;
		const wasAdmin = before.role === "admin" && before.disabledAt === null;
		if (wasAdmin && (role !== "admin" || isDisabled) && !(await hasOtherAdmin(tx, id))) {
			return { kind: "last-admin" } as const;
		}
		const user = await tx.user.update({
			where: { id },
			data: {
				name: changes.name ?? before.name,
				role,
				disabledAt: isDisabled ? (before.disabledAt ?? new Date()) : null,
			},
		});
		if (isDisabled) await endSessions(tx, id);
		return { kind: "updated", user } as const;
	});
}

async function lockAdmins(tx: Prisma.TransactionClient): Promise<void> {
	await tx.$executeRaw`SELECT pg_advisory_xact_lock(${adminLock}::bigint)`;
}

async function hasOtherAdmin(tx: Prisma.TransactionClient, id: string): Promise<boolean> {
	const others = await tx.user.count({
		where: { role: "admin", disabledAt: null, id: { not: id } },
	});
	return others > 0;
}

async function endSessions(tx: Prisma.TransactionClient, userId: string): Promise<void> {
	await tx.session.updateMany({
		where: { userId, revokedAt: null },
		data: { revokedAt: new Date() },
	});
}
