import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { hashFiles, isStamped } from "./fingerprint.mjs";
import { StepError } from "./steps.mjs";

/** The Node that comes as a package; the machine's own one only starts npm. */
export function nodeBinary(root) {
	const name = process.platform === "win32" ? "node.exe" : "node";
	return join(root, "node_modules/node/bin", name);
}

export function hasPackages(root) {
	if (!existsSync(nodeBinary(root))) return false;
	if (isStamped(stampPath(root), lockHash(root))) return true;
	// Someone ran `npm install` by hand: what it left is as good, unless it differs from the lock file.
	return matchesLock(root);
}

export async function installPackages(root, { run }) {
	const [command, ...args] = npmCommand();
	const options = { cwd: root, baseEnv: installEnvironment(root) };
	await run(
		command,
		[
			...args,
			...["ci", "--no-audit", "--no-fund", "--include=dev", "--include=optional"],
			// One of the packages brings Node itself and does so in its install script.
			"--ignore-scripts=false",
		],
		options,
	);
	if (!isNodeRunnable(root)) {
		// An npm that ignores the scripts that package.json allows: run the one that is needed.
		await run(process.execPath, ["installArchSpecificPackage.js"], {
			...options,
			cwd: join(root, "node_modules/node"),
		});
	}
	if (!isNodeRunnable(root)) {
		throw new StepError(`npm installed no working Node at ${nodeBinary(root)}.`);
	}
	if (process.platform === "win32") {
		// `npm start` is `exec node server.ts`: without exec a Unix shell stays between npm and the
		// server and keeps signals to itself. Windows has no such word, so it is taught one.
		writeFileSync(join(root, "node_modules/.bin/exec.cmd"), "@%*\r\n");
	}
	writeFileSync(stampPath(root), `${lockHash(root)}\n`);
}

function isNodeRunnable(root) {
	return spawnSync(nodeBinary(root), ["--version"]).status === 0;
}

function stampPath(root) {
	return join(root, "node_modules/.llmproxy-stamp");
}

function lockHash(root) {
	return `${hashFiles(root, ["package-lock.json"])} ${process.platform}-${process.arch}`;
}

function matchesLock(root) {
	const installedPath = join(root, "node_modules/.package-lock.json");
	if (!existsSync(installedPath)) return false;
	const wanted = readPackages(join(root, "package-lock.json"));
	const installed = readPackages(installedPath);
	return Object.entries(wanted).every(([path, entry]) => {
		if (path === "") return true;
		const found = installed[path];
		if (found === undefined) return isForOthers(entry);
		// `npm install --package-lock-only` lists packages there that it has not installed.
		return found.version === entry.version && existsSync(join(root, path, "package.json"));
	});
}

/** Whether npm rightly leaves an optional package out on this machine. */
function isForOthers({ optional, os, cpu, libc }) {
	if (optional !== true) return false;
	const fits = os?.includes(process.platform) && cpu?.includes(process.arch);
	return !fits || libc !== undefined;
}

function readPackages(path) {
	return JSON.parse(readFileSync(path, "utf8")).packages;
}

/** npm as it was started, with the Node that started it: ours is about to be replaced. */
function npmCommand() {
	const { npm_execpath: script, npm_node_execpath: node } = process.env;
	if (script?.endsWith(".js") && existsSync(script)) return [node ?? process.execPath, script];
	return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

function installEnvironment(root) {
	const own = join(root, "node_modules");
	const path = (process.env.PATH ?? "").split(delimiter).filter((each) => !each.startsWith(own));
	return {
		...process.env,
		PATH: path.join(delimiter),
		// An older npm runs every install script; these keep Prisma's from fetching an unused engine.
		PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
		PRISMA_SKIP_POSTINSTALL_GENERATE: "1",
		// The tests use the system's browser, or Playwright's, in a step of its own.
		PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1",
		NODE_ENV: "development",
	};
}
