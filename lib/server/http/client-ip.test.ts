import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { clientIpReader } from "./client-ip.ts";

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
	// Only these two fields are read.
	return {
		socket: { remoteAddress },
		headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
	} as unknown as IncomingMessage;
}

describe("the caller's address", () => {
	test("is the peer's when no proxy is trusted, whatever it claims", () => {
		expect(clientIpReader([])(from("198.51.100.7", "203.0.113.9"))).toBe("198.51.100.7");
	});

	test("is the peer's when the peer is not a trusted proxy", () => {
		expect(clientIpReader(["10.0.0.0/8"])(from("198.51.100.7", "203.0.113.9"))).toBe(
			"198.51.100.7",
		);
	});

	test("is the last entry that no trusted proxy wrote", () => {
		const read = clientIpReader(["10.0.0.0/8", "2001:db8::1"]);
		expect(read(from("10.0.0.1", "203.0.113.9"))).toBe("203.0.113.9");
		expect(read(from("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.2.3.4"))).toBe("203.0.113.9");
		expect(read(from("2001:db8::1", "203.0.113.9"))).toBe("203.0.113.9");
	});

	test("is the proxy's when the header is nonsense", () => {
		expect(clientIpReader(["10.0.0.1"])(from("10.0.0.1", "not-an-address"))).toBe("10.0.0.1");
	});

	test("is written as IPv4 when a dual-stack socket says it in IPv6", () => {
		expect(clientIpReader([])(from("::ffff:192.0.2.1"))).toBe("192.0.2.1");
	});
});
