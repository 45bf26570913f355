import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { edgeReader } from "./client-ip.ts";
import { forgetEdgeClaims } from "./edge-claims.ts";

/** What is left of a caller's headers behind a door with these trusted proxies. */
async function leftOf(trustedProxies: readonly string[], headers: Record<string, string>) {
	const isFromEdge = edgeReader(trustedProxies);
	const left = Promise.withResolvers<NodeJS.Dict<string | string[]>>();
	const server = createServer((incoming, response) => {
		if (!isFromEdge(incoming)) forgetEdgeClaims(incoming);
		left.resolve({ ...incoming.headers });
		response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	request({ port, host: "127.0.0.1", headers }).end();
	const found = await left.promise;
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
	return found;
}

const claims = { "x-ja4": "t13d1516h2_8daaf6152771", "cf-ipcountry": "AT", "x-other": "1" };

describe("forgetEdgeClaims", () => {
	it("removes what only an edge may say when somebody else says it", async () => {
		const left = await leftOf([], claims);
		expect(left["x-ja4"]).toBeUndefined();
		expect(left["cf-ipcountry"]).toBeUndefined();
		expect(left["x-other"]).toBe("1");
	});

	it("keeps what a trusted proxy itself sends", async () => {
		expect(await leftOf(["127.0.0.0/8"], claims)).toMatchObject(claims);
	});
});
