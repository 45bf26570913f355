import ipaddr from "ipaddr.js";

/** One entry of the operator's list: a name or a range, for one port or for all. */
export type AllowedHost =
	| { readonly kind: "name"; readonly name: string; readonly port: number | undefined }
	| {
			readonly kind: "range";
			readonly range: readonly [ipaddr.IPv4 | ipaddr.IPv6, number];
			readonly port: number | undefined;
	  };

export interface AllowList {
	readonly allowsName: (name: string, port: number) => boolean;
	readonly allowsAddress: (address: string, port: number) => boolean;
}

const entryForm =
	/^(?:\[(?<v6>[0-9a-f:.]{2,45})\]|(?<host>[^[\]:/\s]{1,253}))(?<bits>\/\d{1,3})?(?::(?<port>\d{1,5}))?$/;
const nameForm = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/;

/**
 * Reads `host`, `host:port`, `address`, `[v6]:port`, `10.0.0.0/8` or `fd00::/8`.
 * `undefined` when the text is none of these.
 */
export function parseAllowedHost(text: string): AllowedHost | undefined {
	const entry = text.trim().toLowerCase();
	// A bare IPv6 address or range has colons of its own and so no port.
	if (ipaddr.IPv6.isValid(entry)) return range(entry, undefined);
	if (ipaddr.IPv6.isValidCIDR(entry)) return range(entry, undefined);
	const groups = entryForm.exec(entry)?.groups;
	if (groups === undefined) return undefined;
	const port = groups["port"] === undefined ? undefined : Number(groups["port"]);
	if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
	const host = groups["v6"] ?? groups["host"] ?? "";
	const bits = groups["bits"] ?? "";
	if (groups["v6"] !== undefined || bits !== "" || isFourPart(host))
		return range(host + bits, port);
	// Digits only, or 0x…, would be an address in disguise: nobody means a name by that.
	if (/^[\d.]+$|^0x/.test(host) || !nameForm.test(host)) return undefined;
	return { kind: "name", name: withoutDot(host), port };
}

/** The entry that allows exactly the origin of `url`; for addresses that come from the environment. */
export function allowedHostOf(url: string): string {
	const { hostname, port, protocol } = new URL(url);
	return `${withoutDot(hostname)}:${port || (protocol === "https:" ? "443" : "80")}`;
}

/** Throws a `TypeError` that names the entry it cannot read. */
export function createAllowList(entries: readonly string[]): AllowList {
	const names = new Set<string>();
	const ranges: Extract<AllowedHost, { kind: "range" }>[] = [];
	for (const text of entries) {
		const entry = parseAllowedHost(text);
		if (entry === undefined) {
			throw new TypeError(`not a host, host:port, address or range: ${JSON.stringify(text)}`);
		}
		if (entry.kind === "range") ranges.push(entry);
		else names.add(entry.port === undefined ? entry.name : `${entry.name}:${entry.port}`);
	}
	return {
		allowsName: (name, port) => {
			const bare = withoutDot(name.toLowerCase());
			return names.has(bare) || names.has(`${bare}:${port}`);
		},
		allowsAddress: (address, port) => {
			if (ranges.length === 0 || !ipaddr.isValid(address)) return false;
			const parsed = ipaddr.parse(address);
			return ranges.some(
				(entry) =>
					(entry.port === undefined || entry.port === port) &&
					entry.range[0].kind() === parsed.kind() &&
					parsed.match([...entry.range] as [ipaddr.IPv4 & ipaddr.IPv6, number]),
			);
		},
	};
}

function range(text: string, port: number | undefined): AllowedHost | undefined {
	const whole = text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`;
	if (!ipaddr.isValidCIDR(whole)) return undefined;
	return { kind: "range", range: ipaddr.parseCIDR(whole), port };
}

function isFourPart(host: string): boolean {
	return ipaddr.IPv4.isValidFourPartDecimal(host);
}

function withoutDot(name: string): string {
	return name.endsWith(".") ? name.slice(0, -1) : name;
}
