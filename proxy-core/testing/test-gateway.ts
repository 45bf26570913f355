import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Settings } from "../contract/settings.ts";
import { defaultSettings, settingsSchema } from "../contract/settings.ts";
import type { SettledRecord } from "../contract/settled-record.ts";
import { endpointIds } from "../contract/settled-record.ts";
import { createEgress } from "../egress/egress.ts";
import type { Gateway } from "../gateway.ts";
import { createGateway } from "../gateway.ts";
import { compileGuards } from "../guards/registry.ts";
import { nodeExchange } from "../http/node-exchange.ts";
import { createKeyToken, hashToken } from "../keys/key-token.ts";
import { compilePlugins } from "../plugins/registry.ts";
import type { GatewayPorts } from "../ports.ts";
import { openaiCompatible } from "../providers/openai-compatible/openai-compatible.ts";
import { indexQuotas } from "../quotas/quota-index.ts";
import type { KeyRecord, Snapshot, Target } from "../snapshot.ts";

/** A gateway on loopback with fakes for its ports; everything inside is the real thing. */
export interface TestGateway {
	readonly url: string;
	readonly token: string;
	readonly gateway: Gateway;
	readonly records: readonly SettledRecord[];
	/** Changes what the next request sees. */
	readonly change: (change: SnapshotChange) => void;
	/** Lets the journal refuse records. */
	readonly breakJournal: (isBroken: boolean) => void;
	readonly close: () => Promise<void>;
}

export interface SnapshotChange {
	readonly settings?: unknown;
	readonly key?: Partial<KeyRecord>;
	readonly targets?: readonly Target[];
}

export const testPrice = { inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 };

export function testTarget(baseUrl: string, overrides: Partial<Target> = {}): Target {
	const provider = openaiCompatible({ id: "test", title: "Test", baseUrl });
	const settings = provider.settings.parse({ baseUrl, apiKey: "upstream-credential" });
	return {
		id: "test/test-model",
		providerId: "test",
		providerTitle: "Test",
		kind: "openai-compatible",
		model: "test-model",
		connector: provider.connect(settings),
		price: testPrice,
		traits: undefined,
		priority: 0,
		timeouts: defaultSettings.timeouts,
		createdAtSeconds: 1,
		...overrides,
	};
}

export async function startTestGateway(targets: readonly Target[]): Promise<TestGateway> {
	const { token, id } = createKeyToken();
	const records: SettledRecord[] = [];
	let isBroken = false;
	const key: KeyRecord = {
		id,
		name: "test",
		secretHash: hashToken(token),
		ownerId: null,
		teamId: null,
		allowedModels: [],
		allowedEndpoints: endpointIds,
		requestsPerMinute: 0,
		expiresAtMs: null,
		revokedAtMs: null,
	};
	let snapshot = snapshotOf(settingsSchema.parse({}), key, targets);
	const egress = createEgress({ allowedHosts: ["127.0.0.1"], connectTimeoutMs: 2000 });
	const ports: GatewayPorts = {
		snapshots: { current: () => snapshot },
		journal: {
			append: async (record) => {
				if (isBroken) throw new Error("no space left on device");
				records.push(structuredClone(record));
			},
			isHealthy: () => !isBroken,
		},
		meter: {
			requestStarted: () => {},
			requestSettled: () => {},
			render: async () => "# metrics\n",
			contentType: "text/plain",
		},
		log: { info: () => {}, warn: () => {}, error: () => {} },
		egress,
		now: Date.now,
		node: "test",
		health: () => ({ database: "up" }),
	};
	const gateway = createGateway(ports);
	const server = createServer((request, response) => {
		void gateway.handle(
			nodeExchange(
				request,
				response,
				() => request.headers["x-test-ip"]?.toString() ?? "127.0.0.1",
			),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		token,
		gateway,
		records,
		change: (change) => {
			const settings =
				change.settings === undefined ? snapshot.settings : settingsSchema.parse(change.settings);
			snapshot = snapshotOf(settings, { ...key, ...change.key }, change.targets ?? targets);
		},
		breakJournal: (next) => {
			isBroken = next;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await egress.close();
		},
	};
}

function snapshotOf(settings: Settings, key: KeyRecord, targets: readonly Target[]): Snapshot {
	return {
		version: 1,
		settings,
		keys: new Map([[key.id, key]]),
		targets: new Map(targets.map((target) => [target.id, target])),
		targetsByModel: Map.groupBy(targets, (target) => target.model),
		routes: new Map(),
		wildcards: [],
		quotas: indexQuotas([]),
		guards: compileGuards(settings),
		plugins: compilePlugins(),
		priceVersion: "test",
	};
}
