import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { SettledRecord } from "../../../proxy-core/contract/settled-record.ts";
import type { Meter } from "../../../proxy-core/ports.ts";
import type { ClassifierReport } from "../classifier/classifier.ts";
import { exposeClassifier } from "./classifier-metrics.ts";
import type { MetricsReport } from "./machine-metrics.ts";
import type { Count, Distribution } from "./series.ts";
import { add, createCounts, createDistributions, observe } from "./series.ts";

export interface MeterOptions {
	/** Read when metrics are fetched. */
	readonly journalBacklog: () => number;
	readonly databaseUp: () => boolean;
	/** Absent when none is configured. */
	readonly classifier?: (() => ClassifierReport) | undefined;
}

/** Everything that is counted for one combination of labels, looked up once and kept. */
interface Children {
	readonly requests: Count;
	readonly duration: Distribution;
	readonly overhead: Distribution;
	readonly firstByte: Distribution;
	readonly inputTokens: Count;
	readonly outputTokens: Count;
	readonly cost: Count;
	readonly unpriced: Count;
}

/** More combinations than this cannot come from the configuration; they share one row. */
const combinationsMax = 5000;
const secondsBuckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const overheadBuckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1];

/** The meter of one process, which can also be added to those of others. */
export interface ProcessMeter extends Meter {
	readonly report: () => Promise<MetricsReport>;
}

/** Prometheus metrics of this process. Names follow Prometheus: base units, `_total` for counters. */
export function createMeter({
	journalBacklog,
	databaseUp,
	classifier,
}: MeterOptions): ProcessMeter {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry });
	const instruments = createInstruments(registry);
	let running = 0;
	createGauge(registry, {
		name: "llmproxy_requests_in_flight",
		help: "Requests being served now.",
		read: () => running,
	});
	createGauge(registry, {
		name: "llmproxy_journal_backlog",
		help: "Settled requests that are not in the database yet.",
		read: journalBacklog,
	});
	createGauge(registry, {
		name: "llmproxy_database_up",
		help: "1 while the database answers.",
		read: () => (databaseUp() ? 1 : 0),
		aggregator: "min",
	});
	if (classifier !== undefined) exposeClassifier(registry, classifier);
	const known = new Map<string, Children>();

	const childrenFor = (record: SettledRecord): Children => {
		const labels = [
			record.endpoint,
			record.provider ?? "",
			record.model ?? "",
			record.outcome,
			record.errorCode ?? "",
		] as const;
		const name = labels.join("\n");
		const found = known.get(name);
		if (found !== undefined) return found;
		const isFull = known.size >= combinationsMax;
		const made = instruments.childrenOf(
			isFull ? ["other", "other", "other", record.outcome, ""] : labels,
		);
		if (!isFull) known.set(name, made);
		return made;
	};

	return {
		requestStarted: () => {
			running += 1;
		},
		requestSettled: (record) => {
			running -= 1;
			const children = childrenFor(record);
			add(children.requests, 1);
			observe(children.duration, record.durationMs / 1000);
			observe(children.overhead, record.overheadMs / 1000);
			if (record.firstByteMs !== null) observe(children.firstByte, record.firstByteMs / 1000);
			if (record.usage !== null) {
				add(children.inputTokens, record.usage.inputTokens);
				add(children.outputTokens, record.usage.outputTokens);
			}
			if (record.costMicroUsd !== null) add(children.cost, record.costMicroUsd / 1_000_000);
			if (record.isUnpriced) add(children.unpriced, 1);
		},
		render: () => registry.metrics(),
		report: () => registry.getMetricsAsJSON(),
		contentType: registry.contentType,
	};
}

type Labels = readonly [
	endpoint: string,
	provider: string,
	model: string,
	outcome: string,
	code: string,
];

function createInstruments(registry: Registry) {
	const counter = (name: string, help: string, labelNames: readonly string[]) =>
		createCounts(registry, { name, help, labelNames });
	const histogram = (name: string, help: string, bounds: readonly number[]) =>
		createDistributions(registry, { name, help, bounds, labelNames: ["endpoint", "provider"] });
	const model = ["provider", "model"];
	const requests = counter("llmproxy_requests_total", "Settled requests.", [
		"endpoint",
		"provider",
		"model",
		"outcome",
		"code",
	]);
	const duration = histogram(
		"llmproxy_request_duration_seconds",
		"From head to last byte.",
		secondsBuckets,
	);
	const overhead = histogram(
		"llmproxy_overhead_seconds",
		"Time spent in the gateway itself.",
		overheadBuckets,
	);
	const firstByte = histogram(
		"llmproxy_first_byte_seconds",
		"From head to first byte.",
		secondsBuckets,
	);
	const tokens = counter("llmproxy_tokens_total", "Tokens as providers bill them.", [
		...model,
		"direction",
	]);
	const cost = counter(
		"llmproxy_cost_usd_total",
		"Cost by the price catalogue, in US dollars.",
		model,
	);
	const unpriced = counter(
		"llmproxy_unpriced_requests_total",
		"Requests whose cost is unknown.",
		model,
	);
	return {
		childrenOf: ([endpoint, provider, name, outcome, code]: Labels): Children => ({
			requests: requests(endpoint, provider, name, outcome, code),
			duration: duration(endpoint, provider),
			overhead: overhead(endpoint, provider),
			firstByte: firstByte(endpoint, provider),
			inputTokens: tokens(provider, name, "input"),
			outputTokens: tokens(provider, name, "output"),
			cost: cost(provider, name),
			unpriced: unpriced(provider, name),
		}),
	};
}

interface GaugeDescription {
	readonly name: string;
	readonly help: string;
	readonly read: () => number;
	/** How those of several processes become one. */
	readonly aggregator?: "sum" | "min";
}

function createGauge(
	registry: Registry,
	{ name, help, read, aggregator = "sum" }: GaugeDescription,
): Gauge {
	return new Gauge({
		name,
		help,
		aggregator,
		registers: [registry],
		collect() {
			this.set(read());
		},
	});
}
