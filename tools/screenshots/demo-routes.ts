import { setTimeout as sleep } from "node:timers/promises";
import type { AdminClient } from "../../e2e/support/admin-client.ts";
import { ask } from "../../e2e/support/admin-client.ts";

/** Simulators of different temper, as if they were clusters: no request leaves the machine. */
const clusters = [
	{ id: "demo-east", title: "Demo cluster east", settings: { latencyMs: 140 } },
	{ id: "demo-west", title: "Demo cluster west", settings: { latencyMs: 320, errorRate: 0.15 } },
	{ id: "demo-lab", title: "Demo lab", settings: { errorRate: 1 } },
] as const;
const clusterModels = ["echo", "lorem"];

const routes = [
	{
		name: "demo-chat",
		description: "What the chatbot asks for",
		strategy: "smart",
		isSticky: true,
		entries: [{ target: "demo-east/lorem" }, { target: "demo-west/lorem" }],
		fallbacks: {
			error: ["simulator/lorem"],
			"context-window": ["anthropic/claude-sonnet-4-5"],
			"content-policy": ["simulator/echo"],
		},
	},
	{
		name: "demo-balanced",
		description: "Two clusters, three to one",
		strategy: "weighted",
		entries: [
			{ target: "demo-east/echo", weight: 3 },
			{ target: "demo-west/echo", weight: 1 },
		],
		fallbacks: { error: ["demo-chat"] },
	},
	{
		name: "demo-canary",
		description: "Tries the lab first",
		strategy: "priority",
		entries: [{ target: "demo-lab/echo" }, { target: "demo-east/echo" }],
	},
	{
		name: "demo-fast",
		strategy: "latency",
		entries: [
			{ target: "demo-west/echo" },
			{ target: "demo-east/echo" },
			{ target: "demo-lab/echo" },
			{ target: "simulator/echo" },
		],
	},
	{
		name: "gpt-*",
		description: "Old names of the vendor’s models",
		strategy: "priority",
		entries: [{ target: "openai/gpt-*" }],
	},
	{
		name: "demo-retired",
		strategy: "priority",
		entries: [{ target: "openai/gpt-5-mini" }],
		isEnabled: false,
	},
] as const;

const rounds = 24;

/** Routes over these clusters, and requests that give them scores, failures and an open circuit. */
export async function addRoutes(admin: AdminClient, url: string, token: string): Promise<void> {
	for (const cluster of clusters) {
		await admin.call("POST", "/api/v1/providers", {
			...cluster,
			kind: "simulator",
			models: clusterModels,
		});
	}
	for (const route of routes) await admin.call("POST", "/api/v1/routes", route);
	for (let round = 0; round < rounds; round += 1) {
		const names = ["demo-chat", "demo-balanced", "demo-fast", "demo-canary"];
		const sent = names.map((model) => ask(url, token, { model }).then((answer) => answer.text()));
		await Promise.all(sent);
		await sleep(1000);
	}
	await admin.call("POST", `/api/v1/endpoints/${idOf("demo-east/echo")}/probe`, {});
	await admin.call("PATCH", `/api/v1/endpoints/${idOf("demo-west/lorem")}`, {
		priority: 10,
		timeouts: { firstByteMs: 5000 },
	});
	await admin.call("PATCH", `/api/v1/endpoints/${idOf("demo-lab/lorem")}`, { isEnabled: false });
}

/** As the API's paths name a target. */
function idOf(target: string): string {
	return Buffer.from(target).toString("base64url");
}
