import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../../prisma/generated/client.ts";
import { defaultSettings } from "../../proxy-core/contract/settings.ts";
import { createEgress } from "../../proxy-core/egress/egress.ts";
import { createGateway } from "../../proxy-core/gateway.ts";
import type { Log } from "../../proxy-core/ports.ts";
import {
	createPriceCatalogue,
	readShippedPrices,
} from "../../proxy-core/pricing/price-catalogue.ts";
import { createQuotaDesk } from "../../proxy-core/quotas/quota-desk.ts";
import { shippedDetector } from "../../proxy-core/shield/shipped-detector.ts";
import { createAnswerSigner } from "../../proxy-core/signing/answer-signer.ts";
import type { Snapshot } from "../../proxy-core/snapshot.ts";
import { answerInConsole } from "./answer-in-console.ts";
import type { EdgeGate } from "./auth/edge-gate.ts";
import { createEdgeGate } from "./auth/edge-gate.ts";
import { ensureEnvironmentAdmin } from "./auth/environment-admin.ts";
import { createPasswords } from "./auth/passwords.ts";
import { publicAddress, tellNextAuth } from "./auth/public-address.ts";
import { sessionCookie } from "./auth/session-cookie.ts";
import { createSetupGate } from "./auth/setup-gate.ts";
import { createSignInLimiter } from "./auth/sign-in-limiter.ts";
import { banner } from "./banner.ts";
import { openClassifier } from "./classifier/open-classifier.ts";
import type { ClassifierLink } from "./classifier/share-classifier.ts";
import { borrowClassifier } from "./classifier/share-classifier.ts";
import { openConfiguration } from "./configuration/configuration-store.ts";
import { seedEnvironment } from "./configuration/seed-environment.ts";
import { migrate } from "./database/migrate.ts";
import type { Database } from "./database/open-database.ts";
import { openDatabase } from "./database/open-database.ts";
import type { Environment } from "./env.ts";
import { loadEnvironment } from "./env.ts";
import { createEventBus } from "./events/event-bus.ts";
import { followDatabase } from "./events/follow-database.ts";
import { openJournal } from "./journal/journal.ts";
import { startShipper } from "./journal/shipper.ts";
import { startDatabaseProbe } from "./observability/database-probe.ts";
import { createLog } from "./observability/log.ts";
import { createMeter } from "./observability/meter.ts";
import { startHealthChecks } from "./providers/health-checks.ts";
import { scanLocalServers } from "./providers/local-scan.ts";
import { createProviderKindCatalogue } from "./providers/provider-kind-catalogue.ts";
import { startQuotaKeeper } from "./quotas/quota-keeper.ts";
import { createQuotaStore } from "./quotas/quota-store.ts";
import { startRecorder } from "./recordings/recorder.ts";
import { mintStarterKey } from "./repositories/keys.ts";
import type { Runtime } from "./runtime.ts";
import { openMasterKey } from "./secrets/master-key.ts";
import { createSecretBox } from "./secrets/secret-box.ts";
import { openThreats } from "./threats/open-threats.ts";
import { watchSignIns } from "./threats/watch-sign-ins.ts";
import { startIncidentKeeper } from "./threats-events/group-incidents.ts";
import { startThreatPruner } from "./threats-events/prune-threats.ts";
import type { OwnParts } from "./workers/machine.ts";
import { machineOfOne, machineOfWorkers, serveMachine } from "./workers/machine.ts";
import type { WorkerOrder } from "./workers/messages.ts";
import type { PrimaryLink } from "./workers/primary-link.ts";
import type { Workers } from "./workers/workers.ts";
import { createWorkers } from "./workers/workers.ts";

/** Streams may run for minutes; a stop waits for them this long. */
const drainMs = 30_000;
const shipMs = 10_000;
const poolSize = 12;
/** There are several of them, and none answers the console. */
const workerPoolSize = 4;

export interface Running {
	readonly runtime: Runtime;
	readonly edgeGate: EdgeGate;
	/** What to show once the server listens. */
	readonly banner: (startedInMs: number) => Promise<string>;
	/** Lets running requests finish; new ones are refused. */
	readonly drain: () => Promise<void>;
	/** The processes that serve the gateway in this one's place, to be started when the rest is. */
	readonly workers: WorkerFleet | undefined;
}

export interface WorkerFleet {
	/** Resolves when all of them listen. */
	readonly start: (consoleSocket: string | undefined) => Promise<void>;
	/** Lets running requests finish, and resolves when they are gone. */
	readonly stop: () => Promise<void>;
}

/**
 * Starts everything but the listening socket, in the order in which things need each other. The only
 * place where ports meet adapters. Throws `EnvironmentError` or `StartError` for what an operator can mend.
 */
export async function boot(projectDir: string): Promise<Running> {
	const environment = loadEnvironment(projectDir);
	tellNextAuth(environment);
	const version = readVersion(projectDir);
	const log = createLog({
		level: environment.logLevel,
		write: (line) => process.stderr.write(line),
	});
	mkdirSync(environment.dataDir, { recursive: true });
	const masterKey = openMasterKey({
		configured: environment.masterKey,
		dataDir: environment.dataDir,
		log,
	});
	const { workers: count } = environment;
	const workers = count > 1 ? createWorkers({ count, log }) : undefined;
	// Before the database: who configured it wrongly hears of it at once.
	const classifier = await openClassifier({ environment, projectDir, log, workers });
	const database = await openDatabase(environment, log).catch(async (error: unknown) => {
		await classifier?.close();
		throw error;
	});
	const primary = undefined;
	try {
		return await assemble({
			...{ projectDir, environment, version, log, masterKey, database },
			...{ workers, primary, classifier },
		});
	} catch (error) {
		await classifier?.close();
		await database.stop();
		throw error;
	}
}

/** The same for one of several gateway processes, with a database that the primary has made ready. */
export function bootWorker(
	projectDir: string,
	{ environment, databaseUrl }: WorkerOrder,
	primary: PrimaryLink,
): Promise<Running> {
	const { logLevel: level, masterKey: configured, dataDir } = environment;
	const log = createLog({ level, write: (line) => process.stderr.write(line) });
	return assemble({
		projectDir,
		environment,
		version: readVersion(projectDir),
		log,
		masterKey: openMasterKey({ configured, dataDir, log }),
		database: { url: databaseUrl, description: "the primary's", stop: async () => {} },
		workers: undefined,
		primary,
		classifier: environment.classifier && borrowClassifier(primary.ask, String(process.pid)),
	});
}

interface Foundation {
	readonly projectDir: string;
	readonly environment: Environment;
	readonly version: string;
	readonly log: Log;
	readonly masterKey: ReturnType<typeof openMasterKey>;
	readonly database: Database;
	/** Set in the primary of several processes. */
	readonly workers: Workers | undefined;
	/** Set in a worker. */
	readonly primary: PrimaryLink | undefined;
	/** Undefined when none is configured. */
	readonly classifier: ClassifierLink | undefined;
}

/** Everything between the database and the gateway, running. */
async function openParts(foundation: Foundation) {
	const { environment, log, masterKey, database, primary } = foundation;
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
	const events = createEventBus();
	const connectionString = database.url;
	const follower = followDatabase({ connectionString, configuration, events, node, log });
	const journal = openJournal({ dir: join(environment.dataDir, "journal"), node, log });
	const shipper = startShipper({ journal, pool, log });
	const leaseMs = () => configuration.current().settings.budgets.leaseSeconds * 1000;
	const quotas = createQuotaDesk({
		store: createQuotaStore({ pool, node, leaseMs }),
		now: Date.now,
		leaseMs,
	});
	const quotaKeeper = startQuotaKeeper({ desk: quotas, pool, log });
	const incidentKeeper = primary === undefined ? startIncidentKeeper({ pool, log }) : undefined;
	const threatPruner =
		primary === undefined
			? startThreatPruner({
					pool,
					retention: () => configuration.current().settings.threats.retention,
					log,
				})
			: undefined;
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
		prisma,
		secretBox,
		prices,
		egress,
		node,
		configuration,
		events,
		journal,
		quotas,
		threats: threats.desk,
		recorder,
		probe,
		/** In the order in which each can do without what follows. */
		close: async (): Promise<void> => {
			await follower.stop();
			await recorder.stop();
			const lines = await shipper.drain(shipMs);
			if (lines > 0) log.warn("Lines of the journal stay for the next start", { lines });
			await quotaKeeper.stop();
			await incidentKeeper?.stop();
			await threatPruner?.stop();
			await threats.stop();
			// What the ledger has not heard of yet is only safe as long as it is set aside.
			await quotas.close({ keepLeases: lines > 0 }).catch((error: unknown) => {
				log.warn("Shares of budgets could not be given back; they lapse by themselves.", { error });
			});
			journal.close();
			await probe.stop();
			await egress.close();
			await prisma.$disconnect();
			await pool.end();
			await database.stop();
		},
	};
}

type Parts = Awaited<ReturnType<typeof openParts>>;

async function assemble(foundation: Foundation): Promise<Running> {
	const { environment, version, log, masterKey, workers, primary } = foundation;
	if (primary === undefined) await migrateDatabase(foundation);
	const parts = await openParts(foundation);
	const { prisma, configuration, egress, node } = parts;
	const passwords = await createPasswords();
	if (environment.admin !== undefined && primary === undefined) {
		await ensureEnvironmentAdmin(prisma, passwords, environment.admin);
	}
	const own = openGateway(foundation, parts);
	const { gateway } = own;
	if (primary !== undefined) serveMachine(own, primary);
	const machine = workers === undefined ? machineOfOne(own) : machineOfWorkers(own, workers);
	const healthChecks =
		primary === undefined
			? startHealthChecks({ snapshot: configuration.current, routing: machine, egress, log })
			: undefined;
	const runtime: Runtime = {
		environment,
		version,
		log,
		prisma,
		gateway,
		playground: (request, call) => answerInConsole(gateway, request, call),
		routing: machine.routing,
		configuration: machine.configuration,
		snapshot: configuration.current,
		events: parts.events,
		secretBox: parts.secretBox,
		egress,
		providerKinds: createProviderKindCatalogue({ egress }),
		scanLocalServers: () => scanLocalServers(environment.egressAllow),
		node,
		journalBacklog: machine.journalBacklog,
		classifier: foundation.classifier,
		passwords,
		setupGate: createSetupGate(prisma),
		signInLimiter: watchSignIns(
			createSignInLimiter({
				failuresPerMinute: () => configuration.current().settings.limits.failedSignInsPerMinute,
				now: Date.now,
			}),
			parts.threats,
		),
		sessionKey: masterKey.subKey("session"),
		close: async () => {
			await healthChecks?.stop();
			await foundation.classifier?.close();
			await parts.close();
		},
	};
	const { url: databaseUrl, description } = foundation.database;
	return {
		runtime,
		edgeGate: createEdgeGate({
			sessionKey: runtime.sessionKey,
			cookieName: sessionCookie(environment).name,
		}),
		banner: (startedInMs) => describeStart(runtime, description, startedInMs),
		drain: () => gateway.drain(drainMs),
		workers: workers && {
			start: (consoleSocket) => workers.start({ environment, databaseUrl, consoleSocket }),
			stop: workers.stop,
		},
	};
}

function openGateway(
	{ log, primary, masterKey, classifier }: Foundation,
	{ configuration, journal, probe, egress, node, quotas, threats, recorder }: Parts,
): OwnParts {
	const meter = createMeter({
		journalBacklog: journal.backlog,
		databaseUp: probe.isUp,
		classifier: classifier?.report,
	});
	const gateway = createGateway({
		snapshots: configuration,
		journal,
		meter: primary === undefined ? meter : { ...meter, render: primary.metrics },
		log,
		egress,
		digestKey: masterKey.subKey("digest"),
		recorder,
		signer: createAnswerSigner(masterKey.subKey("signing")),
		now: Date.now,
		node,
		health: () => ({
			database: probe.isUp() ? "up" : "down",
			...(primary !== undefined && { workers: primary.isMachineReady() ? "up" : "down" }),
			...(classifier !== undefined && { classifier: classifier.isUp() ? "up" : "down" }),
		}),
		quotas,
		threats,
		...(classifier !== undefined && { classifier }),
	});
	return { gateway, configuration, journal, meter };
}

async function migrateDatabase({ projectDir, database, log }: Foundation): Promise<void> {
	await migrate({
		url: database.url,
		migrationsDir: join(projectDir, "prisma/migrations"),
		log: (message) => log.info(message),
	});
}

/** A target's own limit can be longer than the installation's; each request keeps to its target's. */
function longestConnectMs({ settings, targets }: Snapshot): number {
	let longest = settings.timeouts.connectMs;
	for (const { timeouts } of targets.values()) longest = Math.max(longest, timeouts.connectMs);
	return longest;
}

async function describeStart(
	runtime: Runtime,
	database: string,
	startedInMs: number,
): Promise<string> {
	const { environment, prisma, setupGate, configuration } = runtime;
	const setupToken = environment.role === "gateway" ? undefined : await setupGate.issueToken();
	let starterToken: string | undefined;
	if (setupToken !== undefined) {
		starterToken = (await mintStarterKey(prisma)).token;
		await configuration.changed("keys");
	}
	const targets = [...configuration.current().targets.values()];
	return banner({
		url: publicAddress(environment),
		role: environment.role,
		workers: environment.workers,
		setupToken,
		starterToken,
		model: targets[0]?.id,
		dataDir: environment.dataDir,
		database,
		providers: [...new Set(targets.map((target) => target.providerTitle))],
		startedInMs,
	});
}

function readVersion(projectDir: string): string {
	const { version } = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8"));
	return String(version);
}
