import cluster from "node:cluster";
import process from "node:process";
import type { Running, WorkerFleet } from "./lib/server/boot.ts";
import { boot, bootWorker } from "./lib/server/boot.ts";
import { createFrontDoor } from "./lib/server/http/front-door.ts";
import { openPublicServer } from "./lib/server/http/listen.ts";
import { installRuntime } from "./lib/server/runtime.ts";
import { openConsoleSocket } from "./lib/server/workers/console-socket.ts";
import { createPrimaryDoor } from "./lib/server/workers/primary-door.ts";
import { linkToPrimary } from "./lib/server/workers/primary-link.ts";
import { createWorkerDoor } from "./lib/server/workers/worker-door.ts";

const startedAt = performance.now();
const projectDir = import.meta.dirname;
/** Lets running requests finish. */
type Stop = () => Promise<unknown>;

try {
	if (cluster.isWorker) work();
	else await start();
} catch (error) {
	const isForPeople = error instanceof Error && /^(Environment|Start)Error$/.test(error.name);
	process.stderr.write(`\nLLMProxy could not start.\n\n${messageOf(error, isForPeople)}\n`);
	process.exit(1);
}

async function start(): Promise<void> {
	const stopRequested = hearSignals();
	const running = await boot(projectDir);
	const { runtime, workers } = running;
	try {
		surviveRejections(running);
		// Pages read the runtime, so it has to be there before Next loads them.
		installRuntime(runtime);
		const stop = await (workers ? serveWithWorkers(running, workers) : serve(running));
		process.stdout.write(await running.banner(performance.now() - startedAt));
		process.stdout.write(`\n${await stopRequested}: letting running requests finish …\n`);
		await stop();
	} finally {
		// The database would outlive this process otherwise.
		await runtime.close();
	}
	process.stdout.write("Stopped.\n");
	process.exit(0);
}

async function serve(running: Running): Promise<Stop> {
	const { role, host, port } = running.runtime.environment;
	const console_ = role === "gateway" ? undefined : await prepareConsole(host, port);
	const door = createFrontDoor(running, console_?.getRequestHandler());
	const server = await openPublicServer(door, { host, port });
	return async () => {
		server.close();
		await running.drain();
		server.closeAllConnections();
		await console_?.close();
	};
}

/** The workers listen in place of this process, which serves the console to them. */
async function serveWithWorkers(running: Running, workers: WorkerFleet): Promise<Stop> {
	const { role, host, port } = running.runtime.environment;
	const console_ = role === "gateway" ? undefined : prepareConsole(host, port);
	const handler = console_?.then((ready) => ready.getRequestHandler());
	const door = handler && createPrimaryDoor(running, async (...of) => (await handler)(...of));
	const socket = door && (await openConsoleSocket(door));
	const stop = async () => {
		await Promise.all([workers.stop(), running.drain()]);
		socket?.close();
		await (await console_)?.close();
	};
	try {
		await Promise.all([handler, workers.start(socket?.path)]);
	} catch (error) {
		await stop().catch(() => undefined);
		throw error;
	}
	return stop;
}

/** One of several gateway processes. The primary says when it begins, and ends it when it cannot. */
function work(): void {
	const primary = linkToPrimary();
	primary.obey(async (order) => {
		const running = await bootWorker(projectDir, order, primary);
		surviveRejections(running);
		const door = createWorkerDoor(running.runtime, order.consoleSocket);
		const server = await openPublicServer(door, order.environment);
		const stop = async () => {
			await primary.stopRequested;
			server.close();
			await running.drain();
			server.closeAllConnections();
			await running.runtime.close();
		};
		void stop().finally(() => process.exit(0));
	});
}

/** The first request to stop; further ones change nothing. Heard from the start, and obeyed once started. */
function hearSignals(): Promise<string> {
	const heard = Promise.withResolvers<string>();
	for (const signal of ["SIGINT", "SIGTERM"] as const)
		process.on(signal, () => heard.resolve(signal));
	return heard.promise;
}

/** One request's defect must not end all the others. */
function surviveRejections({ runtime }: Running): void {
	process.on("unhandledRejection", (error) => {
		runtime.log.error("A promise was rejected and nobody handled it", { error });
	});
}

/** Loaded only where it is served: a gateway node has no use for Next. */
async function prepareConsole(hostname: string, port: number) {
	const { default: next } = await import("next");
	const console_ = next({ dev: false, dir: projectDir, hostname, port });
	await console_.prepare();
	return console_;
}

function messageOf(error: unknown, isForPeople: boolean): string {
	if (!(error instanceof Error)) return String(error);
	return isForPeople ? error.message : (error.stack ?? error.message);
}
