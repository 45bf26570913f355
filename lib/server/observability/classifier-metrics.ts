import type { Registry } from "prom-client";
import { Counter, Gauge } from "prom-client";
import type { ClassifierReport } from "../classifier/classifier.ts";
import { jobOutcomes } from "../classifier/job-queue.ts";

/** The heavy classifier's numbers, read when metrics are fetched. */
export function exposeClassifier(registry: Registry, report: () => ClassifierReport): void {
	const registers = [registry];
	new Gauge({
		name: "llmproxy_classifier_up",
		help: "1 while the heavy classifier answers.",
		aggregator: "min",
		registers,
		collect() {
			this.set(report().isUp ? 1 : 0);
		},
	});
	new Gauge({
		name: "llmproxy_classifier_waiting",
		help: "Requests whose texts wait for the heavy classifier or are being scored.",
		registers,
		collect() {
			this.set(report().waiting);
		},
	});
	new Counter({
		name: "llmproxy_classifier_requests_total",
		help: "Requests whose texts the heavy classifier was asked about.",
		labelNames: ["outcome"],
		registers,
		collect() {
			this.reset();
			const { outcomes } = report();
			for (const outcome of jobOutcomes) this.inc({ outcome }, outcomes[outcome]);
		},
	});
	const total = (name: string, help: string, read: () => number): void => {
		new Counter({
			...{ name, help, registers },
			collect() {
				this.reset();
				this.inc(read());
			},
		});
	};
	total("llmproxy_classifier_texts_total", "Texts that it scored.", () => report().texts);
	total(
		"llmproxy_classifier_seconds_total",
		"Waiting and scoring, over all answered requests.",
		() => report().seconds,
	);
}
