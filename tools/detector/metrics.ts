import type { LabelledText } from "./dataset.ts";

export interface JudgedText extends LabelledText {
	readonly isFlagged: boolean;
	readonly microseconds: number;
}

/** Fractions from 0 to 1; 0 where nothing was there to count. */
export interface Rates {
	readonly recall: number;
	readonly falseAlarms: number;
	readonly precision: number;
	readonly f1: number;
	readonly attacks: number;
	readonly benign: number;
}

export interface DetectorReport {
	readonly overall: Rates;
	readonly byCategory: Readonly<Record<string, Rates>>;
	readonly byLanguage: Readonly<Record<string, Rates>>;
	readonly bySource: Readonly<Record<string, Rates>>;
	readonly microsecondsPerText: TimePerText;
}

/** Microseconds. */
export interface TimePerText {
	readonly mean: number;
	readonly p99: number;
}

export function summarise(texts: readonly JudgedText[]): DetectorReport {
	return {
		overall: ratesOf(texts),
		byCategory: ratesBy(texts, ({ category }) => category),
		byLanguage: ratesBy(texts, ({ lang }) => lang),
		bySource: ratesBy(texts, ({ source }) => source),
		microsecondsPerText: summariseTimes(texts.map(({ microseconds }) => microseconds)),
	};
}

export function summariseTimes(microseconds: readonly number[]): TimePerText {
	const times = microseconds.toSorted((a, b) => a - b);
	const sum = times.reduce((total, time) => total + time, 0);
	return {
		mean: rounded(sum / Math.max(1, times.length), 1),
		p99: rounded(times[Math.floor(times.length * 0.99)] ?? 0, 1),
	};
}

function ratesBy(
	texts: readonly JudgedText[],
	key: (text: JudgedText) => string,
): Record<string, Rates> {
	const groups = [...Map.groupBy(texts, key)].sort(([a], [b]) => a.localeCompare(b));
	return Object.fromEntries(groups.map(([name, members]) => [name, ratesOf(members)]));
}

function ratesOf(texts: readonly JudgedText[]): Rates {
	const count = (isAttack: boolean, isFlagged: boolean): number =>
		texts.filter((text) => text.isAttack === isAttack && text.isFlagged === isFlagged).length;
	const hits = count(true, true);
	const attacks = hits + count(true, false);
	const alarms = count(false, true);
	const benign = alarms + count(false, false);
	const recall = hits / Math.max(1, attacks);
	const precision = hits / Math.max(1, hits + alarms);
	return {
		recall: rounded(recall, 4),
		falseAlarms: rounded(alarms / Math.max(1, benign), 4),
		precision: rounded(precision, 4),
		f1: rounded((2 * precision * recall) / Math.max(1e-9, precision + recall), 4),
		attacks,
		benign,
	};
}

function rounded(value: number, digits: number): number {
	return Number(value.toFixed(digits));
}

/** Aligned columns; percentages. */
export function formatReport(report: DetectorReport): string {
	const lines = [
		"                                   recall  false alarms  precision     F1   attacks  benign",
	];
	const add = (name: string, rates: Rates): void => {
		const { recall, falseAlarms, precision, f1, attacks, benign } = rates;
		const cells = [
			attacks === 0 ? "" : percent(recall),
			benign === 0 ? "" : percent(falseAlarms),
			attacks === 0 ? "" : percent(precision),
			attacks === 0 ? "" : percent(f1),
			String(attacks),
			String(benign),
		];
		const widths = [8, 14, 11, 8, 9, 8];
		lines.push(
			name.padEnd(33) + cells.map((cell, index) => cell.padStart(widths[index] ?? 8)).join(""),
		);
	};
	add("all", report.overall);
	for (const group of [report.byCategory, report.byLanguage, report.bySource]) {
		lines.push("");
		for (const [name, rates] of Object.entries(group)) add(name, rates);
	}
	if (report.microsecondsPerText.mean > 0) lines.push("", formatTimes(report.microsecondsPerText));
	return lines.join("\n");
}

export function formatTimes({ mean, p99 }: TimePerText): string {
	return `microseconds per text: mean ${mean}, p99 ${p99}`;
}

/** A fraction, in percent. */
export function percent(share: number): string {
	return (share * 100).toFixed(1);
}
