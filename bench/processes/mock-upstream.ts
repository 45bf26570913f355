import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { slowModel } from "../workload/texts.ts";
import { apis } from "../workload.ts";

/** As fast as `node:http` gets: every answer is made once, before the first request. */
const slowPauseMs = 100;
const bodyBytesMax = 4_194_304;
const answersByPath = new Map(
	Object.values(apis).map(({ path, answer, streamChunks }) => [
		path,
		{ json: Buffer.from(answer), chunks: streamChunks.map((chunk) => Buffer.from(chunk)) },
	]),
);

const server = createServer((request, response) => {
	const answers = answersByPath.get(request.url ?? "");
	if (answers === undefined) {
		request.resume();
		response.writeHead(404, { "content-length": 0 }).end();
		return;
	}
	const parts: Buffer[] = [];
	let bytes = 0;
	request.on("data", (part: Buffer) => {
		parts.push(part);
		bytes += part.length;
		if (bytes > bodyBytesMax) request.destroy();
	});
	request.on("end", () => {
		const body = Buffer.concat(parts);
		if (body.includes('"stream":true')) {
			writeStream(response, answers.chunks, body.includes(slowModel));
			return;
		}
		response.writeHead(200, {
			"content-type": "application/json",
			"content-length": answers.json.length,
		});
		response.end(answers.json);
	});
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
	const { port } = server.address() as AddressInfo;
	process.stdout.write(`ready ${port}\n`);
});
process.on("SIGTERM", () => process.exit(0));

function writeStream(response: ServerResponse, chunks: readonly Buffer[], isSlow: boolean): void {
	response.writeHead(200, { "content-type": "text/event-stream" });
	if (isSlow) {
		void writeSlowly(response, chunks).catch(() => response.destroy());
		return;
	}
	// One write per chunk, as a provider does it; the kernel may still join some.
	for (const chunk of chunks) response.write(chunk);
	response.end();
}

async function writeSlowly(response: ServerResponse, chunks: readonly Buffer[]): Promise<void> {
	for (const chunk of chunks) {
		if (response.destroyed) return;
		response.write(chunk);
		await sleep(slowPauseMs);
	}
	response.end();
}
