import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Gateway } from "../../../proxy-core/gateway.ts";
import { webExchange } from "../../../proxy-core/http/web-exchange.ts";
import { endpointRows } from "../../../proxy-core/testing/endpoint-rows.ts";
import type { Principal } from "../auth/principal.ts";
import { createEventBus } from "../events/event-bus.ts";
import type { Follower } from "../events/follow-database.ts";
import { followDatabase } from "../events/follow-database.ts";
import { gatewayOver } from "../services/__fixtures__/service-gateway.ts";
import type { ServiceRuntime } from "../services/__fixtures__/service-runtime.ts";
import { startServiceRuntime } from "../services/__fixtures__/service-runtime.ts";
import { settingsService } from "../services/settings.ts";
import type { ConfigurationStore } from "./configuration-store.ts";
import { openConfiguration } from "./configuration-store.ts";

async function ask(gateway: Gateway, id: keyof typeof endpointRows): Promise<Response> {
	const { method, path, body } = endpointRows[id];
	const content = body?.("Hello", false);
	const request = new Request(`http://localhost${path}`, {
		method,
		...(content === undefined
			? {}
			: content instanceof FormData
				? { body: content }
				: {
						body: JSON.stringify(content),
						headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
					}),
	});
	const call = { path, ip: "127.0.0.1", consoleUser: { userId: "u" } };
	const { exchange, response } = webExchange(request, call);
	void gateway.handle(exchange);
	return response;
}

describe("the kill switch, with two nodes on one database", () => {
	let system: ServiceRuntime;
	let principal: Principal;
	let follower: Follower;
	let nodes: readonly Gateway[] = [];
	let other: ConfigurationStore;

	beforeAll(async () => {
		system = await startServiceRuntime();
		principal = await system.addPerson("operator");
		other = await openConfiguration({
			...system,
			prices: system.configuration.listPrices(),
			node: "other",
		});
		follower = followDatabase({
			connectionString: system.url,
			configuration: other,
			events: createEventBus(),
			node: "other",
			log: system.log,
		});
		nodes = [gatewayOver(system, system.configuration), gatewayOver(system, other)];
		const listening = `SELECT 1 FROM pg_stat_activity
			WHERE application_name = 'llmproxy listener' AND datname = current_database()
			AND query LIKE 'LISTEN%'`;
		for (let round = 0; round < 400; round++) {
			if ((await system.pool.query(listening)).rowCount === 1) break;
			await sleep(25);
		}
	});
	afterAll(async () => {
		await follower.stop();
		await system.stop();
	});

	const throwIt = (engaged: boolean) =>
		settingsService.setKillSwitch({ principal, body: { engaged, reason: "a leaked key" } });
	/** Far more than it takes: how fast is measured elsewhere, and this machine may be busy. */
	const soon = { timeout: 20_000 };
	const isEngaged = () => other.current().settings.killSwitch.engaged;

	it("stops every endpoint on both and says who threw it, leaves health up, and lets go again", async () => {
		await throwIt(true);
		await expect.poll(isEngaged, soon).toBe(true);
		for (const gateway of nodes) {
			for (const id of gateway.stages.keys()) {
				if (id === "metrics") continue;
				const response = await ask(gateway, id);
				const body = await response.text();
				expect(response.status, id).toBe(503);
				expect(response.headers.get("x-should-retry"), id).toBe("false");
				expect(body, id).toContain(`stopped by ${principal.name}: a leaked key`);
			}
			const health = webExchange(new Request("http://localhost/health"), {
				path: "/health",
				ip: "127.0.0.1",
				consoleUser: { userId: "u" },
			});
			void gateway.handle(health.exchange);
			expect((await health.response).status).toBe(200);
		}
		await throwIt(false);
		await expect.poll(isEngaged, soon).toBe(false);
		for (const gateway of nodes) expect((await ask(gateway, "models")).status).toBe(200);
	});
});
