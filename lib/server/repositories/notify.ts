import * as z from "zod";
import type { PrismaClient } from "../../../prisma/generated/client.ts";

/** The channel on which nodes tell each other that the configuration changed. */
export const changedChannel = "llmproxy_changed";

export const configurationChanges = [
	"settings",
	"keys",
	"providers",
	"routing",
	"budgets",
] as const;
export type ConfigurationChange = (typeof configurationChanges)[number];

export const changedPayload = z.object({ kind: z.enum(configurationChanges), node: z.string() });

export async function notifyChanged(
	prisma: PrismaClient,
	kind: ConfigurationChange,
	node: string,
): Promise<void> {
	const payload = JSON.stringify({ kind, node });
	await prisma.$queryRaw`SELECT 1 FROM pg_notify(${changedChannel}, ${payload})`;
}
