import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
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
import { borrowClassifier } from "./classifier/share-classifier.ts";
import { migrate } from "./database/migrate.ts";
import { openDatabase } from "./database/open-database.ts";
import { loadEnvironment } from "./env.ts";
import type { Foundation } from "./foundation.ts";
import { createLog } from "./observability/log.ts";
import { openGateway } from "./open-gateway.ts";
import { openParts } from "./open-parts.ts";
import { startHealthChecks } from "./providers/health-checks.ts";
import { scanLocalServers } from "./providers/local-scan.ts";
import { createProviderKindCatalogue } from "./providers/provider-kind-catalogue.ts";
import { mintStarterKey } from "./repositories/keys.ts";
import type { Runtime } from "./runtime.ts";
import { openMasterKey } from "./secrets/master-key.ts";
import { watchSignIns } from "./threats/watch-sign-ins.ts";
import { machineOfOne, machineOfWorkers, serveMachine } from "./workers/machine.ts";
import type { WorkerOrder } from "./workers/messages.ts";
import type { PrimaryLink } from "./workers/primary-link.ts";
import { createWorkers } from "./workers/workers.ts";

/** Streams may run for minutes; a stop waits for them this long. */
const drainMs = 30_000;

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

async function migrateDatabase({ projectDir, database, log }: Foundation): Promise<void> {
	await migrate({
		url: database.url,
		migrationsDir: join(projectDir, "prisma/migrations"),
		log: (message) => log.info(message),
	});
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
