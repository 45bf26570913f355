import type { PrismaClient } from "../../../prisma/generated/client.ts";

export interface NewSession {
	readonly userId: string;
	readonly ip: string;
	readonly userAgent: string;
	readonly expiresAt: Date;
}

/** Records a sign-in; also the moment to forget sessions that ended long ago. */
export async function createSession(prisma: PrismaClient, input: NewSession): Promise<string> {
	const now = new Date();
	const [session] = await prisma.$transaction([
		prisma.session.create({ data: { ...input, userAgent: cleanText(input.userAgent) } }),
		prisma.user.update({ where: { id: input.userId }, data: { lastSignInAt: now } }),
		prisma.session.deleteMany({ where: { userId: input.userId, expiresAt: { lt: now } } }),
	]);
	return session.id;
}

export async function findSession(prisma: PrismaClient, id: string) {
	return prisma.session.findUnique({ where: { id }, include: { user: true } });
}

/** Conditional, so that many requests at once write once. */
export async function touchSession(
	prisma: PrismaClient,
	id: string,
	unlessSeenAfter: Date,
): Promise<void> {
	await prisma.session.updateMany({
		where: { id, lastSeenAt: { lt: unlessSeenAfter } },
		data: { lastSeenAt: new Date() },
	});
}

export async function revokeSession(prisma: PrismaClient, id: string): Promise<void> {
	await prisma.session.updateMany({
		where: { id, revokedAt: null },
		data: { revokedAt: new Date() },
	});
}

/** PostgreSQL takes neither NUL nor half a surrogate pair, and a browser's name needs no more room. */
function cleanText(text: string): string {
	return text.replaceAll("\u0000", "").toWellFormed().slice(0, 400);
}
