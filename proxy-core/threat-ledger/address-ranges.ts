import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** Things kept by address or CIDR range; the narrowest range that holds an address is found first. */
export interface AddressRanges<T> {
	readonly put: (range: string, value: T) => void;
	readonly remove: (range: string) => void;
	/** Looks once for each length of range that is in use, however many ranges there are. */
	readonly find: (address: string) => T | undefined;
	readonly size: () => number;
}

interface Range {
	/** IPv4 as a number, which is much the faster; IPv6 needs more bits. */
	readonly bits: number | bigint;
	readonly isV4: boolean;
	readonly length: number;
}

export function createAddressRanges<T>(): AddressRanges<T> {
	const byLength = new Map<number, Map<Network, T>>();
	let size = 0;
	return {
		put: (text, value) => {
			const range = parseRange(text);
			if (range === undefined) return;
			const level = levelOf(range);
			const known = byLength.get(level) ?? new Map<Network, T>();
			byLength.set(level, known);
			const name = networkOf(range, range.length);
			if (!known.has(name)) size += 1;
			known.set(name, value);
		},
		remove: (text) => {
			const range = parseRange(text);
			if (range === undefined) return;
			const known = byLength.get(levelOf(range));
			if (known?.delete(networkOf(range, range.length)) !== true) return;
			size -= 1;
			if (known.size === 0) byLength.delete(levelOf(range));
		},
		find: (address) => {
			if (size === 0) return undefined;
			const own = parseRange(address);
			if (own === undefined) return undefined;
			let found: T | undefined;
			let narrowest = -1;
			for (const [level, known] of byLength) {
				const length = own.isV4 ? level - v4Level : level;
				if (length > own.length || length <= narrowest || level >= v4Level !== own.isV4) continue;
				const value = known.get(networkOf(own, length));
				if (value === undefined) continue;
				found = value;
				narrowest = length;
			}
			return found;
		},
		size: () => size,
	};
}

/** Lengths of IPv4 ranges are kept beside those of IPv6, from here on. */
const v4Level = 1000;

function levelOf({ isV4, length }: Range): number {
	return isV4 ? v4Level + length : length;
}

type Network = number | bigint;

function networkOf({ bits }: Range, length: number): Network {
	if (typeof bits === "number") return Math.floor(bits / 2 ** (32 - length));
	return bits >> BigInt(128 - length);
}

function parseRange(text: string): Range | undefined {
	const slash = text.indexOf("/");
	const bits = parseAddress(slash === -1 ? text : text.slice(0, slash));
	if (bits === undefined) return undefined;
	const isV4 = typeof bits === "number";
	const most = isV4 ? 32 : 128;
	const length = slash === -1 ? most : parseLength(text.slice(slash + 1));
	return length > most ? undefined : { bits, isV4, length };
}

function parseLength(text: string): number {
	return /^\d{1,3}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

function parseAddress(text: string): Network | undefined {
	const kind = isIP(text);
	if (kind === 4) {
		let bits = 0;
		for (const part of text.split(".")) bits = bits * 256 + Number(part);
		return bits;
	}
	if (kind === 0 || !ipaddr.isValid(text)) return undefined;
	const parsed = ipaddr.process(text);
	if (parsed.kind() === "ipv4") return parseAddress(parsed.toString());
	return parsed.toByteArray().reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}

/**
 * One way to write an address or range, so that the same one is never kept twice: IPv4 without its
 * length when it is one address, everything else as `network/length`. Undefined: it is neither.
 */
export function canonicalRange(text: string): string | undefined {
	const range = parseRange(text.trim());
	if (range === undefined) return undefined;
	const { isV4, length, bits } = range;
	const most = isV4 ? 32 : 128;
	const rest = BigInt(most - length);
	const network = (BigInt(bits) >> rest) << rest;
	const bytes = Array.from({ length: most / 8 }, (_, index) =>
		Number((network >> BigInt(most - 8 * (index + 1))) & 255n),
	);
	const address = ipaddr.fromByteArray(bytes).toString();
	return length === most && isV4 ? address : `${address}/${length}`;
}

/**
 * What counts as one caller: an IPv4 address, or the /64 of IPv6 that one household or machine has to
 * itself. Anything that is no address stands for itself.
 */
export function networkOfCaller(address: string): string {
	// Nearly all are IPv4, and those need no parsing.
	if (!address.includes(":")) return address;
	const bare = address.split("%", 1)[0] ?? address;
	if (!ipaddr.isValid(bare)) return address;
	const parsed = ipaddr.process(bare);
	if (parsed.kind() === "ipv4") return parsed.toString();
	return canonicalRange(`${parsed.toString()}/64`) ?? address;
}
