import { isDeepStrictEqual } from "node:util";
import type { FirewallSettings, OwnSignature } from "../contract/firewall-settings.ts";
import type { RuleMode, Severity } from "../contract/threats.ts";
import type { PolicySubject } from "../guards/guard-policy.ts";
import { takeTurns } from "../text/take-turns.ts";
import type { Matcher } from "./compile-matcher.ts";
import { compileMatcher } from "./compile-matcher.ts";
import { signatures as shipped, signaturesVersion } from "./registry.ts";
import type { Sighting } from "./rule-mode.ts";
import { modeOf, severityOf } from "./rule-mode.ts";
import type { SearchResult } from "./search-body.ts";
import { searchBody } from "./search-body.ts";
import type { Signature } from "./signature.ts";

/**
 * The firewall of one snapshot. Its members are functions so that whoever only has the snapshot, such
 * as a service of the console, needs no second copy of all this.
 */
export interface CompiledFirewall {
	readonly mode: RuleMode;
	readonly matcher: Matcher;
	readonly own: readonly OwnSignature[];
	/** Of the signatures that this version came with. */
	readonly shippedVersion: string;
	/** Synchronous for short texts; longer ones are searched with pauses. */
	readonly search: (text: string) => SearchResult | Promise<SearchResult>;
	readonly modeOf: (sighting: Sighting, subject: PolicySubject) => RuleMode;
	readonly severityOf: (signature: Signature) => Severity;
	/** The same with other own signatures. */
	readonly withOwn: (own: readonly OwnSignature[]) => CompiledFirewall;
}

const shippedMatcher = compileMatcher(shipped);

/** What the settings mean in force. The matcher of `before` is kept while the own signatures are the same. */
export function compileFirewall(
	settings: FirewallSettings,
	before?: CompiledFirewall,
): CompiledFirewall {
	const { mode, own } = settings;
	const matcher = matcherFor(own, before);
	return {
		mode,
		matcher,
		own,
		shippedVersion: signaturesVersion,
		search: (text) => takeTurns(searchBody(matcher, text)),
		modeOf: (sighting, subject) => modeOf(settings, sighting, subject),
		severityOf: (signature) => severityOf(settings, signature),
		withOwn: (other) => compileFirewall({ ...settings, own: [...other] }),
	};
}

function matcherFor(own: readonly OwnSignature[], before: CompiledFirewall | undefined): Matcher {
	if (own.length === 0) return shippedMatcher;
	if (before !== undefined && isDeepStrictEqual(before.own, own)) return before.matcher;
	return compileMatcher([...shipped, ...own]);
}
