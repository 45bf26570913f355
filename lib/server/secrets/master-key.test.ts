import {
	chmodSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openMasterKey } from "./master-key.ts";

const warnings: string[] = [];
const log = {
	info: () => {},
	warn: (message: string) => void warnings.push(message),
	error: () => {},
};
const here = { dataDir: "" };

beforeEach(() => {
	here.dataDir = mkdtempSync(join(tmpdir(), "master-key-"));
	warnings.length = 0;
});
afterEach(() => rmSync(here.dataDir, { recursive: true, force: true }));

const open = (configured?: string) => openMasterKey({ configured, dataDir: here.dataDir, log });
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("openMasterKey", () => {
	it("makes a private file once and reads it ever after", () => {
		const first = open().subKey("session");
		expect(hex(open().subKey("session"))).toBe(hex(first));
		expect(statSync(join(here.dataDir, "master-key")).mode & 0o777).toBe(0o600);
		expect(readdirSync(here.dataDir)).toEqual(["master-key"]);
	});

	it("takes away other users' rights on the file and says so", () => {
		open();
		chmodSync(join(here.dataDir, "master-key"), 0o644);
		open();
		expect(statSync(join(here.dataDir, "master-key")).mode & 0o777).toBe(0o600);
		expect(warnings).toHaveLength(1);
	});

	it("refuses a damaged file instead of making a new key over it", () => {
		writeFileSync(join(here.dataDir, "master-key"), "");
		expect(() => open()).toThrow(/does not hold a master key/);
		expect(readFileSync(join(here.dataDir, "master-key"), "utf8")).toBe("");
	});

	it("reads the same 32 bytes as hex and as base64", () => {
		const bytes = Buffer.alloc(32, 7);
		const keys = [bytes.toString("hex"), bytes.toString("base64"), bytes.toString("base64url")];
		expect(new Set(keys.map((key) => hex(open(key).subKey("session")))).size).toBe(1);
		expect(readdirSync(here.dataDir)).toEqual([]);
	});

	it("derives a key from a passphrase, the same every time", () => {
		const passphrase = "correct horse battery staple, and more";
		expect(hex(open(passphrase).subKey("session"))).toBe(hex(open(passphrase).subKey("session")));
		expect(hex(open(passphrase).subKey("session"))).not.toBe(
			hex(open(`${passphrase}!`).subKey("session")),
		);
	});

	it("gives each purpose another key", () => {
		const key = open();
		expect(hex(key.subKey("session"))).not.toBe(hex(key.subKey("secret-box")));
	});
});
