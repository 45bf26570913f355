import { spawnSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}

/**
 * When the process was started, in the system's own unit; `undefined` where that cannot be read.
 * Ids are used again, above all in containers, so an id alone does not name a process.
 */
export function startMark(pid: number): string | undefined {
	if (process.platform !== "linux") return undefined;
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The command stands in parentheses and may hold blanks; field 22 is the 20th after it.
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
	} catch {
		return undefined;
	}
}

/** Whether the live process is a PostgreSQL server that works on this cluster folder. */
export function isPostmasterOf(pid: number, clusterDir: string): boolean {
	if (!isAlive(pid)) return false;
	if (process.platform === "linux") {
		try {
			// A postmaster's working directory is its cluster folder.
			return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterDir);
		} catch {
			return false;
		}
	}
	if (process.platform === "win32") {
		const tasks = spawnSync("tasklist", ["/FI", `PID eq ${pid}`, "/NH"], { encoding: "utf8" });
		return tasks.stdout.includes("postgres");
	}
	const listing = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
	return listing.stdout.includes("postgres") && listing.stdout.includes(clusterDir);
}

/** Resolves to true when the process is gone, to false when it still lives after the time. */
export async function waitForExit(pid: number, timeoutMs: number): Promise<boolean> {
	const deadline = Date.now() + timeoutMs;
	while (isAlive(pid)) {
		if (Date.now() > deadline) return false;
		await sleep(20);
	}
	return true;
}
