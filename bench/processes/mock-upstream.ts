import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { slowModel, streamChunks, upstreamAnswer } from "../workload.ts";

/** As fast as `node:http` gets: every answer is made once, before the first request. */
const slowPauseMs = 100;
const bodyBytesMax = 1_048_576;
const jsonBody = Buffer.from(upstreamAnswer());
const chunks = streamChunks().map((chunk) => Buffer.from(chunk));
const wholeStream = Buffer.concat(chunks);

const server = createServer((request, response) => {
	let body = "";
	request.setEncoding("utf8");
	request.on("data", (part: string) => {
		body += part;
		if (body.length > bodyBytesMax) request.destroy();
	});
	request.on("end", () => {
		if (!body.includes('"stream":true')) {
			response.writeHead(200, {
				"content-type": "application/json",
				"content-length": jsonBody.length,
			});
			response.end(jsonBody);
			return;
		}
		response.writeHead(200, { "content-type": "text/event-stream" });
		if (body.includes(slowModel)) {
			void writeSlowly(response).catch(() => response.destroy());
			return;
		}
		// One write per chunk, as a provider does it; the kernel may still join some.
		for (const chunk of chunks) response.write(chunk);
		response.end();
	});
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
	const { port } = server.address() as AddressInfo;
	process.stdout.write(`ready ${port} ${wholeStream.length}\n`);
});
process.on("SIGTERM", () => process.exit(0));

async function writeSlowly(response: {
	write: (chunk: Buffer) => boolean;
	end: () => void;
	destroyed: boolean;
}): Promise<void> {
	for (const chunk of chunks) {
		if (response.destroyed) return;
		response.write(chunk);
		await sleep(slowPauseMs);
	}
	response.end();
}
