import { execFileSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashFiles } from "./fingerprint.mjs";
import { runSteps } from "./steps.mjs";

const scene = { root: "" };

beforeEach(() => {
	scene.root = mkdtempSync(join(tmpdir(), "llmproxy-setup-"));
});

afterEach(() => rmSync(scene.root, { recursive: true, force: true }));

describe("hashFiles", () => {
	beforeEach(() => {
		mkdirSync(join(scene.root, "app/keys"), { recursive: true });
		write("app/keys/page.tsx", "one");
	});

	it("changes with contents, names and new files", () => {
		const seen = new Set([hash()]);
		write("app/keys/page.tsx", "two");
		seen.add(hash());
		write("app/keys/page.tsx", "one");
		write("app/keys/other.tsx", "");
		seen.add(hash());
		rmSync(join(scene.root, "app/keys/page.tsx"));
		write("app/keys/moved.tsx", "one");
		seen.add(hash());
		expect(seen.size).toBe(4);
	});

	it("stays the same when only a time changes", () => {
		const before = hash();
		utimesSync(join(scene.root, "app/keys/page.tsx"), 1, 1);
		expect(hash()).toBe(before);
	});

	it("passes over what is excluded or not there", () => {
		const before = hash();
		write("app/keys/page.test.tsx", "anything");
		expect(hash()).toBe(before);
	});
});

describe("runSteps", () => {
	it("runs what is not done, in order, and nothing else", async () => {
		const ran = [];
		const step = (title, isDone) => ({ title, isDone: () => isDone, run: () => ran.push(title) });
		await runSteps([step("first", false), step("second", true), step("third", false)], scene.root);
		expect(ran).toEqual(["first", "third"]);
	});

	it("leaves no trace when everything is done", async () => {
		const logDir = join(scene.root, "logs");
		await runSteps([{ title: "done", isDone: () => true, run: () => undefined }], logDir);
		expect(existsSync(logDir)).toBe(false);
	});

	it("tells the end of a failing program's output, without colours", async () => {
		const script = "console.log('\\x1b[31mno space left\\x1b[0m'); process.exit(3)";
		const failing = {
			title: "Unpacking",
			isDone: () => false,
			run: ({ run }) => run(process.execPath, ["-e", script]),
		};
		const promise = runSteps([failing], scene.root);
		await expect(promise).rejects.toThrow(/Unpacking failed \(3\)(.|\n)* {4}no space left/);
	});

	it("names a program that cannot be started", async () => {
		const failing = {
			title: "Asking",
			isDone: () => false,
			run: ({ run }) => run("no-such-program", []),
		};
		await expect(runSteps([failing], scene.root)).rejects.toThrow(
			/no-such-program cannot be started/,
		);
	});
});

describe("complete-lock", () => {
	it("adds the platform packages that a mirror lacked, and is content the second time", () => {
		const lock = {
			packages: {
				"": { name: "x" },
				"node_modules/tool": {
					license: "MIT",
					dev: true,
					optionalDependencies: { "tool-linux-arm64-musl": "1.2.3", "tool-win32-x64": "1.2.3" },
				},
				"node_modules/tool-win32-x64": { version: "1.2.3", optional: true },
			},
		};
		write("package-lock.json", JSON.stringify(lock));
		expect(completeLock()).toContain("1 platform packages added");
		const { packages } = JSON.parse(readFileSync(join(scene.root, "package-lock.json"), "utf8"));
		expect(packages["node_modules/tool-linux-arm64-musl"]).toEqual({
			version: "1.2.3",
			cpu: ["arm64"],
			os: ["linux"],
			libc: ["musl"],
			license: "MIT",
			dev: true,
			optional: true,
		});
		expect(completeLock()).toContain("0 platform packages added");
	});
});

function hash() {
	return hashFiles(scene.root, ["app", "missing"], (path) => !path.endsWith(".test.tsx"));
}

function write(path, text) {
	writeFileSync(join(scene.root, path), text);
}

function completeLock() {
	const script = join(import.meta.dirname, "complete-lock.mjs");
	return execFileSync(process.execPath, [script, join(scene.root, "package-lock.json")], {
		encoding: "utf8",
	});
}
