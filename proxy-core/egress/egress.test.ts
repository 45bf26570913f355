import type { LookupAddress } from "node:dns";
import type { RequestListener, Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { GatewayError } from "../errors/gateway-error.ts";
import type { Lookup } from "./checked-connector.ts";
import type { Egress } from "./egress.ts";
import { createEgress } from "./egress.ts";

const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function serve(listener: RequestListener): Promise<{ port: number; server: Server }> {
	const server = createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	cleanUps.push(() => new Promise((resolve) => server.close(resolve)));
	cleanUps.push(async () => server.closeAllConnections());
	return { port: (server.address() as AddressInfo).port, server };
}

function open(allowedHosts: readonly string[], lookup?: Lookup): Egress {
	const egress = createEgress({
		allowedHosts,
		connectTimeoutMs: 2000,
		...(lookup === undefined ? {} : { lookup }),
	});
	cleanUps.push(() => egress.close());
	return egress;
}

/** Answers one set of addresses per call; the last one again and again. */
function scripted(...answers: readonly (readonly string[])[]): Lookup & { calls: number } {
	const lookup: Lookup & { calls: number } = Object.assign(
		(
			_name: string,
			_options: unknown,
			callback: (error: null, addresses: LookupAddress[]) => void,
		) => {
			const answer = answers[Math.min(lookup.calls, answers.length - 1)] ?? [];
			lookup.calls += 1;
			callback(
				null,
				answer.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
			);
		},
		{ calls: 0 },
	);
	return lookup;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
	return promise.then(
		() => "nothing thrown",
		(error: unknown) => (GatewayError.is(error) ? error.code : `not ours: ${String(error)}`),
	);
}

const small = { timeoutMs: 5000, bodyBytesMax: 1000 };

describe("the dispatcher", () => {
	it("refuses a name that resolves to a private address", async () => {
		const { port } = await serve((_, response) => response.end("inside"));
		const egress = open([], scripted(["127.0.0.1"]));
		const code = await codeOf(
			request(`http://rebind.example:${port}/`, { dispatcher: egress.dispatcher }),
		);
		expect(code).toBe("egress.refused");
	});

	it("refuses a name with one private address among public ones", async () => {
		const egress = open([], scripted(["8.8.8.8", "127.0.0.1"]));
		const code = await codeOf(request("http://mixed.example/", { dispatcher: egress.dispatcher }));
		expect(code).toBe("egress.refused");
	});

	it("dials the address that was judged and never asks DNS again for that socket", async () => {
		const { port } = await serve((_, response) => response.end("pinned"));
		// The name is allowed; a second answer would lead to a port nobody listens on.
		const lookup = scripted(["127.0.0.1"], ["127.0.0.2"]);
		const egress = open([`127.0.0.1:${port}`], lookup);
		const answer = await request(`http://pinned.example:${port}/`, {
			dispatcher: egress.dispatcher,
		});
		expect(await answer.body.text()).toBe("pinned");
		expect(lookup.calls).toBe(1);
	});

	it("judges again for each new socket, so a name that turns private is refused then", async () => {
		const { port, server } = await serve((_, response) => response.end("first"));
		const lookup = scripted(["127.0.0.1"], ["10.0.0.1"]);
		const egress = open([`127.0.0.1:${port}`], lookup);
		const call = () =>
			request(`http://turns.example:${port}/`, { dispatcher: egress.dispatcher, reset: true });
		await (await call()).body.dump();
		server.closeAllConnections();
		expect(await codeOf(call())).toBe("egress.refused");
		expect(lookup.calls).toBe(2);
	});

	it("does not resolve again for requests over kept connections", async () => {
		const { port } = await serve((_, response) => response.end("ok"));
		const lookup = scripted(["127.0.0.1"]);
		const egress = open([`kept.example:${port}`], lookup);
		for (let index = 0; index < 20; index += 1) {
			const answer = await request(`http://kept.example:${port}/`, {
				dispatcher: egress.dispatcher,
			});
			await answer.body.dump();
		}
		// A request may come before the last one's socket is free again, and then opens a second.
		expect(lookup.calls).toBeLessThan(5);
	});

	it.each([
		"http://127.0.0.1:1/",
		"http://[::1]:1/",
		"http://169.254.169.254/",
		"http://localhost:1/",
	])("refuses %s before opening a socket", async (url) => {
		const egress = open([], scripted(["8.8.8.8"]));
		expect(await codeOf(request(url, { dispatcher: egress.dispatcher }))).toBe("egress.refused");
	});

	it("tells a failed resolution from a refusal", async () => {
		const egress = open([], (_name, _options, callback) =>
			callback(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }), []),
		);
		const code = await codeOf(
			request("http://nowhere.example/", { dispatcher: egress.dispatcher }),
		);
		expect(code).toBe("upstream.refused");
	});

	it("hands a redirect to the caller as it is", async () => {
		const { port } = await serve((_, response) =>
			response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
		);
		const egress = open([`127.0.0.1:${port}`]);
		const answer = await request(`http://127.0.0.1:${port}/`, { dispatcher: egress.dispatcher });
		await answer.body.dump();
		expect(answer.statusCode).toBe(302);
	});

	it("carries 200 requests at once to one origin", async () => {
		const { port } = await serve((_, response) => setTimeout(() => response.end("ok"), 20));
		const egress = open([`127.0.0.1:${port}`]);
		const bodies = await Promise.all(
			Array.from({ length: 200 }, async () => {
				const answer = await request(`http://127.0.0.1:${port}/`, {
					dispatcher: egress.dispatcher,
				});
				return answer.body.text();
			}),
		);
		expect(new Set(bodies)).toEqual(new Set(["ok"]));
	});
});

describe("configure", () => {
	it("closes what the old policy allowed and opens what the new one allows", async () => {
		const { port } = await serve((_, response) => response.end("ok"));
		const url = `http://127.0.0.1:${port}/`;
		const egress = open([`127.0.0.1:${port}`]);
		expect((await egress.fetch({ url, ...small })).status).toBe(200);
		egress.configure({ allowedHosts: [], connectTimeoutMs: 2000 });
		expect(await codeOf(egress.fetch({ url, ...small }))).toBe("egress.refused");
		expect(await codeOf(request(url, { dispatcher: egress.dispatcher }))).toBe("egress.refused");
		egress.configure({ allowedHosts: ["127.0.0.0/8"], connectTimeoutMs: 2000 });
		expect((await egress.fetch({ url, ...small })).status).toBe(200);
	});

	it("keeps the connections when the policy is the same", async () => {
		const { port } = await serve((_, response) => response.end("ok"));
		const lookup = scripted(["127.0.0.1"]);
		const allowedHosts = [`same.example:${port}`];
		const egress = open(allowedHosts, lookup);
		const url = `http://same.example:${port}/`;
		await egress.fetch({ url, ...small });
		await new Promise((resolve) => setTimeout(resolve, 20));
		egress.configure({ allowedHosts: [...allowedHosts], connectTimeoutMs: 2000 });
		await egress.fetch({ url, ...small });
		expect(lookup.calls).toBe(1);
	});

	it("lets a running answer finish under the policy it began with", async () => {
		const { port } = await serve((_, response) => {
			response.write("begin ");
			setTimeout(() => response.end("end"), 50);
		});
		const egress = open([`127.0.0.1:${port}`]);
		const answer = await request(`http://127.0.0.1:${port}/`, { dispatcher: egress.dispatcher });
		egress.configure({ allowedHosts: [], connectTimeoutMs: 2000 });
		expect(await answer.body.text()).toBe("begin end");
	});

	it("keeps the old policy when the new one cannot be read", () => {
		const egress = open(["localhost"]);
		expect(() => egress.configure({ allowedHosts: ["http://x"], connectTimeoutMs: 1 })).toThrow(
			TypeError,
		);
		expect(() => egress.checkUrl("http://localhost/")).not.toThrow();
	});
});

describe("fetch", () => {
	it("follows a redirect within the rules and says where the answer came from", async () => {
		const { port } = await serve((incoming, response) =>
			incoming.url === "/old"
				? response.writeHead(301, { location: "/new" }).end()
				: response.writeHead(200, { "x-seen": incoming.headers.authorization ?? "" }).end("here"),
		);
		const egress = open([`127.0.0.1:${port}`]);
		const answer = await egress.fetch({
			url: `http://127.0.0.1:${port}/old`,
			headers: { authorization: "Bearer t" },
			...small,
		});
		expect(answer).toMatchObject({
			status: 200,
			body: "here",
			url: `http://127.0.0.1:${port}/new`,
			headers: { "x-seen": "Bearer t" },
		});
	});

	it("refuses a redirect to a private address", async () => {
		const { port } = await serve((_, response) =>
			response.writeHead(302, { location: "http://169.254.169.254/latest/" }).end(),
		);
		const egress = open([`127.0.0.1:${port}`]);
		const code = await codeOf(egress.fetch({ url: `http://127.0.0.1:${port}/`, ...small }));
		expect(code).toBe("egress.refused");
	});

	it("refuses a redirect to a name that resolves to a private address", async () => {
		const inside = await serve((_, response) => response.end("inside"));
		const outside = await serve((_, response) =>
			response.writeHead(307, { location: `http://inner.example:${inside.port}/` }).end(),
		);
		const egress = open([`outer.example:${outside.port}`], scripted(["127.0.0.1"]));
		const code = await codeOf(
			egress.fetch({ url: `http://outer.example:${outside.port}/`, ...small }),
		);
		expect(code).toBe("egress.refused");
	});

	it("sends no credentials and no body to another origin", async () => {
		const seen: string[] = [];
		const second = await serve((incoming, response) => {
			seen.push(`${incoming.method} ${incoming.headers.authorization ?? "none"}`);
			incoming.on("data", (chunk: Buffer) => seen.push(chunk.toString()));
			incoming.on("end", () => response.end("ok"));
		});
		const first = await serve((_, response) =>
			response.writeHead(307, { location: `http://127.0.0.1:${second.port}/` }).end(),
		);
		const egress = open(["127.0.0.1"]);
		await egress.fetch({
			url: `http://127.0.0.1:${first.port}/`,
			method: "POST",
			body: "private words",
			headers: { authorization: "Bearer t" },
			...small,
		});
		expect(seen).toEqual(["POST none"]);
	});

	it("gives up after three redirects", async () => {
		let hops = 0;
		const { port } = await serve((_, response) => {
			hops += 1;
			response.writeHead(302, { location: `/${hops}` }).end();
		});
		const egress = open([`127.0.0.1:${port}`]);
		const code = await codeOf(egress.fetch({ url: `http://127.0.0.1:${port}/`, ...small }));
		expect([code, hops]).toEqual(["upstream.malformed", 4]);
	});

	it("stops reading an answer that is too long", async () => {
		const { port } = await serve((_, response) => response.end("x".repeat(100_000)));
		const egress = open([`127.0.0.1:${port}`]);
		const code = await codeOf(egress.fetch({ url: `http://127.0.0.1:${port}/`, ...small }));
		expect(code).toBe("upstream.malformed");
	});

	it("stops waiting for an answer that does not come", async () => {
		const { port } = await serve(() => undefined);
		const egress = open([`127.0.0.1:${port}`]);
		const code = await codeOf(
			egress.fetch({ url: `http://127.0.0.1:${port}/`, timeoutMs: 50, bodyBytesMax: 10 }),
		);
		expect(code).toBe("upstream.timeout");
	});

	it("reports a port nobody listens on as unreachable", async () => {
		const { port, server } = await serve(() => undefined);
		await new Promise((resolve) => server.close(resolve));
		const egress = open([`127.0.0.1:${port}`]);
		expect(await codeOf(egress.fetch({ url: `http://127.0.0.1:${port}/`, ...small }))).toBe(
			"upstream.refused",
		);
	});
});
