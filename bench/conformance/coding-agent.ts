import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, greeting, prompts } from "./prompts.ts";
import type { World } from "./world.ts";

export const codexVersion = "0.169.0";

const dir = join(import.meta.dirname, "../../.cache/codex");
const script = join(dir, "node_modules/@openai/codex/bin/codex.js");
const installTimeoutMs = 180_000;
const taskTimeoutMs = 50_000;
const outputCharsMax = 20_000;

/** OpenAI's coding agent, installed on first use. Says why when that fails, and nothing otherwise. */
export async function installCodex(): Promise<string | undefined> {
	if (!existsSync(script)) {
		console.log(`Installing @openai/codex ${codexVersion} into .cache/codex …`);
		mkdirSync(dir, { recursive: true });
		writeFileSync(join(dir, "package.json"), '{"private":true}\n');
		const install = await run("npm", {
			args: [
				"install",
				"--no-audit",
				"--no-fund",
				"--ignore-scripts",
				"--loglevel=error",
				`@openai/codex@${codexVersion}`,
			],
			cwd: dir,
			timeoutMs: installTimeoutMs,
		});
		if (install.code !== 0) return "the package could not be installed";
	}
	const started = await run(process.execPath, {
		args: [script, "--version"],
		cwd: dir,
		timeoutMs: 15_000,
	});
	return started.code === 0 ? undefined : "there is no program for this machine in the package";
}

/** Lets the agent write a file by a tool call that the mock asks for, and looks whether it is there. */
export async function runCodingTask({ gateway, model }: World): Promise<void> {
	const home = mkdtempSync(join(tmpdir(), "llmproxy-agent-"));
	const project = join(home, "project");
	try {
		mkdirSync(project);
		writeFileSync(join(home, "config.toml"), configuration(`${gateway.url}/v1`, model));
		const { code, output } = await run(process.execPath, {
			args: [
				script,
				"exec",
				"--skip-git-repo-check",
				// The folder is thrown away, and what runs in it is what our own mock says.
				"--dangerously-bypass-approvals-and-sandbox",
				"--color=never",
				prompts.task,
			],
			cwd: project,
			env: {
				HOME: home,
				CODEX_HOME: home,
				LLMPROXY_KEY: gateway.key,
				// Nothing listens there: the agent has this machine and nothing else.
				HTTPS_PROXY: "http://127.0.0.1:9",
				HTTP_PROXY: "http://127.0.0.1:9",
				NO_PROXY: "127.0.0.1",
			},
			timeoutMs: taskTimeoutMs,
		});
		assert.equal(code, 0, output);
		const path = join(project, greeting.file);
		assert.ok(existsSync(path), `the file was not written:\n${output}`);
		assert.equal(readFileSync(path, "utf8").trim(), greeting.content);
		assert.ok(output.includes(answers.task), `the last words are missing:\n${output}`);
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
}

function configuration(baseUrl: string, model: string): string {
	return `model = ${JSON.stringify(model)}
model_provider = "gateway"
check_for_update_on_startup = false
# Tools that only OpenAI itself runs; with them the gateway refuses every other provider's models.
web_search = "disabled"

[agents]
enabled = false

[analytics]
enabled = false

[model_providers.gateway]
name = "LLMProxy"
base_url = ${JSON.stringify(baseUrl)}
env_key = "LLMPROXY_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
`;
}

interface Command {
	readonly args: readonly string[];
	readonly cwd: string;
	/** Beside the path; nothing else of this process's environment is handed on. */
	readonly env?: Readonly<Record<string, string>>;
	readonly timeoutMs: number;
}

interface Ended {
	/** Null when it could not be started or was ended. */
	readonly code: number | null;
	/** The last part of what it wrote to both outputs. */
	readonly output: string;
}

async function run(program: string, { args, cwd, env, timeoutMs }: Command): Promise<Ended> {
	const child = spawn(program, args, {
		cwd,
		...(env && {
			env: { PATH: process.env["PATH"], ...env } as unknown as NodeJS.ProcessEnv,
		}),
		stdio: ["ignore", "pipe", "pipe"],
		timeout: timeoutMs,
		killSignal: "SIGKILL",
	});
	let output = "";
	const keep = (chunk: Buffer): void => {
		output = (output + chunk.toString("utf8")).slice(-outputCharsMax);
	};
	child.stdout.on("data", keep);
	child.stderr.on("data", keep);
	const code = await new Promise<number | null>((resolve) => {
		child.once("error", () => resolve(null));
		child.once("close", resolve);
	});
	return { code, output };
}
