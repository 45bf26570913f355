import { linkSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, startMark } from "./process-identity.ts";
import { StartError } from "./start-error.ts";

const heartbeatMs = 4_000;
const attemptsMax = 5;

interface Owner {
	readonly pid: number;
	readonly startMark?: string | undefined;
	readonly host: string;
	readonly token: string;
}

export interface OwnerLock {
	readonly release: () => void;
}

/**
 * Claims the folder for this process. Throws {@link StartError} when another live process holds it;
 * the lock of a dead one is taken over. The file's time is renewed while it is held, because a
 * process in another container cannot be found by its id.
 */
export async function acquireOwnerLock(dir: string): Promise<OwnerLock> {
	const path = join(dir, "owner.lock");
	const token = crypto.randomUUID();
	const own: Owner = {
		pid: process.pid,
		startMark: startMark(process.pid),
		host: hostname(),
		token,
	};
	const draft = join(dir, `owner.lock.${token}`);
	writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
	try {
		for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
			if (claim(draft, path)) return hold(path, token);
			const owner = readOwner(path);
			if (owner !== undefined && (await isHeld(owner, path)))
				throw new StartError(inUse(dir, owner));
			// Another starter may have replaced the dead lock meanwhile: only the one judged is removed.
			if (readOwner(path)?.token === owner?.token) rmSync(path, { force: true });
		}
	} finally {
		rmSync(draft, { force: true });
	}
	throw new StartError(`The lock file ${path} could not be claimed.`);
}

function inUse(dir: string, owner: Owner): string {
	const where = owner.host === hostname() ? "" : ` on host ${owner.host}`;
	return (
		`The data folder ${dir} is in use by another LLMProxy (process ${owner.pid}${where}). ` +
		"Stop that one first, or set LLMPROXY_DATA_DIR to another folder."
	);
}

/** A hard link appears in one step, so nobody ever reads half a lock file. */
function claim(draft: string, path: string): boolean {
	try {
		linkSync(draft, path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
		throw error;
	}
}

function hold(path: string, token: string): OwnerLock {
	const heartbeat = setInterval(() => {
		const now = new Date();
		try {
			utimesSync(path, now, now);
		} catch {
			// The folder was removed under us; there is nothing left to hold.
		}
	}, heartbeatMs);
	heartbeat.unref();
	return {
		release: () => {
			clearInterval(heartbeat);
			if (readOwner(path)?.token === token) rmSync(path, { force: true });
		},
	};
}

async function isHeld(owner: Owner, path: string): Promise<boolean> {
	if (owner.host === hostname()) {
		return isAlive(owner.pid) && owner.startMark === startMark(owner.pid);
	}
	// Another host's owner shows that it lives by renewing the file's time.
	const before = renewedAtMs(path);
	if (Date.now() - before > 3 * heartbeatMs) return false;
	for (let waitedMs = 0; waitedMs < 2 * heartbeatMs; waitedMs += 200) {
		await sleep(200);
		if (renewedAtMs(path) !== before) return true;
	}
	return false;
}

function renewedAtMs(path: string): number {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function readOwner(path: string): Owner | undefined {
	try {
		return JSON.parse(readFileSync(path, "utf8")) as Owner;
	} catch {
		return undefined;
	}
}
