import type { Severity, ThreatCategory } from "../../contract/threats.ts";
import { severities, threatCategories } from "../../contract/threats.ts";
import data from "./rules.json" with { type: "json" };

export interface InjectionRule {
	readonly id: string;
	readonly title: string;
	readonly category: ThreatCategory;
	readonly severity: Severity;
	/** 0 to 1: how sure a match alone makes us. */
	readonly weight: number;
	/** Where it means something: everywhere, or only in what no person wrote to the model. */
	readonly scope: "any" | "document";
}

export interface RuleRecord extends Pick<InjectionRule, "id" | "title" | "weight"> {
	readonly category: string;
	readonly severity: string;
	readonly scope?: string;
	readonly steps?: readonly string[];
	readonly literals?: readonly string[];
}

export const ruleRecords: readonly RuleRecord[] = data.rules;

/** Texts that rules look for as they stand, in lower case. */
export const ruleLiterals: readonly string[] = ruleRecords.flatMap(({ literals = [] }) => literals);

/** Every shipped rule, as the data file has them. */
export const injectionRules: readonly InjectionRule[] = ruleRecords.map((record: RuleRecord) => ({
	id: record.id,
	title: record.title,
	category: threatCategories.find((category) => category === record.category) ?? "other",
	severity: severities.find((severity) => severity === record.severity) ?? "medium",
	weight: record.weight,
	scope: record.scope === "document" ? "document" : "any",
}));
