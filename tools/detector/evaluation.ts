import { createHmac } from "node:crypto";
import type { Settings } from "../../proxy-core/contract/settings.ts";
import { defaultSettings } from "../../proxy-core/contract/settings.ts";
import { openaiDialect } from "../../proxy-core/dialects/openai/dialect.ts";
import { compileFirewall } from "../../proxy-core/firewall/compile-firewall.ts";
import type { GuardServices } from "../../proxy-core/guards/guard-services.ts";
import { compileGuards } from "../../proxy-core/guards/registry.ts";
import type { Exchange } from "../../proxy-core/http/exchange.ts";
import type { Identified, Received } from "../../proxy-core/pipeline/context.ts";
import { createTrace } from "../../proxy-core/pipeline/trace.ts";
import { indexQuotas } from "../../proxy-core/quotas/quota-index.ts";
import type { Snapshot } from "../../proxy-core/snapshot.ts";

const offline = (): Promise<never> => Promise.reject(new Error("An evaluation asks nobody."));

/** What guards may ask of the world while they are evaluated: nothing. */
export const offlineServices: GuardServices = {
	fetch: offline,
	askModel: offline,
	keyedDigest: (purpose, tenant, text) =>
		createHmac("sha256", "evaluation")
			.update(JSON.stringify([purpose, tenant, text]))
			.digest("hex"),
	now: () => Date.now(),
};

/** A request's head as the stages want it, under the settings of a fresh installation unless told otherwise. */
export function createArrivals(settings: Settings = defaultSettings): () => Received & Identified {
	const snapshot: Snapshot = {
		version: 1,
		settings,
		keys: new Map(),
		targets: new Map(),
		targetsByModel: new Map(),
		routes: new Map(),
		wildcards: [],
		quotas: indexQuotas([]),
		firewall: compileFirewall(settings.firewall),
		guards: compileGuards(settings),
		plugins: [],
		priceVersion: "none",
	};
	const exchange = silentExchange();
	return () => ({
		requestId: "evaluation",
		receivedAt: 0,
		endpoint: "chat.completions",
		dialect: openaiDialect,
		exchange,
		snapshot,
		trace: createTrace(performance.now()),
		caller: { kind: "console", userId: "evaluation" },
	});
}

/** The body of a request in which a person says one text. */
export function bodyWith(text: string): Uint8Array {
	return Buffer.from(JSON.stringify({ model: "any", messages: [{ role: "user", content: text }] }));
}

function silentExchange(): Exchange {
	const nothing = () => {};
	return {
		incoming: {
			method: "POST",
			path: "/v1/chat/completions",
			headers: {},
			ip: "127.0.0.1",
			signal: new AbortController().signal,
			readBody: async () => new Uint8Array(),
		},
		outgoing: {
			begin: nothing,
			write: () => undefined,
			end: nothing,
			abort: nothing,
			hasBegun: () => false,
			bytesSent: () => 0,
		},
	};
}
