import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { executable } from "./postgres-binaries.ts";
import { StartError } from "./start-error.ts";

/** Who runs PostgreSQL, as options of `spawn`; empty means this process's own user. */
export type Account = { readonly uid: number; readonly gid: number } | Record<string, never>;

export interface PostgresHome {
	readonly account: Account;
	readonly nativeDir: string;
	/** Holds the cluster; the account may enter it. Not always the folder that was asked for. */
	readonly homeDir: string;
}

/** Readable by everyone on every Unix, and the place for a service's data. */
const sharedDir = "/var/lib/llmproxy";

/**
 * Decides who runs PostgreSQL, from which binaries and in which folder. PostgreSQL refuses to run as
 * root, and the user it runs as instead may be unable to enter a folder of root's: then binaries and
 * data go to `/var/lib/llmproxy`, and `location` in `dataDir` remembers where.
 */
export function settlePostgresHome(binaries: PostgresBinaries, dataDir: string): PostgresHome {
	if (process.getuid?.() !== 0) {
		return { account: {}, nativeDir: binaries.nativeDir, homeDir: dataDir };
	}
	const account = serviceAccount();
	const nativeDir = canRun(binaries.nativeDir, account)
		? binaries.nativeDir
		: sharedBinaries(binaries, account);
	return { account, nativeDir, homeDir: reachableHome(dataDir, account) };
}

/** Gives the path to the account; does nothing when PostgreSQL runs as our own user. */
export function giveTo(account: Account, path: string): void {
	if (account.uid !== undefined) chownSync(path, account.uid, account.gid);
}

function serviceAccount(): { uid: number; gid: number } {
	if (lookUp("postgres") === undefined) {
		spawnSync("groupadd", ["--system", "postgres"]);
		spawnSync("useradd", [
			...["--system", "--gid", "postgres", "--no-create-home"],
			...["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", "postgres"],
		]);
	}
	const found = lookUp("postgres") ?? lookUp("nobody");
	if (found === undefined) {
		throw new StartError(
			"PostgreSQL does not run as root, and the user `postgres` could not be created. " +
				"Create it, start LLMProxy as another user, or set DATABASE_URL.",
		);
	}
	return found;
}

function lookUp(user: string): { uid: number; gid: number } | undefined {
	try {
		const id = (flag: string) =>
			Number(
				execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
			);
		return { uid: id("-u"), gid: id("-g") };
	} catch {
		return undefined;
	}
}

function canRun(nativeDir: string, account: Account): boolean {
	const catalogue = join(nativeDir, "share", "postgresql", "postgres.bki");
	return (
		succeeds(account, executable(nativeDir, "postgres"), ["--version"]) &&
		succeeds(account, executable(nativeDir, "initdb"), ["--version"]) &&
		succeeds(account, "/bin/sh", ["-c", 'test -r "$1"', "sh", catalogue])
	);
}

function succeeds(account: Account, command: string, args: readonly string[]): boolean {
	return spawnSync(command, args, { ...account, cwd: "/", stdio: "ignore" }).status === 0;
}

function sharedBinaries(binaries: PostgresBinaries, account: Account): string {
	const target = join(sharedDir, `postgresql-${binaries.label}`);
	if (existsSync(target) && canRun(target, account)) return target;
	makePublicDir(sharedDir);
	const draft = `${target}.${randomBytes(4).toString("hex")}`;
	cpSync(binaries.nativeDir, draft, { recursive: true, verbatimSymlinks: true });
	openToAll(draft);
	rmSync(target, { recursive: true, force: true });
	renameSync(draft, target);
	if (!canRun(target, account)) {
		throw new StartError(
			`User postgres can run PostgreSQL neither in ${binaries.nativeDir} nor in ${target}. ` +
				"Start LLMProxy as another user, or set DATABASE_URL.",
		);
	}
	return target;
}

/** Undoes what a strict umask of root's shell did to the copied files. */
function openToAll(dir: string): void {
	chmodSync(dir, 0o755);
	for (const entry of readdirSync(dir, { withFileTypes: true })) {
		const path = join(dir, entry.name);
		if (entry.isDirectory()) openToAll(path);
		else if (entry.isFile()) chmodSync(path, basename(dir) === "bin" ? 0o755 : 0o644);
	}
}

function reachableHome(dataDir: string, account: Account): string {
	const note = join(dataDir, "location");
	if (existsSync(note)) {
		const remembered = readFileSync(note, "utf8").trim();
		if (existsSync(remembered)) return remembered;
		throw new StartError(
			`The database of ${dataDir} lay in ${remembered}, which is gone. ` +
				`Restore that folder, or remove ${dataDir} to start with an empty database.`,
		);
	}
	if (succeeds(account, "/bin/sh", ["-c", 'test -x "$1"', "sh", dataDir])) return dataDir;
	const home = join(sharedDir, `data-${randomBytes(6).toString("hex")}`);
	makePublicDir(sharedDir);
	makePublicDir(home);
	writeFileSync(note, `${home}\n`);
	return home;
}

function makePublicDir(path: string): void {
	mkdirSync(path, { recursive: true });
	chmodSync(path, 0o755);
}
