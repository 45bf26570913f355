import { randomBytes } from "node:crypto";
import { join } from "node:path";
import process from "node:process";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../../prisma/generated/client.ts";
import { defaultSettings } from "../../proxy-core/contract/settings.ts";
import { createEgress } from "../../proxy-core/egress/egress.ts";
import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../proxy-core/pricing/price-catalogue.ts";
import { createQuotaDesk } from "../../proxy-core/quotas/quota-desk.ts";
import { shippedDetector } from "../../proxy-core/shield/shipped-detector.ts";
import type { Snapshot } from "../../proxy-core/snapshot.ts";
import { openConfiguration } from "./configuration/configuration-store.ts";
import { seedEnvironment } from "./configuration/seed-environment.ts";
import { createEventBus } from "./events/event-bus.ts";
import { followDatabase } from "./events/follow-database.ts";
import type { Foundation } from "./foundation.ts";
import { openJournal } from "./journal/journal.ts";
import { startShipper } from "./journal/shipper.ts";
import { startDatabaseProbe } from "./observability/database-probe.ts";
import { startQuotaKeeper } from "./quotas/quota-keeper.ts";
import { createQuotaStore } from "./quotas/quota-store.ts";
import { startRecorder } from "./recordings/recorder.ts";
import { createSecretBox } from "./secrets/secret-box.ts";
import { openThreats } from "./threats/open-threats.ts";
import { startIncidentKeeper } from "./threats-events/group-incidents.ts";
import { startThreatPruner } from "./threats-events/prune-threats.ts";

const shipMs = 10_000;
const poolSize = 12;
/** There are several of them, and none answers the console. */
const workerPoolSize = 4;

/** Everything between the database and the gateway, running. */
export async function openParts(foundation: Foundation) {
	const { environment, log, database } = foundation;
	const store = await openStore(foundation);
	const { pool, prisma, secretBox, configuration, egress, node } = store;
	const events = createEventBus();
	const connectionString = database.url;
	const follower = followDatabase({ connectionString, configuration, events, node, log });
	const ledger = openLedger(foundation, store);
	const keepers = startKeepers(foundation, store);
	const threats = await openThreats({
		...{ configuration, pool, prisma, connectionString, events, node, log },
		trustedProxies: environment.trustedProxies,
	});
	const recorder = startRecorder({
		prisma,
		secretBox,
		settings: () => configuration.current().settings.recording,
		log,
		now: Date.now,
	});
	// Its tables take a moment to build; the first request must not wait for that.
	shippedDetector();
	const probe = startDatabaseProbe(pool);
	return {
		...store,
		events,
		journal: ledger.journal,
		quotas: ledger.quotas,
		threats: threats.desk,
		recorder,
		probe,
		/** In the order in which each can do without what follows. */
		close: async (): Promise<void> => {
			await follower.stop();
			await recorder.stop();
			const lines = await ledger.ship();
			await ledger.stopKeeper();
			await keepers.stop();
			await threats.stop();
			await ledger.close(lines);
			await probe.stop();
			await egress.close();
			await prisma.$disconnect();
			await pool.end();
			await database.stop();
		},
	};
}

export type Parts = Awaited<ReturnType<typeof openParts>>;

/** Connections, and the configuration that is read through them. */
async function openStore({ environment, log, masterKey, database, primary }: Foundation) {
	const max = primary === undefined ? poolSize : workerPoolSize;
	const pool = new pg.Pool({ connectionString: database.url, max });
	// A connection that breaks while idle is replaced at the next query; unheard, it would end the process.
	pool.on("error", (error) => log.warn("An idle database connection broke", { error }));
	const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
	const secretBox = createSecretBox(masterKey);
	const prices = createPriceCatalogue(readShippedPrices());
	const egressPolicy = (connectTimeoutMs: number) => ({
		allowedHosts: environment.egressAllow,
		connectTimeoutMs,
	});
	const egress = createEgress(egressPolicy(defaultSettings.timeouts.connectMs));
	if (primary === undefined) {
		await seedEnvironment({ prisma, secretBox, environment, egress, log });
	}
	const node = `${process.pid}-${randomBytes(4).toString("hex")}`;
	const configuration = await openConfiguration({
		prisma,
		secretBox,
		prices,
		log,
		node,
		onApply: (snapshot) => egress.configure(egressPolicy(longestConnectMs(snapshot))),
	});
	return { pool, prisma, secretBox, prices, egress, node, configuration };
}

type Store = Awaited<ReturnType<typeof openStore>>;

/** What requests were, on the way to the database, and what they may still cost. */
function openLedger({ environment, log }: Foundation, { pool, node, configuration }: Store) {
	const journal = openJournal({ dir: join(environment.dataDir, "journal"), node, log });
	const shipper = startShipper({ journal, pool, log });
	const leaseMs = () => configuration.current().settings.budgets.leaseSeconds * 1000;
	const quotas = createQuotaDesk({
		store: createQuotaStore({ pool, node, leaseMs }),
		now: Date.now,
		leaseMs,
	});
	const keeper = startQuotaKeeper({ desk: quotas, pool, log });
	return {
		journal,
		quotas,
		/** Resolves with how many lines are left. */
		ship: async (): Promise<number> => {
			const lines = await shipper.drain(shipMs);
			if (lines > 0) log.warn("Lines of the journal stay for the next start", { lines });
			return lines;
		},
		stopKeeper: () => keeper.stop(),
		close: async (linesLeft: number): Promise<void> => {
			// What the ledger has not heard of yet is only safe as long as it is set aside.
			await quotas.close({ keepLeases: linesLeft > 0 }).catch((error: unknown) => {
				log.warn("Shares of budgets could not be given back; they lapse by themselves.", { error });
			});
			journal.close();
		},
	};
}

/** Work on stored threats; one process of an installation's several does it. */
function startKeepers({ log, primary }: Foundation, { pool, configuration }: Store) {
	if (primary !== undefined) return { stop: async () => {} };
	const incidents = startIncidentKeeper({ pool, log });
	const pruner = startThreatPruner({
		pool,
		retention: () => configuration.current().settings.threats.retention,
		log,
	});
	return {
		stop: async (): Promise<void> => {
			await incidents.stop();
			await pruner.stop();
		},
	};
}

/** A target's own limit can be longer than the installation's; each request keeps to its target's. */
function longestConnectMs({ settings, targets }: Snapshot): number {
	let longest = settings.timeouts.connectMs;
	for (const { timeouts } of targets.values()) longest = Math.max(longest, timeouts.connectMs);
	return longest;
}
