import {
	appendFileSync,
	chmodSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settledRecord } from "./__fixtures__/settled-record.ts";
import { withoutUnstorable } from "./insert-lines.ts";
import { openJournal } from "./journal.ts";
import { isRunning, ownIdentity } from "./process-identity.ts";

const quiet = () => {};
const log = { info: quiet, warn: quiet, error: quiet };
const here = { dir: "" };
const open = (node = "n") => openJournal({ dir: here.dir, node, log });

beforeEach(() => {
	here.dir = mkdtempSync(join(tmpdir(), "journal-"));
});
afterEach(() => rmSync(here.dir, { recursive: true, force: true }));

function idsIn(path: string): unknown[] {
	const lines = readFileSync(path, "utf8").trimEnd().split("\n");
	return lines.map((line) => (JSON.parse(line) as { requestId: string }).requestId);
}

describe("openJournal", () => {
	it("keeps appended records in order, one line each", async () => {
		const journal = open();
		for (const requestId of ["a", "b", "c"]) await journal.append(settledRecord({ requestId }));
		expect(journal.backlog()).toBe(3);
		journal.rotate();
		const [segment] = journal.segments();
		expect(segment?.lines).toBe(3);
		expect(idsIn(segment?.path ?? "")).toEqual(["a", "b", "c"]);
		expect(statSync(segment?.path ?? "").mode & 0o777).toBe(0o600);
		journal.close();
	});

	it("writes what settles in one turn of the event loop together, and tells everybody", async () => {
		const journal = open();
		const ids = ["a", "b", "c"];
		await Promise.all(ids.map((requestId) => journal.append(settledRecord({ requestId }))));
		journal.rotate();
		expect(idsIn(journal.segments()[0]?.path ?? "")).toEqual(ids);
	});

	it("writes what still waits when it is closed", () => {
		const journal = open();
		void journal.append(settledRecord({ requestId: "a" }));
		journal.close();
		expect(journal.segments().flatMap((segment) => idsIn(segment.path))).toEqual(["a"]);
	});

	it("forgets a segment only when told to, and leaves no files when all are gone", async () => {
		const journal = open();
		await journal.append(settledRecord({ requestId: "a" }));
		journal.rotate();
		for (const segment of [...journal.segments()]) journal.remove(segment);
		expect(journal.backlog()).toBe(0);
		journal.close();
		expect(readdirSync(here.dir)).toEqual([]);
	});

	it("leaves the files of a live process alone", async () => {
		const first = open("first");
		await first.append(settledRecord({ requestId: "a" }));
		const second = open("second");
		second.tend();
		expect(second.segments()).toEqual([]);
		expect(first.backlog()).toBe(1);
	});

	it("takes over what a dead process left, the torn last line not counted", async () => {
		const first = open("first");
		await first.append(settledRecord({ requestId: "a" }));
		await first.append(settledRecord({ requestId: "b" }));
		bury(here.dir);
		const folder = readdirSync(here.dir)[0] ?? "";
		appendFileSync(join(here.dir, folder, "000000001.ndjson"), '{"version":1,"requ');
		const second = open("second");
		expect(second.backlog()).toBe(2);
		expect(readdirSync(here.dir)).toHaveLength(1);
	});

	it("goes on in a new folder when another host has taken its folder over", async () => {
		const journal = open();
		await journal.append(settledRecord({ requestId: "a" }));
		const [folder = ""] = readdirSync(here.dir);
		rmSync(join(here.dir, folder), { recursive: true });
		journal.tend();
		await journal.append(settledRecord({ requestId: "b" }));
		journal.rotate();
		expect(journal.segments().flatMap((segment) => idsIn(segment.path))).toEqual(["b"]);
	});

	it("refuses requests while the disk does, and recovers by itself", async () => {
		const journal = open();
		const [folder = ""] = readdirSync(here.dir);
		// A file where the folder should be makes every open fail, for root too.
		rmSync(join(here.dir, folder), { recursive: true });
		writeFileSync(join(here.dir, folder), "");
		await expect(journal.append(settledRecord({ requestId: "a" }))).rejects.toThrow(
			/cannot record/,
		);
		expect(journal.isHealthy()).toBe(false);
		rmSync(join(here.dir, folder));
		journal.tend();
		expect(journal.isHealthy()).toBe(true);
		await journal.append(settledRecord({ requestId: "b" }));
		expect(journal.backlog()).toBe(1);
	});

	it("keeps a rejected line with its reason in a private file", async () => {
		const journal = open();
		journal.reject('{"requestId":"a"}', "no such column");
		const path = join(here.dir, "rejected.ndjson");
		chmodSync(path, statSync(path).mode);
		expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
			line: '{"requestId":"a"}',
			reason: "no such column",
		});
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});
});

/** Makes the owner of every folder look like a process of before the last reboot. */
function bury(parent: string): void {
	for (const folder of readdirSync(parent)) {
		const owner = { ...ownIdentity(), bootId: "an earlier one" };
		writeFileSync(join(parent, folder, "owner.json"), JSON.stringify(owner));
	}
}

describe("isRunning", () => {
	it("knows this process, and does not mistake another one with its pid for it", async () => {
		expect(isRunning(ownIdentity())).toBe(true);
		expect(isRunning({ ...ownIdentity(), startMark: "1" })).toBe(false);
		expect(isRunning({ ...ownIdentity(), host: `not-${hostname()}` })).toBeUndefined();
	});
});

describe("withoutUnstorable", () => {
	it("replaces NUL and lone surrogates, and nothing else", async () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), (wild, tame) => {
				const text = `${wild}\0\ud800\\u0000\\${tame}`;
				const cleaned = JSON.parse(withoutUnstorable(JSON.stringify({ text }))) as { text: string };
				expect(cleaned.text).toBe(text.toWellFormed().replaceAll("\0", "\ufffd"));
			}),
		);
	});
});
