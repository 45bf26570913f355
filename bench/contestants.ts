import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningProcess } from "./child-process.ts";
import { freePort, startProcess, untilReady } from "./child-process.ts";
import type { GatewayUnderTest } from "./start-gateway.ts";
import { startGateway } from "./start-gateway.ts";
import { modelName, slowModel } from "./workload.ts";

export type ContestantName = "direct" | "bare" | "llmproxy" | "portkey";

/** Something that requests can be sent to. */
export interface Contestant {
	readonly name: ContestantName;
	readonly origin: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	/** The process whose memory and processor time count. */
	readonly pid: number;
	readonly modelPrefix: string;
	readonly stop: () => Promise<void>;
}

const here = import.meta.dirname;
const chatPath = "/v1/chat/completions";
const readyWithinMs = 15_000;

export async function startMock(): Promise<Contestant> {
	const running = startProcess({ script: join(here, "processes/mock-upstream.ts") });
	const origin = `http://127.0.0.1:${await announcedPort(running)}`;
	return { ...plain(running), name: "direct", origin };
}

export async function startBare(mock: Contestant): Promise<Contestant> {
	const running = startProcess({
		script: join(here, "processes/pass-through.ts"),
		args: [mock.origin],
	});
	const origin = `http://127.0.0.1:${await announcedPort(running)}`;
	return { ...plain(running), name: "bare", origin };
}

export async function startLlmproxy(
	mock: Contestant,
): Promise<Contestant & { readonly gateway: GatewayUnderTest }> {
	const gateway = await startGateway({
		env: {
			LLMPROXY_ENDPOINT_MOCK_URL: `${mock.origin}/v1`,
			LLMPROXY_ENDPOINT_MOCK_MODELS: `${modelName},${slowModel}`,
		},
	});
	return {
		name: "llmproxy",
		origin: gateway.url,
		path: chatPath,
		headers: { authorization: `Bearer ${gateway.key}` },
		pid: gateway.pid,
		modelPrefix: "mock/",
		stop: gateway.stop,
		gateway,
	};
}

const portkeyVersion = "1.15.2";
/** Its streams fail ("immutable") with newer releases of this dependency, which its range allows. */
const portkeyManifest = '{"private":true,"overrides":{"@hono/node-server":"1.3.3"}}\n';
/** Outside the folders that tests are looked for in: the package brings tests of its own. */
const portkeyDir = join(here, "../.cache/portkey");
const portkeyServer = join(portkeyDir, "node_modules/@portkey-ai/gateway/build/start-server.js");
const installTimeoutMs = 180_000;

/** Portkey's open-source gateway, installed on first use. `undefined` when that fails. */
export async function startPortkey(mock: Contestant): Promise<Contestant | undefined> {
	if (!existsSync(portkeyServer) && !(await installPortkey())) return undefined;
	const port = await freePort();
	const running = startProcess({
		script: portkeyServer,
		args: [`--port=${port}`, "--headless"],
		cwd: portkeyDir,
		env: { NODE_ENV: "production", TRUSTED_CUSTOM_HOSTS: "localhost,127.0.0.1" },
	});
	const origin = `http://127.0.0.1:${port}`;
	try {
		await untilReady(running, async () => (await fetch(origin)).status < 500, readyWithinMs);
	} catch (error) {
		console.log(`Portkey did not start: ${error instanceof Error ? error.message : String(error)}`);
		await running.stop();
		return undefined;
	}
	return {
		...plain(running),
		name: "portkey",
		origin,
		headers: {
			authorization: "Bearer upstream",
			"x-portkey-provider": "openai",
			"x-portkey-custom-host": `${mock.origin}/v1`,
		},
	};
}

async function installPortkey(): Promise<boolean> {
	console.log(`Installing @portkey-ai/gateway ${portkeyVersion} into .cache/portkey …`);
	mkdirSync(portkeyDir, { recursive: true });
	writeFileSync(join(portkeyDir, "package.json"), portkeyManifest);
	const child = spawn(
		"npm",
		[
			"install",
			"--no-audit",
			"--no-fund",
			"--ignore-scripts",
			"--loglevel=error",
			`@portkey-ai/gateway@${portkeyVersion}`,
		],
		{ cwd: portkeyDir, stdio: ["ignore", "ignore", "inherit"], timeout: installTimeoutMs },
	);
	const code = await new Promise<number | null>((resolve) => {
		child.once("error", () => resolve(null));
		child.once("close", resolve);
	});
	if (code !== 0) console.log("Portkey could not be installed; it is left out.");
	return code === 0 && existsSync(portkeyServer);
}

function plain(
	running: RunningProcess,
): Pick<Contestant, "path" | "headers" | "pid" | "modelPrefix" | "stop"> {
	return {
		path: chatPath,
		headers: {},
		pid: running.pid,
		modelPrefix: "",
		stop: () => running.stop(2000),
	};
}

/** Our own processes say `ready <port>` on their first line. */
async function announcedPort(running: RunningProcess): Promise<number> {
	const port = (): number => Number(/^ready (\d+)/m.exec(running.output())?.[1] ?? 0);
	await untilReady(running, async () => port() > 0, readyWithinMs);
	return port();
}
