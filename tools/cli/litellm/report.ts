import type { Applied } from "./apply-plan.ts";
import type { ImportPlan, PlannedBudget } from "./import-plan.ts";
import type { Note } from "./notes.ts";

export interface ReportInput {
	readonly plan: ImportPlan;
	/** Where the plan was put in force or looked at. */
	readonly place: string;
	/** Undefined: nothing was changed. */
	readonly applied: Applied | undefined;
	/** Providers whose address the gateway refuses until the environment allows it. */
	readonly refused: readonly { readonly provider: string; readonly host: string }[];
}

/** What was or would be made, and what could not be, for the person at the terminal. No secret but new keys. */
export function renderReport({ plan, place, applied, refused }: ReportInput): string {
	const blocks = [
		applied === undefined
			? [`Nothing is changed (--dry-run). In ${place} this would be made:`]
			: [`Imported into ${place}:`, ...talliesOf(applied)],
		applied === undefined ? listOf(plan) : [],
		titled("Left as people set it", applied?.kept ?? []),
		titled(
			"Set LLMPROXY_EGRESS_ALLOW before the gateway may call these",
			refused.map(({ provider, host }) => `${provider}: ${host} is private or local`),
		),
		titled("Carried over with a difference", notesOf(plan, "changed")),
		titled("Not carried over", notesOf(plan, "left")),
		titled("New keys, shown only this once", keysOf(applied)),
	];
	return `${blocks
		.filter((lines) => lines.length > 0)
		.map((lines) => lines.join("\n"))
		.join("\n\n")}\n`;
}

function titled(title: string, items: readonly string[]): readonly string[] {
	return items.length === 0 ? [] : [`${title}:`, ...items.map((item) => `  ${item}`)];
}

function talliesOf({ tallies }: Applied): readonly string[] {
	return Object.entries(tallies)
		.filter(([, { created, updated, unchanged }]) => created + updated + unchanged > 0)
		.map(([what, counts]) => {
			const parts = Object.entries(counts).filter(([, count]) => count > 0);
			return `  ${what}: ${parts.map(([effect, count]) => `${count} ${effect}`).join(", ")}`;
		});
}

function listOf({ providers, routes, prices, timeouts, budgets, keys, settings }: ImportPlan) {
	const verbs = { create: "new", update: "brought up to date", use: "there already, models added" };
	const changes = Object.entries(settings).flatMap(([group, part]) =>
		Object.entries(part).map(([name, value]) => `${group}.${name} = ${JSON.stringify(value)}`),
	);
	return [
		titled(
			"Providers",
			providers.map(
				({ id, kind, models, action }) =>
					`${id} (${kind}, ${models.length} models; ${verbs[action]})`,
			),
		),
		titled(
			"Routes",
			routes.map(({ name, strategy, entries, fallbacks }) => {
				const targets = entries.map(({ target, weight }) => `${target} ×${weight}`).join(", ");
				const others = Object.entries(fallbacks).filter(([, names]) => names.length > 0);
				const after = others.map(([reason, names]) => `${reason}: ${names.join(", ")}`);
				return `${name} → ${[`${targets} (${strategy})`, ...after].join("; ")}`;
			}),
		),
		titled(
			"Prices",
			prices.map(({ provider, model, note }) => `${provider}/${model} (${note})`),
		),
		titled(
			"Timeouts",
			timeouts.map(({ target, timeouts: own }) => `${target}: ${own.totalMs} ms`),
		),
		titled("Budgets and limits", budgets.map(budgetLine)),
		titled(
			"Keys",
			keys.map(({ name, token }) => `${name} (${token === undefined ? "issued anew" : "kept"})`),
		),
		titled("Settings", changes),
	].flat();
}

function budgetLine({ title, unit, window, hardLimit }: PlannedBudget): string {
	const amount = unit === "usd" ? `$${(hardLimit / 1_000_000).toFixed(2)}` : `${hardLimit} ${unit}`;
	return `${title}: ${amount}${window === "total" ? "" : ` each ${window}`}`;
}

function notesOf({ notes }: ImportPlan, kind: Note["kind"]): readonly string[] {
	return notes
		.filter((note) => note.kind === kind)
		.toSorted((a, b) => (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER))
		.map(
			({ place, line, text }) => `${line === undefined ? "" : `line ${line}, `}${place}: ${text}`,
		);
}

function keysOf(applied: Applied | undefined): readonly string[] {
	return (applied?.issued ?? []).map(({ name, token }) => `${name}  ${token}`);
}
