import type { GuardInfo } from "../../lib/contracts/guards.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { sourceWords } from "../../lib/format/threat-words.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { ruleModes, threatCategories } from "../../proxy-core/contract/threats.ts";
import type { EnforcementChange, Exception } from "./guard-control.ts";

export const modeWords: Readonly<
	Record<RuleMode, { readonly label: string; readonly hint: string }>
> = {
	off: { label: "Off", hint: "Nothing is looked for." },
	monitor: { label: "Monitor", hint: "Recorded with what would have been done." },
	enforce: { label: "Enforce", hint: "Flagged, redacted or blocked." },
};

export const modeOptions = ruleModes.map((value) => ({ value, ...modeWords[value] }));

export function phaseWords({ phases }: Pick<GuardInfo, "phases">): string {
	const [reads, judges] = [phases.includes("request"), phases.includes("answer")];
	if (reads && judges) return "Requests and answers";
	return reads ? "Requests" : "Answers";
}

/** Where a guard or one of its rules was right or wrong in the last 24 hours. */
export function threatsHref(guard: string, rule?: string): `/${string}` {
	const query = new URLSearchParams({ tab: "events", range: "24h", guard });
	if (rule !== undefined) query.set("rule", rule);
	return `/threats?${query.toString()}`;
}

export interface GuardNames {
	readonly rule: (id: string) => string;
	readonly key: (id: string) => string;
	readonly team: (id: string) => string;
}

/** What an exception leaves alone: `Rule Private key, key CI runner, text “sample”`. */
export function exceptionWords(exception: Exception, names: GuardNames): string {
	const { rule, keyId, teamId, endpoint, source, text } = exception;
	const parts = [
		rule === undefined ? undefined : `rule ${names.rule(rule)}`,
		keyId === undefined ? undefined : `key ${names.key(keyId)}`,
		teamId === undefined ? undefined : `team ${names.team(teamId)}`,
		endpoint === undefined ? undefined : `endpoint ${endpoint}`,
		source === undefined ? undefined : `place ${sourceWords[source].toLowerCase()}`,
		text === undefined ? undefined : `text “${text}”`,
	];
	const words = parts.filter((part) => part !== undefined).join(", ");
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** In a sentence each, for the review before saving. */
export function enforcementWords({ begins, ends }: EnforcementChange): {
	readonly begins: string | undefined;
	readonly ends: string | undefined;
} {
	const rules = (ids: readonly string[]) => formatQuantity(ids.length, "rule");
	return {
		begins:
			begins.length === 0
				? undefined
				: `${rules(begins)} will be enforced: what is found in real traffic can be redacted or blocked.`,
		ends:
			ends.length === 0
				? undefined
				: `${rules(ends)} will no longer be enforced: what is found passes.`,
	};
}

export interface RuleFilter {
	readonly search: string;
	readonly category: string;
	/** A mode of its own, or `guard` for the rules without one. */
	readonly mode: string;
}

export function readRuleFilter(params: Pick<URLSearchParams, "get">): RuleFilter {
	const oneOf = (name: string, values: readonly string[]) =>
		values.find((value) => value === params.get(name)) ?? "all";
	return {
		search: params.get("search") ?? "",
		category: oneOf("category", threatCategories),
		mode: oneOf("mode", ["guard", ...ruleModes]),
	};
}

/** A rule with the mode that the draft gives it; null: as its guard. */
export type RuleRow = GuardInfo["rules"][number];

/** Those with hits first, the rest in the guard's own order. */
export function filterRules(rows: readonly RuleRow[], filter: RuleFilter): readonly RuleRow[] {
	const wanted = filter.search.trim().toLowerCase();
	return rows
		.filter(
			({ id, title, category, mode }) =>
				(filter.category === "all" || category === filter.category) &&
				(filter.mode === "all" || (mode ?? "guard") === filter.mode) &&
				(wanted === "" || `${id}\n${title}`.toLowerCase().includes(wanted)),
		)
		.toSorted((a, b) => b.hits.found - a.hits.found);
}
