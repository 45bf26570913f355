import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { acquireOwnerLock } from "./owner-lock.ts";
import { startMark } from "./process-identity.ts";

const scene = { dir: "" };

beforeEach(() => {
	scene.dir = mkdtempSync(join(tmpdir(), "llmproxy-lock-"));
});

afterEach(() => rmSync(scene.dir, { recursive: true, force: true }));

it("is given to one at a time, and again after its release", async () => {
	const lock = await acquireOwnerLock(scene.dir);
	await expect(acquireOwnerLock(scene.dir)).rejects.toThrow(`process ${process.pid}`);
	lock.release();
	expect(existsSync(lockPath())).toBe(false);
	(await acquireOwnerLock(scene.dir)).release();
});

it("is given to exactly one of many who ask at once", async () => {
	const asked = Array.from({ length: 20 }, () => acquireOwnerLock(scene.dir));
	const given = (await Promise.allSettled(asked)).filter(({ status }) => status === "fulfilled");
	expect(given).toHaveLength(1);
});

it("is taken over from a process that is gone", async () => {
	writeOwner({ pid: 2 ** 30, host: hostname() });
	(await acquireOwnerLock(scene.dir)).release();
});

it("is taken over when the process id belongs to another process by now", async () => {
	writeOwner({ pid: process.ppid, host: hostname(), startMark: "1" });
	(await acquireOwnerLock(scene.dir)).release();
});

it("is refused while the process that holds it lives", async () => {
	writeOwner({ pid: process.ppid, host: hostname(), startMark: startMark(process.ppid) });
	await expect(acquireOwnerLock(scene.dir)).rejects.toThrow(`process ${process.ppid}`);
});

it("is taken over from another host that has not renewed it for long", async () => {
	writeOwner({ pid: 1, host: "another-container" });
	const longAgo = new Date(Date.now() - 3_600_000);
	utimesSync(lockPath(), longAgo, longAgo);
	(await acquireOwnerLock(scene.dir)).release();
});

it("is refused while another host renews it", async () => {
	writeOwner({ pid: 1, host: "another-container" });
	const renewal = setInterval(() => utimesSync(lockPath(), new Date(), new Date()), 50);
	try {
		await expect(acquireOwnerLock(scene.dir)).rejects.toThrow("on host another-container");
	} finally {
		clearInterval(renewal);
	}
});

it("is taken over when its file is damaged", async () => {
	writeFileSync(lockPath(), "{");
	(await acquireOwnerLock(scene.dir)).release();
});

function lockPath(): string {
	return join(scene.dir, "owner.lock");
}

function writeOwner(owner: { pid: number; host: string; startMark?: string | undefined }): void {
	writeFileSync(lockPath(), JSON.stringify({ ...owner, token: "theirs" }));
}
