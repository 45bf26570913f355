import { lookup as dnsLookup } from "node:dns";
import { Agent, Dispatcher, Pool } from "undici";
import { createAllowList } from "./allow-list.ts";
import type { EgressAnswer, EgressRequest } from "./bounded-fetch.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { checkUrl } from "./check-url.ts";
import type { Lookup } from "./checked-connector.ts";
import { checkedConnector } from "./checked-connector.ts";

export interface EgressPolicy {
	/** `host`, `host:port`, address or CIDR range, each reachable though private. See `parseAllowedHost`. */
	readonly allowedHosts: readonly string[];
	/** Time to open a connection: DNS, TCP and TLS together. */
	readonly connectTimeoutMs: number;
}

/** The one way out of this process to addresses that people configure. */
export interface Egress {
	/**
	 * For undici's `request` and friends. Keeps connections alive per origin; never follows redirects;
	 * rejects with `egress.refused` or `upstream.refused` when connecting is not allowed or DNS fails.
	 * Stays the same object for good; `configure` changes what is behind it.
	 */
	readonly dispatcher: Dispatcher;
	/** Throws `egress.refused`. Cheap and synchronous: the literal URL only, without DNS. */
	readonly checkUrl: (url: string) => void;
	/** One bounded request for administration. Follows at most three redirects, each checked again. */
	readonly fetch: (input: EgressRequest) => Promise<EgressAnswer>;
	/**
	 * Puts another policy in force. Connections made under the old one finish their requests and close.
	 * Nothing happens when the policy is the same. Throws `TypeError` for an unreadable entry.
	 */
	readonly configure: (policy: EgressPolicy) => void;
	/** Lets running requests finish, then closes every connection. */
	readonly close: () => Promise<void>;
}

export interface EgressOptions extends EgressPolicy {
	/** Replaces DNS; for tests. */
	readonly lookup?: Lookup;
}

export function createEgress({ lookup = dnsLookup, ...initial }: EgressOptions): Egress {
	let policy: EgressPolicy = initial;
	let allowList = createAllowList(policy.allowedHosts);
	let agent = createAgent();
	const closing = new Set<Promise<void>>();

	function createAgent(): Agent {
		const settings = { allowList, lookup, timeoutMs: policy.connectTimeoutMs };
		return new Agent({
			allowH2: false,
			// A connector per origin: it knows its port, and so what the operator allowed for it.
			factory: (origin, options) =>
				new Pool(origin, {
					...options,
					// One stream occupies one HTTP/1.1 connection, so 500 streams need 500 of them. A bound is
					// kept all the same: a stuck provider must not eat every descriptor of the process.
					connections: 1024,
					// Never a second request behind a slow one.
					pipelining: 1,
					// Providers' own hints (`keep-alive: timeout=5`) shorten this; undici keeps a second's distance.
					keepAliveTimeout: 30_000,
					keepAliveMaxTimeout: 120_000,
					connect: checkedConnector({ ...settings, origin: new URL(origin) }),
				}),
		});
	}

	const check = (url: string): void => checkUrl(url, allowList);
	const dispatcher = new CurrentDispatcher(() => agent);
	return {
		dispatcher,
		checkUrl: check,
		fetch: (input) => boundedFetch({ dispatcher, checkUrl: check }, input),
		configure: (next) => {
			if (isSamePolicy(policy, next)) return;
			allowList = createAllowList(next.allowedHosts);
			policy = next;
			const old = agent;
			agent = createAgent();
			// Not awaited: streams of the old policy may take minutes. `close` waits for them.
			const closed = old.close().finally(() => closing.delete(closed));
			closing.add(closed);
		},
		close: async () => {
			await Promise.all([agent.close(), ...closing]);
		},
	};
}

/** undici accepts subclasses of its Dispatcher only. */
class CurrentDispatcher extends Dispatcher {
	readonly #current: () => Dispatcher;

	constructor(current: () => Dispatcher) {
		super();
		this.#current = current;
	}

	override dispatch(
		options: Dispatcher.DispatchOptions,
		handler: Dispatcher.DispatchHandler,
	): boolean {
		return this.#current().dispatch(options, handler);
	}
}

function isSamePolicy(a: EgressPolicy, b: EgressPolicy): boolean {
	return (
		a.connectTimeoutMs === b.connectTimeoutMs &&
		a.allowedHosts.length === b.allowedHosts.length &&
		a.allowedHosts.every((host, index) => host === b.allowedHosts[index])
	);
}
