import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import process from "node:process";
import * as z from "zod";
import { isAlive, startMark } from "../database/process-identity.ts";

/**
 * Names one process for good. A pid alone does not: it is used again, and in a container it is
 * always the same.
 */
export const processIdentitySchema = z.object({
	host: z.string(),
	pid: z.int(),
	/** Differs after a reboot; null where the system does not tell. */
	bootId: z.string().nullable(),
	/** When the process was started; null where the system does not tell. */
	startMark: z.string().nullable(),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

export function ownIdentity(): ProcessIdentity {
	return {
		host: hostname(),
		pid: process.pid,
		bootId: bootId(),
		startMark: startMark(process.pid) ?? null,
	};
}

/** Whether the named process still runs. Undefined: it belongs to another host, nobody here can tell. */
export function isRunning(identity: ProcessIdentity): boolean | undefined {
	const self = ownIdentity();
	if (identity.host !== self.host) return undefined;
	if (identity.bootId !== self.bootId) return false;
	return isAlive(identity.pid) && identity.startMark === (startMark(identity.pid) ?? null);
}

function bootId(): string | null {
	try {
		return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
	} catch {
		return null;
	}
}
