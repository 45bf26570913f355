import { createHmac } from "node:crypto";
import { defaultSettings } from "../../proxy-core/contract/settings.ts";
import { openaiDialect } from "../../proxy-core/dialects/openai/dialect.ts";
import { GatewayError } from "../../proxy-core/errors/gateway-error.ts";
import { compileFirewall } from "../../proxy-core/firewall/compile-firewall.ts";
import type { GuardServices } from "../../proxy-core/guards/guard-services.ts";
import { compileGuards } from "../../proxy-core/guards/registry.ts";
import type { Exchange } from "../../proxy-core/http/exchange.ts";
import type { Caller, Received } from "../../proxy-core/pipeline/context.ts";
import { createTrace } from "../../proxy-core/pipeline/trace.ts";
import { indexQuotas } from "../../proxy-core/quotas/quota-index.ts";
import type { Snapshot } from "../../proxy-core/snapshot.ts";
import { firewall } from "../../proxy-core/stages/firewall.ts";
import { parse } from "../../proxy-core/stages/parse.ts";
import { shield } from "../../proxy-core/stages/shield.ts";
import type { LabelledText } from "./dataset.ts";
import { standsInDocument } from "./dataset.ts";

export interface GatewayJudgement {
	/** Whether a person would hear of it: refused or flagged. */
	readonly isFlagged: boolean;
	/** Whether it was refused, or would have been if the rule were enforced. */
	readonly isRefused: boolean;
	/** Of the firewall and the shield together. */
	readonly microseconds: number;
}

/**
 * Who judges whether a text is an attack. Others find secrets, personal data or characters that nobody
 * sees, which is no verdict on the text.
 */
const layers: ReadonlySet<string> = new Set(["firewall", "prompt-injection"]);

/** Sends a text through the stages that look at it, with the settings of a fresh installation. */
export function createGatewayJudge(): (text: LabelledText) => Promise<GatewayJudgement> {
	const snapshot = emptySnapshot();
	const shieldStage = shield(offlineServices);
	return async (text) => {
		const body = Buffer.from(JSON.stringify(requestOf(text)));
		const received = receivedOf(snapshot);
		const begun = performance.now();
		let isRefused = false;
		try {
			const read = { ...received, caller, body };
			await firewall.run(read);
			const parsed = await parse.run(read);
			await shieldStage.run({ ...read, ...parsed });
		} catch (error) {
			if (!GatewayError.is(error) || error.status >= 500) throw error;
			isRefused = true;
		}
		const microseconds = (performance.now() - begun) * 1000;
		const found = received.trace.findings.filter(({ guard }) => layers.has(guard));
		return {
			isFlagged: isRefused || found.length > 0,
			isRefused: isRefused || found.some(({ wouldBe }) => wouldBe === "block"),
			microseconds,
		};
	};
}

const caller: Caller = { kind: "console", userId: "evaluation" };
const offline = (): Promise<never> => Promise.reject(new Error("An evaluation asks nobody."));
const offlineServices: GuardServices = {
	fetch: offline,
	askModel: offline,
	keyedDigest: (purpose, tenant, text) =>
		createHmac("sha256", "evaluation")
			.update(JSON.stringify([purpose, tenant, text]))
			.digest("hex"),
	now: () => Date.now(),
};

/** Documents stand as the result of a tool, behind a question that anybody could ask. */
function requestOf(text: LabelledText): unknown {
	if (!standsInDocument(text)) {
		return { model: "any", messages: [{ role: "user", content: text.text }] };
	}
	const call = { name: "read_document", arguments: '{"id":"1"}' };
	return {
		model: "any",
		messages: [
			{ role: "user", content: "What does the document say? Give me a short summary." },
			{
				role: "assistant",
				content: null,
				tool_calls: [{ id: "call_1", type: "function", function: call }],
			},
			{ role: "tool", tool_call_id: "call_1", content: text.text },
		],
	};
}

function receivedOf(snapshot: Snapshot): Received {
	return {
		requestId: "evaluation",
		receivedAt: 0,
		endpoint: "chat.completions",
		dialect: openaiDialect,
		exchange: silentExchange(),
		snapshot,
		trace: createTrace(performance.now()),
	};
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

function emptySnapshot(): Snapshot {
	return {
		version: 1,
		settings: defaultSettings,
		keys: new Map(),
		targets: new Map(),
		targetsByModel: new Map(),
		routes: new Map(),
		wildcards: [],
		quotas: indexQuotas([]),
		firewall: compileFirewall(defaultSettings.firewall),
		guards: compileGuards(defaultSettings),
		plugins: [],
		priceVersion: "none",
	};
}
