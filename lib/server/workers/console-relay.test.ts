import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, RequestListener } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { clientAddressHeader } from "../auth/client-address.ts";
import { createConsoleRelay } from "./console-relay.ts";

const undo: (() => Promise<void> | void)[] = [];

afterEach(async () => {
	for (const step of undo.splice(0).reverse()) await step();
});

/** A console behind a relay; the port that callers reach. */
async function relayTo(console_: RequestListener): Promise<number> {
	const dir = mkdtempSync(join(tmpdir(), "relay-"));
	undo.push(() => rmSync(dir, { recursive: true, force: true }));
	const socketPath = join(dir, "console");
	const behind = createServer(console_);
	const relay = createConsoleRelay({ socketPath, ipOf: () => "192.0.2.7" });
	const front = createServer((request, response) => {
		relay(request, response).catch(() => response.destroy());
	});
	for (const [server, where] of [
		[behind, { path: socketPath }],
		[front, { port: 0, host: "127.0.0.1" }],
	] as const) {
		server.listen(where);
		await once(server, "listening");
		undo.push(() => {
			server.closeAllConnections();
			server.close();
		});
	}
	return (front.address() as AddressInfo).port;
}

async function textOf(request: IncomingMessage): Promise<string> {
	let text = "";
	for await (const chunk of request) text += String(chunk);
	return text;
}

describe("createConsoleRelay", () => {
	it("passes method, path, body, repeated headers and status on, both ways", async () => {
		const port = await relayTo((request, response) => {
			void textOf(request).then((text) => {
				response.setHeader("set-cookie", ["a=1", "b=2"]);
				response.writeHead(418, { "x-seen": `${request.method} ${request.url}` });
				response.end(text.toUpperCase());
			});
		});
		const url = `http://127.0.0.1:${port}/api/v1/x?y=%20`;
		const answer = await fetch(url, { method: "POST", body: "body" });
		expect(answer.status).toBe(418);
		expect(answer.headers.get("x-seen")).toBe("POST /api/v1/x?y=%20");
		expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
		expect(await answer.text()).toBe("BODY");
	});

	it("tells the caller's address, whatever the caller says it is", async () => {
		const port = await relayTo((request, response) => {
			response.end(JSON.stringify(request.rawHeaders));
		});
		const raw = await exchange(port, [
			"GET / HTTP/1.1",
			"Host: x",
			`${clientAddressHeader}: 6.6.6.6`,
			`${clientAddressHeader.toUpperCase()}: 6.6.6.7`,
			`Connection: close, ${clientAddressHeader}`,
		]);
		expect(raw).toContain(`"${clientAddressHeader}","192.0.2.7"`);
		expect(raw).not.toMatch(/6\.6\.6\.[67]/);
	});

	it("lets nobody hide a second request in the body of the first", async () => {
		const seen: string[] = [];
		const port = await relayTo((request, response) => {
			seen.push(`${request.method} ${request.url}`);
			void textOf(request).then((text) => response.end(text));
		});
		const inner = `GET /inner HTTP/1.1\r\nHost: x\r\n${clientAddressHeader}: 6.6.6.6\r\n\r\n`;
		const head = ["GET /outer HTTP/1.1", "Host: x"];
		const length = `Content-Length: ${inner.length}`;
		const raw = await exchange(port, [...head, length, "Connection: close, content-length"], inner);
		const chunks = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
		const chunked = ["Transfer-Encoding: chunked", "Connection: close, transfer-encoding"];
		await exchange(port, [...head, ...chunked], chunks);
		expect(raw).toContain("GET /inner");
		expect(seen).toEqual(["GET /outer", "GET /outer"]);
	});

	it("hands events on as they come, and ends the console's work when the caller hangs up", async () => {
		const hungUp = Promise.withResolvers<void>();
		const port = await relayTo((_request, response) => {
			response.writeHead(200, { "content-type": "text/event-stream" });
			response.flushHeaders();
			setImmediate(() => response.write("data: 1\n\n"));
			response.on("close", hungUp.resolve);
		});
		const caller = new AbortController();
		const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: caller.signal });
		const reader = answer.body?.getReader();
		const { value } = (await reader?.read()) ?? {};
		expect(new TextDecoder().decode(value)).toBe("data: 1\n\n");
		caller.abort();
		await hungUp.promise;
	});

	it("rejects when the console is not there, before anything was sent", async () => {
		const relay = createConsoleRelay({ socketPath: "/nowhere/console", ipOf: () => "x" });
		const failed = Promise.withResolvers<boolean>();
		const front = createServer((request, response) => {
			relay(request, response).catch(() => {
				failed.resolve(response.headersSent);
				response.end();
			});
		});
		front.listen(0, "127.0.0.1");
		await once(front, "listening");
		undo.push(() => void front.close());
		await fetch(`http://127.0.0.1:${(front.address() as AddressInfo).port}/`);
		expect(await failed.promise).toBe(false);
	});
});

/** Sends the lines as they are; resolves with everything that came back. */
async function exchange(port: number, head: readonly string[], body = ""): Promise<string> {
	const socket = connect(port, "127.0.0.1");
	const closing = head.some((line) => line.startsWith("Connection:")) ? [] : ["Connection: close"];
	socket.write(`${[...head, ...closing].join("\r\n")}\r\n\r\n${body}`);
	let text = "";
	for await (const chunk of socket) text += String(chunk);
	return text;
}
