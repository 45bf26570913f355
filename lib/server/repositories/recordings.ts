import type { PrismaClient } from "../../../prisma/generated/client.ts";
import type { Settings } from "../../../proxy-core/contract/settings.ts";
import type { RecordedRequest } from "../../../proxy-core/ports.ts";

interface SealedRecording {
	readonly request: RecordedRequest;
	readonly sealed: Uint8Array<ArrayBuffer>;
}

export async function addRecordings(
	prisma: PrismaClient,
	recordings: readonly SealedRecording[],
): Promise<void> {
	await prisma.recording.createMany({
		data: recordings.map(
			({ request: { requestId, receivedAt, endpoint, action, caller }, sealed }) => ({
				requestId,
				receivedAt: new Date(receivedAt),
				endpoint,
				action,
				keyId: caller.kind === "key" ? caller.keyId : null,
				teamId: caller.kind === "key" ? caller.teamId : null,
				ownerId: caller.kind === "key" ? caller.ownerId : null,
				userId: caller.kind === "console" ? caller.userId : null,
				sealed,
			}),
		),
		skipDuplicates: true,
	});
}

/** Deletes what is older than the settings allow, and all but the newest of what is left. */
export async function pruneRecordings(
	prisma: PrismaClient,
	{ isOn, entriesMax, hoursMax }: Settings["recording"],
	now: number,
): Promise<void> {
	const oldest = new Date(now - hoursMax * 3_600_000);
	await prisma.recording.deleteMany({ where: isOn ? { receivedAt: { lt: oldest } } : {} });
	if (!isOn) return;
	const first = await prisma.recording.findFirst({
		orderBy: { receivedAt: "desc" },
		skip: entriesMax,
		select: { receivedAt: true },
	});
	if (first === null) return;
	await prisma.recording.deleteMany({ where: { receivedAt: { lte: first.receivedAt } } });
}

/** The newest recordings first, still sealed. */
export async function listRecordings(prisma: PrismaClient, count: number) {
	return prisma.recording.findMany({ orderBy: { receivedAt: "desc" }, take: count });
}

export async function findRecording(prisma: PrismaClient, requestId: string) {
	return prisma.recording.findUnique({ where: { requestId } });
}

export async function countRecordings(
	prisma: PrismaClient,
): Promise<{ readonly count: number; readonly oldest: Date | null }> {
	const { _count, _min } = await prisma.recording.aggregate({
		_count: true,
		_min: { receivedAt: true },
	});
	return { count: _count, oldest: _min.receivedAt };
}
