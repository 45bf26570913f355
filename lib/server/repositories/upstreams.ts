import type { Prisma, PrismaClient, Upstream } from "../../../prisma/generated/client.ts";

export type UpstreamRow = Upstream;
export type UpstreamOrigin = "console" | "environment" | "built-in";

export interface UpstreamInput {
	readonly id: string;
	readonly kind: string;
	readonly title: string;
	/** Without secrets. */
	readonly settings: Readonly<Record<string, unknown>>;
	/** Sealed. */
	readonly secrets: Uint8Array<ArrayBuffer> | null;
	readonly models: readonly string[];
	readonly origin: UpstreamOrigin;
	readonly isEnabled: boolean;
}

export interface CheckResult {
	readonly ok: boolean;
	readonly message: string;
	readonly latencyMs: number;
}

/** Oldest first: that is the order in which a bare model name tries them. */
export async function listUpstreams(prisma: PrismaClient): Promise<readonly UpstreamRow[]> {
	return prisma.upstream.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

export async function findUpstream(prisma: PrismaClient, id: string): Promise<UpstreamRow | null> {
	return prisma.upstream.findUnique({ where: { id } });
}

/** Undefined: the name is taken. */
export async function createUpstream(
	prisma: PrismaClient,
	input: UpstreamInput,
): Promise<UpstreamRow | undefined> {
	const data = [toData(input)];
	const created = await prisma.upstream.createManyAndReturn({ data, skipDuplicates: true });
	return created[0];
}

export async function saveUpstream(
	prisma: PrismaClient,
	input: UpstreamInput,
): Promise<UpstreamRow> {
	const data = toData(input);
	return prisma.upstream.upsert({ where: { id: input.id }, create: data, update: data });
}

/** Undefined: there is none with this id. */
export async function updateUpstream(
	prisma: PrismaClient,
	input: UpstreamInput,
): Promise<UpstreamRow | undefined> {
	const { id, ...data } = toData(input);
	const updated = await prisma.upstream.updateManyAndReturn({ where: { id }, data });
	return updated[0];
}

/** False: there was none. */
export async function deleteUpstream(prisma: PrismaClient, id: string): Promise<boolean> {
	return (await prisma.upstream.deleteMany({ where: { id } })).count > 0;
}

export async function saveCheck(
	prisma: PrismaClient,
	id: string,
	{ ok, message, latencyMs }: CheckResult,
): Promise<void> {
	await prisma.upstream.updateMany({
		where: { id },
		data: {
			checkedAt: new Date(),
			checkStatus: ok ? "ok" : "failed",
			checkMessage: message,
			checkLatencyMs: latencyMs,
		},
	});
}

/** Forgets providers that the environment asked for once and does not any more. */
export async function removeEnvironmentUpstreams(
	prisma: PrismaClient,
	keepIds: readonly string[],
): Promise<void> {
	await prisma.upstream.deleteMany({
		where: { origin: "environment", id: { notIn: [...keepIds] } },
	});
}

function toData(input: UpstreamInput) {
	return {
		...input,
		settings: input.settings as Prisma.InputJsonObject,
		models: [...input.models],
	};
}
