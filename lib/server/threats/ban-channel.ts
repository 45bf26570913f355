import * as z from "zod";
import type { Prisma } from "../../../prisma/generated/client.ts";
import { actorKinds } from "../../../proxy-core/contract/threat-settings.ts";

/** The channel on which nodes tell each other whom they ban, and what else they did about somebody. */
export const banChannel = "llmproxy_bans";

export const banNotice = z.object({
	/** The process that did it. */
	node: z.string(),
	actionId: z.string(),
	kind: z.enum(actorKinds),
	value: z.string(),
	change: z.enum(["banned", "lifted", "none"]),
	/** Of a ban: epoch milliseconds; null: until somebody lifts it. */
	untilMs: z.number().nullable(),
});
export type BanNotice = z.infer<typeof banNotice>;

/** Heard by every node when the transaction commits. */
export async function notifyBan(
	transaction: Prisma.TransactionClient,
	notice: Omit<BanNotice, "kind"> & { readonly kind: string },
): Promise<void> {
	const payload = JSON.stringify(notice);
	await transaction.$queryRaw`SELECT 1 FROM pg_notify(${banChannel}, ${payload})`;
}

/** Undefined for what is not ours, or of another version. */
export function readBanNotice(payload: string): BanNotice | undefined {
	try {
		const parsed = banNotice.safeParse(JSON.parse(payload));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined;
	}
}
