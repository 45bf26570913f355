import { parseAllowedHost } from "../../../proxy-core/egress/allow-list.ts";
import { createEgress } from "../../../proxy-core/egress/egress.ts";
import type { AnyProvider } from "../../../proxy-core/providers/define-provider.ts";
import { connectProvider, providers } from "../../../proxy-core/providers/registry.ts";
import { testConnection } from "./connection-test.ts";

/** A model server that answered. */
export interface LocalServer {
	readonly kind: string;
	readonly baseUrl: string;
	readonly models: readonly string[];
	readonly latencyMs: number;
}

export interface LocalScan {
	readonly found: readonly LocalServer[];
	/** `host:port`. */
	readonly asked: readonly string[];
}

/** Long enough for a busy machine; nobody waits for a closed port. */
const timeoutMs = 1500;
const hostsMax = 32;
const parallel = 8;

interface Place {
	readonly host: string;
	readonly port: number;
	/** Kinds that may listen there, the likeliest first. */
	readonly kinds: readonly AnyProvider[];
}

/**
 * Asks the usual ports of local model servers, on this machine and on hosts that the operator's allow
 * list names one by one. Loopback is open to this scan alone, and only at these ports; a range of the
 * list is not searched. Never throws.
 */
export async function scanLocalServers(allowedHosts: readonly string[]): Promise<LocalScan> {
	const places = placesToAsk(allowedHosts);
	const asked = places.map(({ host, port }) => `${host}:${port}`);
	const egress = createEgress({ allowedHosts: asked, connectTimeoutMs: timeoutMs });
	try {
		const waiting = [...places];
		const found: LocalServer[] = [];
		const ask = async () => {
			for (let place = waiting.shift(); place !== undefined; place = waiting.shift()) {
				const server = await identify(place, (kind, baseUrl) =>
					testConnection(egress, connectProvider(kind, { baseUrl }), timeoutMs),
				);
				if (server !== undefined) found.push(server);
			}
		};
		await Promise.all(Array.from({ length: parallel }, ask));
		return { found: found.toSorted((a, b) => (a.baseUrl < b.baseUrl ? -1 : 1)), asked };
	} finally {
		await egress.close();
	}
}

async function identify(
	{ host, port, kinds }: Place,
	test: (kind: AnyProvider, baseUrl: string) => ReturnType<typeof testConnection>,
): Promise<LocalServer | undefined> {
	for (const kind of kinds) {
		const baseUrl = addressOf(kind, host, port);
		const { ok, models, latencyMs } = await test(kind, baseUrl);
		if (ok) return { kind: kind.id, baseUrl, models, latencyMs };
	}
	return undefined;
}

function placesToAsk(allowedHosts: readonly string[]): readonly Place[] {
	const known = providers.filter((provider: AnyProvider) => provider.localPorts !== undefined);
	const hosts = allowedHosts.map(singleHost).filter((host) => host !== undefined);
	const places = new Map<string, Place>();
	for (const { host, port } of [
		{ host: "127.0.0.1", port: undefined },
		...hosts.slice(0, hostsMax),
	]) {
		const ports = port === undefined ? known.flatMap(portsOf) : [port];
		for (const each of ports) {
			const likely = known.filter((provider) => portsOf(provider).includes(each));
			const kinds = likely.length > 0 ? likely : known;
			places.set(`${host}:${each}`, { host, port: each, kinds });
		}
	}
	return [...places.values()];
}

function portsOf({ localPorts }: AnyProvider): readonly number[] {
	return localPorts ?? [];
}

/** Undefined for a range of addresses and for what cannot be read. */
function singleHost(entry: string): { host: string; port: number | undefined } | undefined {
	const allowed = parseAllowedHost(entry);
	if (allowed === undefined) return undefined;
	if (allowed.kind === "name") return { host: allowed.name, port: allowed.port };
	const [address, bits] = allowed.range;
	const isOne = bits === (address.kind() === "ipv4" ? 32 : 128);
	if (!isOne) return undefined;
	const text = address.toString();
	return { host: address.kind() === "ipv4" ? text : `[${text}]`, port: allowed.port };
}

/** The kind's usual address with another host and port: some have their API under a path. */
function addressOf(kind: AnyProvider, host: string, port: number): string {
	const usual = kind.settings.safeParse({});
	const baseUrl = usual.success ? (usual.data as { baseUrl?: unknown }).baseUrl : undefined;
	const path = typeof baseUrl === "string" ? new URL(baseUrl).pathname.replace(/\/$/, "") : "/v1";
	return `http://${host}:${port}${path}`;
}
