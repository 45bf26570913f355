import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/**
 * The caller's address. `X-Forwarded-For` is believed only from a trusted proxy, and only as far
 * as the last entry that no trusted proxy wrote: everything to its left is the caller's own claim.
 */
export function clientIpReader(
	trustedProxies: readonly string[],
): (request: IncomingMessage) => string {
	const isTrusted = trustOf(trustedProxies);
	return (request) => {
		const peer = plain(request.socket.remoteAddress ?? "unknown");
		const forwarded = request.headers["x-forwarded-for"];
		if (trustedProxies.length === 0 || forwarded === undefined || !isTrusted(peer)) return peer;
		const hops = String(forwarded)
			.split(",")
			.map((hop) => plain(hop.trim()));
		for (const hop of hops.toReversed()) {
			if (isIP(hop) === 0) return peer;
			if (!isTrusted(hop)) return hop;
		}
		return hops[0] ?? peer;
	};
}

/** Whether a trusted proxy sent a request itself, so that what it says about the connection is believed. */
export function edgeReader(
	trustedProxies: readonly string[],
): (request: IncomingMessage) => boolean {
	const isTrusted = trustOf(trustedProxies);
	return ({ socket }) => isTrusted(plain(socket.remoteAddress ?? "unknown"));
}

function trustOf(trustedProxies: readonly string[]): (address: string) => boolean {
	const trusted = new BlockList();
	for (const entry of trustedProxies) {
		const [address = "", prefix] = entry.split("/");
		const family = isIP(address) === 6 ? "ipv6" : "ipv4";
		if (prefix === undefined) trusted.addAddress(address, family);
		else trusted.addSubnet(address, Number(prefix), family);
	}
	return (address) => {
		const version = isIP(address);
		return version !== 0 && trusted.check(address, version === 6 ? "ipv6" : "ipv4");
	};
}

/** IPv4 peers of a dual-stack socket look like `::ffff:192.0.2.1`. */
function plain(address: string): string {
	return address.startsWith("::ffff:") ? address.slice(7) : address;
}
