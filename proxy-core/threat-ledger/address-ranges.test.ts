import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalRange, createAddressRanges, networkOfCaller } from "./address-ranges.ts";

describe("createAddressRanges", () => {
	it("finds the narrowest range that holds an address", () => {
		const ranges = createAddressRanges<string>();
		ranges.put("10.0.0.0/8", "wide");
		ranges.put("10.1.0.0/16", "narrow");
		ranges.put("10.1.2.3", "one");
		expect(ranges.find("10.9.9.9")).toBe("wide");
		expect(ranges.find("10.1.9.9")).toBe("narrow");
		expect(ranges.find("10.1.2.3")).toBe("one");
		expect(ranges.find("::ffff:10.1.2.3")).toBe("one");
		expect(ranges.find("11.0.0.1")).toBeUndefined();
		ranges.remove("10.1.2.3");
		expect(ranges.find("10.1.2.3")).toBe("narrow");
		expect(ranges.size()).toBe(2);
	});

	it("keeps IPv4 and IPv6 apart", () => {
		const ranges = createAddressRanges<string>();
		ranges.put("0.0.0.0/0", "four");
		ranges.put("2001:db8::/32", "six");
		expect(ranges.find("2001:db8:1::1")).toBe("six");
		expect(ranges.find("2001:db9::1")).toBeUndefined();
		expect(ranges.find("1.2.3.4")).toBe("four");
	});

	it("holds every address of a range and none beside it", () => {
		const address = fc.tuple(...Array.from({ length: 4 }, () => fc.nat(255)));
		fc.assert(
			fc.property(address, address, fc.integer({ min: 0, max: 32 }), (network, other, length) => {
				const ranges = createAddressRanges<true>();
				ranges.put(`${network.join(".")}/${length}`, true);
				const numberOf = (bytes: readonly number[]) =>
					bytes.reduce((sum, byte) => sum * 256 + byte, 0);
				const size = 2 ** (32 - length);
				const isInside =
					Math.floor(numberOf(network) / size) === Math.floor(numberOf(other) / size);
				expect(ranges.find(other.join(".")) === true).toBe(isInside);
			}),
		);
	});

	it("ignores what is no address", () => {
		const ranges = createAddressRanges<true>();
		for (const text of ["", "x", "1.2.3.4/33", "1.2.3.4/", "fe80::/129"]) ranges.put(text, true);
		expect(ranges.find("unknown")).toBeUndefined();
	});
});

describe("canonicalRange", () => {
	it("writes the same range in one way", () => {
		expect(canonicalRange(" 192.0.2.77/24 ")).toBe("192.0.2.0/24");
		expect(canonicalRange("192.0.2.7/32")).toBe("192.0.2.7");
		expect(canonicalRange("2001:DB8:0::1/64")).toBe("2001:db8::/64");
		expect(canonicalRange("2001:db8::1")).toBe("2001:db8::1/128");
		expect(canonicalRange("somewhere")).toBeUndefined();
	});

	it("takes the /64 of IPv6 for one caller", () => {
		expect(networkOfCaller("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
		expect(networkOfCaller("fe80::1%eth0")).toBe("fe80::/64");
		expect(networkOfCaller("::ffff:192.0.2.9")).toBe("192.0.2.9");
		expect(networkOfCaller("192.0.2.9")).toBe("192.0.2.9");
		expect(networkOfCaller("unknown")).toBe("unknown");
	});
});
