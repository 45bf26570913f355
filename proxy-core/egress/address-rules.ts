import ipaddr from "ipaddr.js";

/** Why an address may not be reached. Stable words: forms and audit entries show them. */
export type AddressReason =
	| "loopback"
	| "private"
	| "link-local"
	| "shared"
	| "multicast"
	| "embedded-ipv4"
	| "tunnel"
	| "cloud-metadata"
	| "reserved"
	| "not-an-address";

/** Only addresses out of this block are handed out for the public internet (RFC 4291, IANA registry). */
const globalUnicastV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** Azure's host agent answers here; the address looks public but never leaves the machine's host. */
const azureHostAgent = ipaddr.IPv4.parse("168.63.129.16");

const rangesV4: Readonly<Record<string, AddressReason>> = {
	loopback: "loopback",
	private: "private",
	linkLocal: "link-local",
	carrierGradeNat: "shared",
	multicast: "multicast",
	broadcast: "multicast",
};

const rangesV6: Readonly<Record<string, AddressReason>> = {
	loopback: "loopback",
	uniqueLocal: "private",
	deprecatedSiteLocal: "private",
	linkLocal: "link-local",
	multicast: "multicast",
	ipv4Mapped: "embedded-ipv4",
	rfc6145: "embedded-ipv4",
	rfc6052: "embedded-ipv4",
	"6to4": "tunnel",
	teredo: "tunnel",
	amt: "tunnel",
};

/**
 * Judges one numeric address; `undefined` means that it lies in the public internet.
 * Everything that is not plain unicast is refused, so a range that gets a new meaning stays closed.
 */
export function refusedAddress(address: string): AddressReason | undefined {
	if (!ipaddr.isValid(address)) return "not-an-address";
	const parsed = ipaddr.parse(address);
	return parsed instanceof ipaddr.IPv4 ? refusedV4(parsed) : refusedV6(parsed as ipaddr.IPv6);
}

function refusedV4(address: ipaddr.IPv4): AddressReason | undefined {
	if (address.toString() === azureHostAgent.toString()) return "cloud-metadata";
	const range = address.range();
	return range === "unicast" ? undefined : (rangesV4[range] ?? "reserved");
}

function refusedV6(address: ipaddr.IPv6): AddressReason | undefined {
	const range = address.range();
	if (range !== "unicast") return rangesV6[range] ?? "reserved";
	if (!address.match(globalUnicastV6)) {
		// ::a.b.c.d, the deprecated "compatible" form, is plain unicast to the library.
		return address.parts.slice(0, 6).every((part) => part === 0) ? "embedded-ipv4" : "reserved";
	}
	return isIsatap(address) ? "tunnel" : undefined;
}

/** Interface identifiers `0:5efe:…` and `200:5efe:…` carry an IPv4 address that a router unwraps (RFC 5214). */
function isIsatap(address: ipaddr.IPv6): boolean {
	const [group, marker] = address.parts.slice(4, 6);
	return marker === 0x5efe && (group === 0 || group === 0x200);
}
