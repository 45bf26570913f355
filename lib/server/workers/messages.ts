import type { TargetView } from "../../../proxy-core/routing/target-board.ts";
import type { HealthCheck } from "../../../proxy-core/routing/target-entry.ts";
import type { Environment } from "../env.ts";
import type { MetricsReport } from "../observability/machine-metrics.ts";

/** What a worker needs to know to begin. It carries credentials, so it travels between processes only. */
export interface WorkerOrder {
	readonly environment: Environment;
	readonly databaseUrl: string;
	/** Where the primary serves the console; undefined when it does not. */
	readonly consoleSocket: string | undefined;
}

/** What a worker says about itself once a second. */
export interface WorkerStatus {
	readonly isJournalHealthy: boolean;
	/** Lines that are not in the database yet. */
	readonly journalBacklog: number;
}

/** How the targets stand in one process, by id; those without a request since its start are left out. */
export type BoardReport = readonly (readonly [targetId: string, view: TargetView])[];

/** What the primary asks of a worker. */
export type WorkerTalk = {
	/** Answered once it listens. */
	readonly start: { readonly asked: WorkerOrder; readonly answered: null };
	/** Answered once the newest configuration is in force there. */
	readonly reload: { readonly asked: null; readonly answered: null };
	readonly board: { readonly asked: null; readonly answered: BoardReport };
	readonly metrics: { readonly asked: null; readonly answered: MetricsReport };
	/** A health check that the primary made counts in every process. */
	readonly checked: {
		readonly asked: { readonly provider: string; readonly check: Omit<HealthCheck, "atMs"> };
		readonly answered: null;
	};
	/** Whether all workers of this machine are ready. */
	readonly machine: { readonly asked: { readonly isReady: boolean }; readonly answered: null };
	/** Answered at once; the worker ends by itself when its requests have. */
	readonly stop: { readonly asked: null; readonly answered: null };
};

/** What a worker asks of the primary. */
export type PrimaryTalk = {
	readonly status: { readonly asked: WorkerStatus; readonly answered: null };
	/** The metrics of all processes of this machine, as text. */
	readonly metrics: { readonly asked: null; readonly answered: string };
	/** One score a text, by the machine's heavy classifier. `job` is unique among all workers. */
	readonly classify: {
		readonly asked: { readonly job: string; readonly texts: readonly string[] };
		readonly answered: readonly number[];
	};
	/** Nobody waits for that job any more. */
	readonly unclassify: {
		readonly asked: { readonly job: string; readonly isLate: boolean };
		readonly answered: null;
	};
	readonly classifierUp: { readonly asked: null; readonly answered: boolean };
};
