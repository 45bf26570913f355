import type { Gateway } from "../../../proxy-core/gateway.ts";
import { mergeViews } from "../../../proxy-core/routing/merge-views.ts";
import type { RoutingDesk } from "../../../proxy-core/routing/routing-desk.ts";
import { createRoutingDesk } from "../../../proxy-core/routing/routing-desk.ts";
import type { TargetView } from "../../../proxy-core/routing/target-board.ts";
import { untried } from "../../../proxy-core/routing/target-board.ts";
import type { Snapshot } from "../../../proxy-core/snapshot.ts";
import type { ConfigurationStore } from "../configuration/configuration-store.ts";
import type { SegmentedJournal } from "../journal/journal.ts";
import { createMachineMetrics } from "../observability/machine-metrics.ts";
import type { ProcessMeter } from "../observability/meter.ts";
import type { BoardReport } from "./messages.ts";
import type { PrimaryLink } from "./primary-link.ts";
import type { Answers, Workers } from "./workers.ts";

/** What the console shows and changes of the gateway: that of all processes of this machine. */
export interface Machine {
	/** As all processes see their targets at this moment. */
	readonly routing: () => Promise<RoutingDesk>;
	/** A health check counts in every process. */
	readonly checked: RoutingDesk["checked"];
	readonly configuration: ConfigurationStore;
	/** Journal lines that are not in the database yet. */
	readonly journalBacklog: () => number;
}

/** What there is in each process. */
export interface OwnParts {
	readonly gateway: Gateway;
	readonly configuration: ConfigurationStore;
	readonly journal: Pick<SegmentedJournal, "backlog" | "isHealthy">;
	readonly meter: ProcessMeter;
}

/** A page waits this long for a worker that is busy. */
const viewTimeoutMs = 500;
/** Longer than any reload takes while the database is well. */
const reloadTimeoutMs = 2000;
const metricsTimeoutMs = 2000;

/** One process is the whole machine. */
export function machineOfOne({ gateway, configuration, journal }: OwnParts): Machine {
	return {
		routing: async () => gateway.routing,
		checked: gateway.routing.checked,
		configuration,
		journalBacklog: journal.backlog,
	};
}

/** The primary speaks for its workers; its own gateway serves the playground. */
export function machineOfWorkers(own: OwnParts, workers: Workers): Machine {
	const { gateway, configuration, journal, meter } = own;
	const metrics = createMachineMetrics({ workers: workers.count });
	workers.onEnd(metrics.retire);
	workers.answer({
		metrics: async () => {
			const [mine, theirs] = await Promise.all([
				meter.report(),
				workers.askAll("metrics", null, metricsTimeoutMs),
			]);
			return metrics.render(mine, theirs);
		},
	});
	return {
		routing: async () => {
			const reports = await workers.askAll("board", null, viewTimeoutMs);
			return mergedDesk({ own, reports, checked });
		},
		checked,
		configuration: {
			...configuration,
			// Who has just made a key in the console may use it with the next request.
			changed: async (change) => {
				await configuration.changed(change);
				await workers.askAll("reload", null, reloadTimeoutMs);
			},
		},
		journalBacklog: () => journal.backlog() + workers.journalBacklog(),
	};

	function checked(...[provider, check]: Parameters<RoutingDesk["checked"]>): void {
		gateway.routing.checked(provider, check);
		void workers.askAll("checked", { provider, check }, viewTimeoutMs);
	}
}

/** A worker answers for itself when the primary asks. */
export function serveMachine(own: OwnParts, primary: PrimaryLink): void {
	const { gateway, configuration, journal, meter } = own;
	primary.answer({
		reload: async () => {
			await configuration.reload();
			return null;
		},
		board: () => reportBoard(gateway.routing, configuration.current()),
		metrics: meter.report,
		checked: ({ provider, check }) => {
			gateway.routing.checked(provider, check);
			return null;
		},
	});
	primary.report(() => ({
		isJournalHealthy: journal.isHealthy(),
		journalBacklog: journal.backlog(),
	}));
}

function reportBoard(routing: RoutingDesk, { targets }: Snapshot): BoardReport {
	return [...targets.keys()].flatMap((id) => {
		const view = routing.view(id);
		return view === undefined ? [] : [[id, view] as const];
	});
}

interface Merging {
	readonly own: OwnParts;
	readonly reports: Answers<"board">;
	readonly checked: RoutingDesk["checked"];
}

function mergedDesk({ own, reports, checked }: Merging): RoutingDesk {
	const { gateway, configuration } = own;
	const told = new Map<string, TargetView[]>();
	const add = ([id, view]: BoardReport[number]) => {
		const known = told.get(id);
		if (known === undefined) told.set(id, [view]);
		else known.push(view);
	};
	for (const entry of reportBoard(gateway.routing, configuration.current())) add(entry);
	for (const report of reports.values()) for (const entry of report ?? []) add(entry);
	const views = new Map([...told].map(([id, each]) => [id, mergeViews(each)] as const));
	const board = {
		view: ({ id }: { readonly id: string }) => views.get(id),
		standing: ({ id }: { readonly id: string }) => views.get(id) ?? untried,
		// Every process takes turns of its own, so there is no next one for all.
		peekTurn: () => 0,
		checked: () => {},
	};
	return { ...createRoutingDesk({ board, snapshots: configuration }), checked };
}
