import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunningProcess } from "./child-process.ts";
import { freePort, startProcess, untilReady } from "./child-process.ts";
import type { SecurityLevel } from "./data-plane.ts";
import { groups, keepOneGuard, switchDataPlaneOn } from "./data-plane.ts";
import type { GatewayUnderTest } from "./start-gateway.ts";
import { startGateway } from "./start-gateway.ts";
import { modelName, slowModel } from "./workload/texts.ts";
import type { ApiId } from "./workload.ts";

/**
 * As tables show them. `llmproxy` is a fresh installation, security at its defaults; `llmproxy-core` has
 * keys, limits, ledger and the guard against leaked credentials only; `llmproxy-plane` has the data plane
 * on and security off, as gateways without any; `llmproxy-full` has everything on.
 */
export const contestantTitles = {
	direct: "direct",
	bare: "bare",
	llmproxy: "LLMProxy",
	"llmproxy-workers": "LLMProxy, 2 workers",
	"llmproxy-core": "LLMProxy, keys + limits + ledger + one guard",
	"llmproxy-plane": "LLMProxy, budgets + routing + cache, security off",
	"llmproxy-full": "LLMProxy, everything on",
	portkey: "Portkey",
} as const;
export type ContestantName = keyof typeof contestantTitles;

/** How one API is called at one contestant. */
interface Way {
	readonly headers: Readonly<Record<string, string>>;
	readonly modelPrefix: string;
}

/** Something that requests can be sent to. */
export interface Contestant {
	readonly name: ContestantName;
	readonly origin: string;
	readonly ways: Readonly<Record<ApiId, Way>>;
	readonly sessionHeader?: string;
	/** The process whose memory and processor time count, with that of its children. */
	readonly pid: number;
	readonly stop: () => Promise<void>;
}

export interface GatewayContestant extends Contestant {
	readonly gateway: GatewayUnderTest;
}

const here = import.meta.dirname;
const readyWithinMs = 15_000;
const anthropicVersion = { "anthropic-version": "2023-06-01" };

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

/** As it is after the first start with a provider and a key, but for the limits of the rate. */
export async function startLlmproxy(
	mock: Contestant,
	kind: "installed" | "workers" | "core",
): Promise<GatewayContestant> {
	const gateway = await startGateway({
		workers: kind === "workers" ? 2 : 1,
		...(kind === "core" && { prepare: keepOneGuard }),
		env: {
			...openaiEndpoint("mock", mock.origin),
			...anthropicEndpoint("claude", mock.origin),
		},
	});
	const ways = waysTo(gateway, { openai: "mock/", anthropic: "claude/" });
	const name = kind === "installed" ? "llmproxy" : (`llmproxy-${kind}` as const);
	return { name, ...reached(gateway), ways };
}

/** With budgets, routing and cache; `security` off, or everything of it enforced. */
export async function startFullLlmproxy(
	mock: Contestant,
	security: SecurityLevel,
): Promise<GatewayContestant> {
	const endpoints = [
		...groups.chat.map((name) => openaiEndpoint(name, mock.origin)),
		...groups.claude.map((name) => anthropicEndpoint(name, mock.origin)),
	];
	const gateway = await startGateway({
		env: Object.assign({}, ...endpoints),
		prepare: (database) => switchDataPlaneOn(database, security),
	});
	const ways = waysTo(gateway, { openai: "chat/", anthropic: "claude/" });
	const sessionHeader = "x-llmproxy-session";
	const name = security === "off" ? "llmproxy-plane" : "llmproxy-full";
	return { name, ...reached(gateway), ways, sessionHeader };
}

function reached(gateway: GatewayUnderTest) {
	return { origin: gateway.url, pid: gateway.pid, stop: gateway.stop, gateway };
}

function waysTo(
	{ key }: GatewayUnderTest,
	prefixes: { readonly openai: string; readonly anthropic: string },
): Contestant["ways"] {
	const openai = { headers: { authorization: `Bearer ${key}` }, modelPrefix: prefixes.openai };
	const headers = { "x-api-key": key, ...anthropicVersion };
	return {
		chat: openai,
		responses: openai,
		messages: { headers, modelPrefix: prefixes.anthropic },
	};
}

function openaiEndpoint(name: string, origin: string): Readonly<Record<string, string>> {
	return endpoint(name, { URL: `${origin}/v1`, PROVIDER: "openai" });
}

function anthropicEndpoint(name: string, origin: string): Readonly<Record<string, string>> {
	return endpoint(name, { URL: origin, PROVIDER: "anthropic" });
}

function endpoint(
	name: string,
	own: { readonly URL: string; readonly PROVIDER: string },
): Readonly<Record<string, string>> {
	const prefix = `LLMPROXY_ENDPOINT_${name.toUpperCase().replaceAll("-", "_")}`;
	const all = { ...own, KEY: "upstream", MODELS: `${modelName},${slowModel}` };
	return Object.fromEntries(
		Object.entries(all).map(([part, value]) => [`${prefix}_${part}`, value]),
	);
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
		ways: {
			chat: portkeyWay(mock, "openai"),
			responses: portkeyWay(mock, "openai"),
			messages: portkeyWay(mock, "anthropic"),
		},
	};
}

function portkeyWay(mock: Contestant, provider: "openai" | "anthropic"): Way {
	return {
		modelPrefix: "",
		headers: {
			authorization: "Bearer upstream",
			"x-portkey-provider": provider,
			"x-portkey-custom-host": `${mock.origin}/v1`,
			...(provider === "anthropic" ? anthropicVersion : {}),
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

function plain(running: RunningProcess): Pick<Contestant, "ways" | "pid" | "stop"> {
	const way = { headers: {}, modelPrefix: "" };
	return {
		ways: { chat: way, responses: way, messages: { ...way, headers: anthropicVersion } },
		pid: running.pid,
		stop: () => running.stop(2000),
	};
}

/** Our own processes say `ready <port>` on their first line. */
async function announcedPort(running: RunningProcess): Promise<number> {
	const port = (): number => Number(/^ready (\d+)/m.exec(running.output())?.[1] ?? 0);
	await untilReady(running, async () => port() > 0, readyWithinMs);
	return port();
}
