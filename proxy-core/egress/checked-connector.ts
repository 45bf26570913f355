import type { LookupAddress, LookupOptions } from "node:dns";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { GatewayError } from "../errors/gateway-error.ts";
import type { AddressReason } from "./address-rules.ts";
import { refusedAddress } from "./address-rules.ts";
import type { AllowList } from "./allow-list.ts";
import { reasonAgainstHost, refusal } from "./check-url.ts";

/** `dns.lookup` in its form with `all: true`. */
export type Lookup = (
	hostname: string,
	options: LookupOptions & { readonly all: true },
	callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

type NetLookup = (
	hostname: string,
	options: LookupOptions,
	callback: (
		error: Error | null,
		address: string | LookupAddress[],
		family?: number | undefined,
	) => void,
) => void;

interface ConnectorOptions {
	readonly origin: URL;
	readonly allowList: AllowList;
	readonly lookup: Lookup;
	readonly timeoutMs: number;
}

/**
 * Opens sockets for one origin. The name is resolved exactly once per socket, by the lookup that
 * `net.connect` itself uses, and every answer is judged there: what was judged is what is dialled,
 * so a second, different DNS answer has no chance. One refused answer refuses the name: a name that
 * points both outside and inside is not a mistake.
 */
export function checkedConnector(options: ConnectorOptions): buildConnector.connector {
	const { origin, allowList } = options;
	const port = Number(origin.port) || (origin.protocol === "https:" ? 443 : 80);
	const connect = buildConnector({
		allowH2: false,
		timeout: options.timeoutMs,
		lookup: checkedLookup(port, options),
	});
	return (target, callback) => {
		if (
			target.socketPath != null ||
			(target.protocol !== "http:" && target.protocol !== "https:")
		) {
			return callback(refusal("scheme"), null);
		}
		const reason = reasonAgainstHost(target.hostname, port, allowList);
		if (reason !== undefined) return callback(refusal(reason), null);
		// undici leaves the brackets on and `net.connect` would take "[::1]" for a name.
		const bare = target.hostname.replace(/^\[|\]$/g, "");
		connect({ ...target, hostname: isIP(bare) === 0 ? target.hostname : bare }, callback);
	};
}

function checkedLookup(port: number, { allowList, lookup }: ConnectorOptions): NetLookup {
	return (hostname, options, callback) => {
		lookup(hostname, { ...options, all: true }, (error, addresses) => {
			const first = addresses?.[0];
			if (error !== null || first === undefined) {
				return callback(new GatewayError("upstream.refused", { cause: error }), []);
			}
			const reason = allowList.allowsName(hostname, port)
				? undefined
				: reasonAgainstAny(addresses, port, allowList);
			if (reason !== undefined) return callback(refusal(reason), []);
			if (options.all === true) callback(null, addresses);
			else callback(null, first.address, first.family);
		});
	};
}

function reasonAgainstAny(
	addresses: readonly LookupAddress[],
	port: number,
	allowList: AllowList,
): AddressReason | undefined {
	for (const { address } of addresses) {
		if (allowList.allowsAddress(address, port)) continue;
		const reason = refusedAddress(address);
		if (reason !== undefined) return reason;
	}
	return undefined;
}
