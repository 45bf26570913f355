import type { SettledRecord } from "./contract/settled-record.ts";
import type { Egress } from "./egress/egress.ts";
import type { Snapshot } from "./snapshot.ts";

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
}

/** What the core needs from outside. `lib/server/boot.ts` hands the adapters in. */
export interface GatewayPorts {
	readonly snapshots: SnapshotSource;
	readonly journal: Journal;
	readonly meter: Meter;
	readonly log: Log;
	/** The way out; checks every address that people configured. */
	readonly egress: Pick<Egress, "dispatcher">;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Distinguishes processes in records. */
	readonly node: string;
	readonly health: () => NodeHealth;
}
