import { mkdtempSync, rmSync } from "node:fs";
import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { listenAt } from "../http/listen.ts";

export interface ConsoleSocket {
	/** A unix socket, or a named pipe on Windows. */
	readonly path: string;
	readonly server: Server;
	readonly close: () => void;
}

/** Larger than what workers accept from callers: they add a header. */
const headerBytesMax = 32 * 1024;

/**
 * Where the workers hand over what is not the gateway's. Whoever can connect here is believed when it
 * names a caller's address, so the socket lies in a folder that only this user may enter.
 */
export async function openConsoleSocket(listener: RequestListener): Promise<ConsoleSocket> {
	// Not in the data folder: the path of a unix socket has to be short.
	const dir = mkdtempSync(join(tmpdir(), "llmproxy-"));
	const isWindows = process.platform === "win32";
	const path = isWindows ? `\\\\.\\pipe\\llmproxy-${crypto.randomUUID()}` : join(dir, "console");
	const server = createServer(
		// An HTTP/1.0 caller may leave the host out.
		{ maxHeaderSize: headerBytesMax, requireHostHeader: false },
		listener,
	);
	// The workers' own time limits are those that callers meet; here a kept connection must not end
	// just when a worker sends the next request on it.
	server.requestTimeout = 0;
	server.headersTimeout = 0;
	server.keepAliveTimeout = 0;
	await listenAt(server, { path });
	return {
		path,
		server,
		close: () => {
			server.close();
			server.closeAllConnections();
			rmSync(dir, { recursive: true, force: true });
		},
	};
}
