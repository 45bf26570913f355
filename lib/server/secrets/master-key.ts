import { hkdfSync, randomBytes, scryptSync } from "node:crypto";
import {
	chmodSync,
	closeSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	readFileSync,
	statSync,
	unlinkSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { Log } from "../../../proxy-core/ports.ts";

/** The root of every secret of this installation. The root itself stays inside the closure. */
export interface MasterKey {
	/** 32 bytes that only this purpose uses; a leak of one tells nothing about the others (HKDF, RFC 5869). */
	readonly subKey: (purpose: "secret-box" | "session" | "digest" | "signing") => Uint8Array;
}

export interface MasterKeyOptions {
	/** `LLMPROXY_MASTER_KEY`, if set. */
	readonly configured: string | undefined;
	readonly dataDir: string;
	readonly log: Log;
}

const fileName = "master-key";

/**
 * The configured key, or the one in the data folder, which is made when there is none.
 * Throws when the file holds something else or cannot be made private.
 */
export function openMasterKey({ configured, dataDir, log }: MasterKeyOptions): MasterKey {
	if (configured !== undefined) return createMasterKey(decode(configured) ?? stretch(configured));
	return createMasterKey(readOrCreate(dataDir, log));
}

export function createMasterKey(root: Uint8Array): MasterKey {
	if (root.length !== 32) throw new Error("A master key has 32 bytes.");
	return {
		subKey: (purpose) =>
			new Uint8Array(hkdfSync("sha256", root, "llmproxy.master.v1", purpose, 32)),
	};
}

/** 32 bytes written as hex or base64 (with or without padding, either alphabet). */
function decode(text: string): Uint8Array | undefined {
	if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, "hex");
	if (/^[\w+/-]{43}=?$/.test(text)) return Buffer.from(text, "base64");
	return undefined;
}

/**
 * Passphrases have less entropy than bytes, so guessing is made dear. The salt is fixed because
 * every node must come to the same key from the passphrase alone.
 */
function stretch(passphrase: string): Uint8Array {
	const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
	return scryptSync(passphrase.normalize("NFC"), "llmproxy.master.v1", 32, cost);
}

function readOrCreate(dataDir: string, log: Log): Uint8Array {
	const path = join(dataDir, fileName);
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const existing = read(path);
	if (existing === undefined) create(path, log);
	else makePrivate(path, log);
	const root = decode((existing ?? read(path) ?? "").trim());
	if (root === undefined) {
		throw new Error(
			`${path} does not hold a master key. Restore it from a backup; without it stored provider credentials cannot be read.`,
		);
	}
	return root;
}

function read(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch (cause) {
		if (isFileError(cause, "ENOENT")) return undefined;
		throw new Error(`The master key in ${path} cannot be read.`, { cause });
	}
}

/** Written aside and linked into place: a crash leaves no half key, two first starts agree on one. */
function create(path: string, log: Log): void {
	const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
	const file = openSync(draft, "wx", 0o600);
	try {
		writeSync(file, `${randomBytes(32).toString("base64")}\n`);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	try {
		linkSync(draft, path);
		log.info("Made a master key; back it up together with the database.", { path });
	} catch (cause) {
		if (!isFileError(cause, "EEXIST")) throw cause;
	} finally {
		unlinkSync(draft);
	}
}

function makePrivate(path: string, log: Log): void {
	if (process.platform === "win32") return;
	const mode = statSync(path).mode & 0o777;
	if ((mode & 0o077) === 0) return;
	try {
		chmodSync(path, 0o600);
	} catch (cause) {
		throw new Error(`Other users can read ${path}; set its mode to 0600.`, { cause });
	}
	log.warn("Other users could read the master key; its mode is 0600 now.", {
		path,
		mode: mode.toString(8),
	});
}

function isFileError(cause: unknown, code: string): boolean {
	return cause instanceof Error && (cause as NodeJS.ErrnoException).code === code;
}
