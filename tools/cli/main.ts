/**
 * The commands of `llmproxy`, run by `tools/cli/llmproxy.mjs`. Exit codes: 0 done, also with warnings;
 * 1 something went wrong; 2 the command or a file cannot be used.
 */
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import {
	isForPeople,
	openInstallation,
	readInstallation,
	viewInstallation,
} from "./installation.ts";
import { UnusableFileError } from "./litellm/config-file.ts";
import type { LiteLlmFiles } from "./litellm/import-litellm.ts";
import { describeImport, importInto, readSources } from "./litellm/import-litellm.ts";

const projectDir = join(import.meta.dirname, "../..");
const usage = `Usage: llmproxy import litellm <config.yaml> [options]

  --keys <file.json>   keys too, as LiteLLM's /key/list?return_full_object=true answers them
  --with-keys          keep the master key as a key for applications
  --env-file <file>    variables that the configuration names, beside those of this shell
  --dry-run            tell what would be made, and change nothing
`;

class UsageError extends Error {
	override readonly name = "UsageError";
}

try {
	await run(process.argv.slice(2));
} catch (error) {
	process.exitCode = tell(error);
}

async function run(args: readonly string[]): Promise<void> {
	const { positionals, values } = readArguments(args);
	const [command, format, configPath, ...more] = positionals;
	if (values.help || command === undefined) {
		process.stdout.write(usage);
		return;
	}
	if (command !== "import" || format !== "litellm" || configPath === undefined || more.length > 0) {
		throw new UsageError("The command is not known.");
	}
	// `npm run` changes to the project's folder; paths are meant from where people stand.
	const from = values["from"] ?? process.cwd();
	const at = (path: string | undefined) => (path === undefined ? undefined : resolve(from, path));
	const files: LiteLlmFiles = {
		configPath: resolve(from, configPath),
		keysPath: at(values.keys),
		envPath: at(values["env-file"]),
		withMasterKey: values["with-keys"],
	};
	const sources = readSources(files, process.env);
	// The data folder is relative to the project, as it is for the server.
	process.chdir(projectDir);
	const environment = readInstallation(projectDir);
	const installation = values["dry-run"]
		? await viewInstallation(environment)
		: await openInstallation(projectDir, environment);
	try {
		process.stdout.write(
			installation === undefined || values["dry-run"]
				? await describeImport(sources, environment, installation)
				: await importInto(sources, installation),
		);
	} finally {
		await installation?.close();
	}
}

function readArguments(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				keys: { type: "string" },
				"env-file": { type: "string" },
				"with-keys": { type: "boolean", default: false },
				"dry-run": { type: "boolean", default: false },
				from: { type: "string" },
				help: { type: "boolean", short: "h", default: false },
			},
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
	}
}

/** The exit code. */
function tell(error: unknown): number {
	if (error instanceof UsageError) {
		process.stderr.write(`${error.message}\n\n${usage}`);
		return 2;
	}
	if (error instanceof UnusableFileError) {
		const lines = error.problems.map(({ line, message }) => `  line ${line}: ${message}`);
		process.stderr.write(`${error.message}\n${lines.join("\n")}\n`);
		return 2;
	}
	const isMissing = error instanceof Error && "code" in error && "path" in error;
	if (isMissing) {
		process.stderr.write(`${error.message}\n`);
		return 2;
	}
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	process.stderr.write(`${isForPeople(error) ? error.message : text}\n`);
	return 1;
}
