import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Settings } from "../contract/settings.ts";
import { defaultSettings, settingsSchema } from "../contract/settings.ts";
import type { SettledRecord } from "../contract/settled-record.ts";
import { endpointIds } from "../contract/settled-record.ts";
import { createEgress } from "../egress/egress.ts";
import { compileFirewall } from "../firewall/compile-firewall.ts";
import type { Gateway } from "../gateway.ts";
import { createGateway } from "../gateway.ts";
import type { CompiledGuard } from "../guards/define-guard.ts";
import { compileGuards } from "../guards/registry.ts";
import { nodeExchange } from "../http/node-exchange.ts";
import { createKeyToken, hashToken } from "../keys/key-token.ts";
import type { CompiledPlugin } from "../plugins/define-plugin.ts";
import { compilePlugins } from "../plugins/registry.ts";
import type { GatewayPorts, RecordedRequest } from "../ports.ts";
import { openaiCompatible } from "../providers/openai-compatible/openai-compatible.ts";
import { everyOperation } from "../providers/openai-compatible/operations.ts";
import type { Quota } from "../quotas/quota.ts";
import { createQuotaDesk } from "../quotas/quota-desk.ts";
import { indexQuotas } from "../quotas/quota-index.ts";
import type { Route } from "../routing/route.ts";
import { bySpecificity } from "../routing/wildcard.ts";
import { createAnswerSigner } from "../signing/answer-signer.ts";
import type { KeyRecord, Snapshot, Target } from "../snapshot.ts";
import type { ThreatDesk } from "../threat-ledger/threat-ledger.ts";
import { createThreatLedger } from "../threat-ledger/threat-ledger.ts";
import type { MemoryQuotas } from "./memory-quotas.ts";
import { createMemoryQuotas } from "./memory-quotas.ts";

/** A gateway on loopback with fakes for its ports; everything inside is the real thing. */
export interface TestGateway {
	readonly url: string;
	readonly token: string;
	readonly gateway: Gateway;
	readonly records: readonly SettledRecord[];
	readonly snapshot: () => Snapshot;
	/** What was handed to the recorder. */
	readonly recorded: readonly RecordedRequest[];
	/** Scores and bans of whom its requests come from. */
	readonly threats: ThreatDesk;
	/** The counters behind its budgets and limits. */
	readonly quotas: MemoryQuotas;
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
	readonly routes?: readonly Route[];
	readonly quotas?: readonly Quota[];
	/** Instead of those of the settings and of the registry. */
	readonly guards?: readonly CompiledGuard[];
	readonly plugins?: readonly CompiledPlugin[];
}

export const testPrice = { inputMicroUsd: 1_000_000, outputMicroUsd: 2_000_000 };

export function testTarget(baseUrl: string, overrides: Partial<Target> = {}): Target {
	const provider = openaiCompatible({
		id: "test",
		title: "Test",
		baseUrl,
		operations: { offered: everyOperation },
	});
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

/** `given`: ports instead of the fakes. */
export async function startTestGateway(
	targets: readonly Target[],
	given: Partial<GatewayPorts> = {},
): Promise<TestGateway> {
	const { token, id } = createKeyToken();
	const records: SettledRecord[] = [];
	const recorded: RecordedRequest[] = [];
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
	// Its minutes begin when the test does, so that no limit begins anew in the middle of one.
	const aheadMs = Date.now() % 60_000;
	const clock = { now: () => Date.now() - aheadMs, leaseMs: () => 60_000 };
	const quotas = createMemoryQuotas(clock);
	const threats = createThreatLedger({
		settings: () => snapshot.settings.threats,
		now: clock.now,
		trustedProxies: [],
	});
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
		signer: createAnswerSigner(Buffer.alloc(32, 5)),
		recorder: { record: (request) => void recorded.push(request) },
		digestKey: Buffer.alloc(32, 7),
		now: clock.now,
		node: "test",
		health: () => ({ database: "up" }),
		threats,
		quotas: createQuotaDesk({ ...clock, store: quotas.storeOf("test") }),
		...given,
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
		threats,
		recorded,
		snapshot: () => snapshot,
		quotas,
		change: (change) => {
			const settings =
				change.settings === undefined ? snapshot.settings : settingsSchema.parse(change.settings);
			snapshot = {
				...snapshotOf(settings, { ...key, ...change.key }, change.targets ?? renewed(targets)),
				...routesOf(change.routes ?? []),
				quotas: indexQuotas(change.quotas ?? []),
				...(change.guards === undefined ? {} : { guards: change.guards }),
				...(change.plugins === undefined ? {} : { plugins: change.plugins }),
			};
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

/** With new connectors, as after a change by an operator: what was learned of the old ones is forgotten. */
function renewed(targets: readonly Target[]): readonly Target[] {
	return targets.map((target) => ({ ...target, connector: { ...target.connector } }));
}

function routesOf(routes: readonly Route[]): Pick<Snapshot, "routes" | "wildcards"> {
	const isPattern = ({ name }: Route) => name.includes("*");
	const plain = routes.filter((route) => !isPattern(route));
	return {
		routes: new Map(plain.map((route) => [route.name, route])),
		wildcards: routes.filter(isPattern).toSorted(bySpecificity),
	};
}

/** Targets without timeouts of their own follow the settings. */
function inForce(target: Target, { timeouts }: Settings): Target {
	return target.timeouts === defaultSettings.timeouts ? { ...target, timeouts } : target;
}

function snapshotOf(settings: Settings, key: KeyRecord, all: readonly Target[]): Snapshot {
	const targets = all.map((target) => inForce(target, settings));
	return {
		version: 1,
		settings,
		keys: new Map([[key.id, key]]),
		targets: new Map(targets.map((target) => [target.id, target])),
		targetsByModel: Map.groupBy(targets, (target) => target.model),
		routes: new Map(),
		wildcards: [],
		quotas: indexQuotas([]),
		firewall: compileFirewall(settings.firewall),
		guards: compileGuards(settings),
		plugins: compilePlugins(),
		priceVersion: "test",
	};
}
