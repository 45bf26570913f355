import type { TokenRule } from "../token-rule.ts";
import { aiTokens } from "./ai.ts";
import { cloudTokens } from "./cloud.ts";
import { codeTokens } from "./code.ts";
import { commerceTokens } from "./commerce.ts";
import { infrastructureTokens } from "./infrastructure.ts";
import { messagingTokens } from "./messaging.ts";

/**
 * Checked against the makers' own documentation or the shape of issued keys. Where a length is a
 * minimum, a longer run is taken whole, so that no rest of a key stays behind.
 */
export const tokenRules: readonly TokenRule[] = [
	...aiTokens,
	...cloudTokens,
	...codeTokens,
	...commerceTokens,
	...infrastructureTokens,
	...messagingTokens,
];
