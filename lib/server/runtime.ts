import type { PrismaClient } from "../../prisma/generated/client.ts";
import type { Egress } from "../../proxy-core/egress/egress.ts";
import type { Gateway } from "../../proxy-core/gateway.ts";
import type { Log } from "../../proxy-core/ports.ts";
import type { RoutingDesk } from "../../proxy-core/routing/routing-desk.ts";
import type { Snapshot } from "../../proxy-core/snapshot.ts";
import type { Passwords } from "./auth/passwords.ts";
import type { SetupGate } from "./auth/setup-gate.ts";
import type { SignInLimiter } from "./auth/sign-in-limiter.ts";
import type { ClassifierLink } from "./classifier/share-classifier.ts";
import type { ConfigurationStore } from "./configuration/configuration-store.ts";
import type { Environment } from "./env.ts";
import type { EventBus } from "./events/event-bus.ts";
import type { LocalScan } from "./providers/local-scan.ts";
import type { ProviderKindCatalogue } from "./providers/provider-kind-catalogue.ts";
import type { SecretBox } from "./secrets/secret-box.ts";

/**
 * Everything that exists once per process. Built by `boot.ts`, read from here: a module-level
 * singleton would exist once per module graph, and Next makes several.
 */
export interface Runtime {
	readonly environment: Environment;
	readonly version: string;
	readonly log: Log;
	readonly prisma: PrismaClient;
	readonly gateway: Gateway;
	/** A chat completion in the name of a signed-in person, through the same pipeline as any other. */
	readonly playground: (
		request: Request,
		call: { readonly userId: string; readonly ip: string },
	) => Promise<Response>;
	/** How targets stand over all gateway processes of this machine, at the moment of the call. */
	readonly routing: () => Promise<RoutingDesk>;
	/** Applies changes of settings, keys and providers on this node and tells the others. */
	readonly configuration: ConfigurationStore;
	readonly snapshot: () => Snapshot;
	readonly events: EventBus;
	readonly secretBox: SecretBox;
	readonly egress: Egress;
	readonly providerKinds: ProviderKindCatalogue;
	/** Looks for model servers on this machine and on hosts that the operator allows. */
	readonly scanLocalServers: () => Promise<LocalScan>;
	/** Names this process among its fellows. */
	readonly node: string;
	/** Journal lines of this machine that are not in the database yet. */
	readonly journalBacklog: () => number;
	/** The heavy classifier of this machine; undefined when none is configured. */
	readonly classifier: Pick<ClassifierLink, "isUp"> | undefined;
	readonly passwords: Passwords;
	readonly setupGate: SetupGate;
	readonly signInLimiter: SignInLimiter;
	/** HS256 key for session cookies, derived from the master key. */
	readonly sessionKey: Uint8Array;
	/** Drains and stops everything; resolves when the database is stopped too. */
	readonly close: () => Promise<void>;
}

const slot = Symbol.for("llmproxy.runtime.v1");
type Holder = typeof globalThis & { [slot]?: Runtime };

/** The running system. Throws outside a started server, so `next build` cannot half-boot one. */
export function runtime(): Runtime {
	const current = (globalThis as Holder)[slot];
	if (current === undefined) {
		throw new Error("The runtime is not started; run `npm start`.");
	}
	return current;
}

/** Called once by `server.ts`, and by tests. */
export function installRuntime(next: Runtime): void {
	(globalThis as Holder)[slot] = next;
}
