import { americanRules } from "./americas.ts";
import { asianRules } from "./asia.ts";
import { germanRules } from "./germany.ts";
import type { IdentifierRule } from "./identifier-rule.ts";
import { northernAndEasternEuropeanRules } from "./northern-and-eastern-europe.ts";
import { oceanianAndAfricanRules } from "./oceania-and-africa.ts";
import { britishRules } from "./united-kingdom.ts";
import { vatRules } from "./vat-numbers.ts";
import { westernEuropeanRules } from "./western-europe.ts";

/** All numbers and codes of a fixed form; of two that fit equally well the earlier wins. */
export const identifierRules: readonly IdentifierRule[] = [
	...americanRules,
	...britishRules,
	...oceanianAndAfricanRules,
	...asianRules,
	...westernEuropeanRules,
	...germanRules,
	...northernAndEasternEuropeanRules,
	...vatRules,
];
