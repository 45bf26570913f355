import { classifierRules } from "../../shield/detector.ts";
import { injectionRules } from "../../shield/rules/rule-data.ts";
import type { GuardRule } from "../define-guard.ts";
import { heavyRule } from "./suspects.ts";

/** The rules of the data file, and what classifiers say without naming one. */
export const promptInjectionRules: readonly GuardRule[] = [
	...injectionRules.map(({ id, title, category, severity }) => ({ id, title, category, severity })),
	{
		id: classifierRules.text,
		title: "Reads like an attack (classifier)",
		category: "injection",
		severity: "high",
	},
	{
		id: classifierRules.document,
		title: "Reads like instructions to the model inside data (classifier)",
		category: "injection",
		severity: "high",
	},
	{
		id: heavyRule,
		title: "Reads like an attack (heavy classifier)",
		category: "injection",
		severity: "high",
	},
];
