import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import type { ListenOptions } from "node:net";
import { StartError } from "../database/start-error.ts";

/** The server that callers reach. Throws `StartError` for a port that is taken. */
export async function openPublicServer(
	door: RequestListener,
	{ host, port }: { readonly host: string; readonly port: number },
): Promise<Server> {
	const server = createServer(door);
	// Streams may be silent for long; the gateway has timeouts of its own.
	server.requestTimeout = 0;
	server.keepAliveTimeout = 75_000;
	try {
		await listenAt(server, { host, port });
	} catch (cause) {
		const isTaken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
		throw isTaken
			? new StartError(`The port ${port} is taken by another program; set PORT to a free one.`)
			: cause;
	}
	return server;
}

/** Resolves when connections are accepted. */
export async function listenAt(server: Server, where: ListenOptions): Promise<void> {
	server.listen(where);
	await once(server, "listening");
}
