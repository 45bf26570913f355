/**
 * Brings a clone to where the server or the tests can run: packages, Prisma client, console build
 * and, for tests, a browser. Does only what is missing; when nothing is, it prints nothing and takes
 * a fraction of a second.
 *
 * It runs before the packages are there, so it is plain JavaScript for Node 20 without dependencies.
 *
 * Usage: node tools/setup/prepare.mjs packages|start|test
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasBrowser, installBrowser } from "./browser.mjs";
import { hashFiles, isStamped } from "./fingerprint.mjs";
import { hasPackages, installPackages, nodeBinary } from "./packages.mjs";
import { runSteps, StepError } from "./steps.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Each goal needs everything that the one before it needs. */
const goals = ["packages", "start", "test"];
const goal = goals.indexOf(process.argv[2] ?? "start");
if (goal === -1) throw new Error(`Usage: node tools/setup/prepare.mjs ${goals.join("|")}`);
const generateStamp = join(root, "prisma/generated/.stamp");
const buildStamp = join(root, ".next/llmproxy-stamp");
const isTestFile = /\.(test|test-d|db\.test)\.tsx?$/;

const steps = [
	{
		title: "Installing packages",
		isDone: () => hasPackages(root),
		run: (context) => installPackages(root, context),
	},
	{ title: "Generating the database client", isDone: isGenerated, run: generate },
	{ title: "Building the console", isDone: isBuilt, run: build, since: "start" },
	{
		title: "Installing a browser for the tests",
		isDone: () => hasBrowser(),
		run: (context) => installBrowser(root, context),
		since: "test",
	},
].filter(({ since = "packages" }) => goals.indexOf(since) <= goal);

if (Number(process.versions.node.split(".")[0]) < 20) {
	console.error(`LLMProxy needs Node 20 or newer to install itself; this is ${process.version}.`);
	process.exit(1);
}
try {
	await runSteps(steps, join(root, ".cache/setup"));
} catch (error) {
	if (!(error instanceof StepError)) throw error;
	console.error(`\n${error.message}`);
	process.exit(error.exitCode);
}

function isGenerated() {
	return isStamped(generateStamp, schemaHash());
}

async function generate({ run }) {
	rmSync(dirname(generateStamp), { recursive: true, force: true });
	await run(nodeBinary(root), [join(root, "node_modules/prisma/build/index.js"), "generate"], {
		cwd: root,
		// The generator asks for an engine that it never uses; any file will do, and nothing is fetched.
		env: {
			PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
			PRISMA_HIDE_UPDATE_MESSAGE: "1",
			CI: "1",
		},
	});
	writeStamp(generateStamp, schemaHash());
}

function schemaHash() {
	return hashFiles(root, ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"]);
}

function isBuilt() {
	return existsSync(join(root, ".next/BUILD_ID")) && isStamped(buildStamp, sourceHash());
}

/** The stamp is written last and lies in the output, so a build that broke off is made anew. */
async function build({ run }) {
	const hash = sourceHash();
	rmSync(join(root, ".next"), { recursive: true, force: true });
	await run(nodeBinary(root), [join(root, "node_modules/next/dist/bin/next"), "build"], {
		cwd: root,
		env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
	});
	writeStamp(buildStamp, hash);
}

function sourceHash() {
	const sources = [
		...["app", "components", "lib", "proxy-core", "public"],
		...[
			"next.config.mjs",
			"postcss.config.mjs",
			"tsconfig.next.json",
			"package-lock.json",
			"prisma/schema.prisma",
		],
	];
	return hashFiles(root, sources, (path) => !isTestFile.test(path));
}

function writeStamp(path, hash) {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, `${hash}\n`);
}
