import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import process from "node:process";
import type { Running } from "./lib/server/boot.ts";
import { boot } from "./lib/server/boot.ts";
import { StartError } from "./lib/server/database/start-error.ts";
import { createFrontDoor } from "./lib/server/http/front-door.ts";
import { installRuntime } from "./lib/server/runtime.ts";

const startedAt = performance.now();
const projectDir = import.meta.dirname;

try {
	await start();
} catch (error) {
	const isForPeople = error instanceof Error && /^(Environment|Start)Error$/.test(error.name);
	process.stderr.write(`\nLLMProxy could not start.\n\n${messageOf(error, isForPeople)}\n`);
	process.exit(1);
}

async function start(): Promise<void> {
	const stopRequested = hearSignals();
	const running = await boot(projectDir);
	const { runtime } = running;
	try {
		await serve(running, stopRequested);
	} finally {
		// The database would outlive this process otherwise.
		await runtime.close();
	}
	process.stdout.write("Stopped.\n");
	process.exit(0);
}

/** Resolves when it was asked to stop and running requests have ended. */
async function serve(running: Running, stopRequested: Promise<string>): Promise<void> {
	const { runtime } = running;
	// One request's defect must not end all the others.
	process.on("unhandledRejection", (error) => {
		runtime.log.error("A promise was rejected and nobody handled it", { error });
	});
	// Pages read the runtime, so it has to be there before Next loads them.
	installRuntime(runtime);
	const { role, host, port } = runtime.environment;
	const console_ = role === "gateway" ? undefined : await prepareConsole(host, port);

	const server = createServer(createFrontDoor(running, console_?.getRequestHandler()));
	// Streams may be silent for long; the gateway has timeouts of its own.
	server.requestTimeout = 0;
	server.keepAliveTimeout = 75_000;
	await listen(server, port, host);
	process.stdout.write(await running.banner(performance.now() - startedAt));

	const signal = await stopRequested;
	process.stdout.write(`\n${signal}: letting running requests finish …\n`);
	server.close();
	await running.drain();
	server.closeAllConnections();
	await console_?.close();
}

/** The first request to stop; further ones change nothing. Heard from the start, and obeyed once started. */
function hearSignals(): Promise<string> {
	const heard = Promise.withResolvers<string>();
	for (const signal of ["SIGINT", "SIGTERM"] as const)
		process.on(signal, () => heard.resolve(signal));
	return heard.promise;
}

async function listen(server: Server, port: number, host: string): Promise<void> {
	try {
		server.listen(port, host);
		await once(server, "listening");
	} catch (cause) {
		const isTaken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
		throw isTaken
			? new StartError(`The port ${port} is taken by another program; set PORT to a free one.`)
			: cause;
	}
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
