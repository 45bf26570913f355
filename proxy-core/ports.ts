import type { QuotaUnit } from "./contract/quota.ts";
import type { EndpointId, SettledRecord } from "./contract/settled-record.ts";
import type { VerdictAction } from "./contract/verdict.ts";
import type { Egress } from "./egress/egress.ts";
import type { Caller } from "./pipeline/context.ts";
import type { QuotaDesk } from "./quotas/quota-desk.ts";
import type { TextClassifier } from "./shield/text-classifier.ts";
import type { AnswerSigner } from "./signing/answer-signer.ts";
import type { Snapshot } from "./snapshot.ts";
import type { ThreatLedger } from "./threat-ledger/threat-ledger.ts";

/** A request as it was sent, for trying policies on. */
export interface RecordedRequest {
	readonly requestId: string;
	/** Epoch milliseconds. */
	readonly receivedAt: number;
	readonly endpoint: EndpointId;
	readonly caller: Caller;
	/** JSON, before anything was masked. */
	readonly body: Uint8Array;
	/** What the policy of that moment did. */
	readonly action: VerdictAction;
}

/** Keeps requests when operators want that. Never waits and never throws: what cannot be kept is left out. */
export interface Recorder {
	readonly record: (request: RecordedRequest) => void;
}

/** The configuration in force now. Never blocks, never touches a database. */
export interface SnapshotSource {
	readonly current: () => Snapshot;
}

export interface Journal {
	/**
	 * Makes a settled request durable before its last byte leaves: one append to a local file, shared
	 * by all that settle at the same moment. Rejects with `internal.unavailable` when the disk refuses.
	 */
	readonly append: (record: SettledRecord) => Promise<void>;
	/** Whether the last append succeeded; unhealthy journals make the node unready. */
	readonly isHealthy: () => boolean;
}

/** Counters and histograms. Labels are bounded: providers and models of the snapshot, codes of the catalogue. */
export interface Meter {
	readonly requestStarted: () => void;
	readonly requestSettled: (record: SettledRecord) => void;
	/** Prometheus text format. */
	readonly render: () => Promise<string>;
	readonly contentType: string;
}

/** Structured log. Fields are redacted by the implementation; never pass credentials or conversation text. */
export interface Log {
	readonly info: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
	readonly warn: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
	readonly error: (message: string, fields?: Readonly<Record<string, unknown>>) => void;
}

export interface NodeHealth {
	readonly database: "up" | "down";
	/** Whether all gateway processes of this machine are well; absent when there is only this one. */
	readonly workers?: "up" | "down";
	/** Whether the heavy classifier answers; absent when none is configured. */
	readonly classifier?: "up" | "down";
}

/** One counter in one window. Instants are epoch milliseconds. */
export interface CounterKey {
	readonly counter: string;
	readonly windowStart: number;
}

/** What a node wants of a counter. Amounts are whole and never negative. */
export interface QuotaAsk extends CounterKey {
	readonly unit: QuotaUnit;
	/** Null: never. */
	readonly windowEnd: number | null;
	readonly limit: number;
	/** Goes back before anything is taken. */
	readonly returned: number;
	/** Taken while the store was away, on this node's own account; counts beyond the limit too. */
	readonly owed: number;
	/** What waiting requests need together; 0: take nothing. */
	readonly need: number;
	/** With less than this none of them is helped, and nothing is taken. */
	readonly least: number;
}

/** What all nodes know of a counter, and what this node holds of it, just after an exchange. */
export interface QuotaGrant {
	readonly granted: number;
	readonly spent: number;
	readonly leased: number;
	/** Null for units that are drawn and not leased: requests and tokens. */
	readonly lease: QuotaLease | null;
}

export interface QuotaLease {
	/** What the node has set aside; what the ledger charged is gone from it already. */
	readonly amount: number;
	/** Everything that the ledger ever charged to this node here. */
	readonly charged: number;
}

/**
 * Counters that all nodes share. Money and parallel requests are leased: a lease that is not renewed
 * in time goes back to everybody. Requests and tokens are drawn: what was taken counts as used until
 * its window ends. Whatever happens at once, spent + leased never exceeds the limit through a grant.
 */
export interface QuotaStore {
	readonly exchange: (ask: QuotaAsk) => Promise<QuotaGrant>;
	/** Keeps leases of this node, and says what is left of them; those that are gone are left out. */
	readonly renew: (
		keys: readonly CounterKey[],
	) => Promise<readonly (CounterKey & Omit<QuotaGrant, "granted">)[]>;
	/** Gives every lease of this node back. */
	readonly release: () => Promise<void>;
}

/** What the core needs from outside. `lib/server/boot.ts` hands the adapters in. */
export interface GatewayPorts {
	readonly snapshots: SnapshotSource;
	readonly journal: Journal;
	readonly meter: Meter;
	readonly log: Log;
	/** The way out; checks every address that people configured. */
	readonly egress: Pick<Egress, "dispatcher" | "fetch">;
	/** 32 bytes that no other installation has; what is derived from personal data is keyed with it. */
	readonly digestKey: Uint8Array;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Distinguishes processes in records. */
	readonly node: string;
	readonly health: () => NodeHealth;
	readonly signer: AnswerSigner;
	readonly recorder: Recorder;
	/** Budgets and limits that all nodes share. */
	readonly quotas: Pick<QuotaDesk, "reserve">;
	/** Scores and bans of whom requests come from. */
	readonly threats: ThreatLedger;
	/** Asked about texts that the shipped detector is not sure of; most installations have none. */
	readonly classifier?: TextClassifier;
}
