import { isDeepStrictEqual } from "node:util";
import type { FirewallSettings, OwnSignature } from "../contract/firewall-settings.ts";
import type { RuleMode, Severity } from "../contract/threats.ts";
import type { PolicySubject } from "../guards/guard-policy.ts";
import type { Steps } from "../text/take-turns.ts";
import { finish, takeTurns } from "../text/take-turns.ts";
import type { Matcher } from "./compile-matcher.ts";
import { compileInSteps, compileMatcher } from "./compile-matcher.ts";
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
	/** The same with other own signatures, compiled with pauses. */
	readonly withOwn: (own: readonly OwnSignature[]) => CompiledFirewall | Promise<CompiledFirewall>;
}

const shippedMatcher = compileMatcher(shipped);

/** What the settings mean in force. */
export function compileFirewall(settings: FirewallSettings): CompiledFirewall {
	return finish(compileFirewallInSteps(settings));
}

/**
 * The same in steps, for whoever serves requests meanwhile. The matcher of `before` is kept while the own
 * signatures are the same.
 */
export function* compileFirewallInSteps(
	settings: FirewallSettings,
	before?: CompiledFirewall,
): Steps<CompiledFirewall> {
	const { mode, own } = settings;
	const matcher = yield* matcherFor(own, before);
	return {
		mode,
		matcher,
		own,
		shippedVersion: signaturesVersion,
		search: (text) => takeTurns(searchBody(matcher, text)),
		modeOf: (sighting, subject) => modeOf(settings, sighting, subject),
		severityOf: (signature) => severityOf(settings, signature),
		withOwn: (other) => takeTurns(compileFirewallInSteps({ ...settings, own: [...other] })),
	};
}

function* matcherFor(
	own: readonly OwnSignature[],
	before: CompiledFirewall | undefined,
): Steps<Matcher> {
	if (own.length === 0) return shippedMatcher;
	if (before !== undefined && (yield* areEqual(before.own, own))) return before.matcher;
	return yield* compileInSteps([...shipped, ...own]);
}

const comparedAtOnce = 64;

function* areEqual(some: readonly OwnSignature[], others: readonly OwnSignature[]): Steps<boolean> {
	if (some === others) return true;
	if (some.length !== others.length) return false;
	for (const [index, one] of some.entries()) {
		if (!isDeepStrictEqual(one, others[index])) return false;
		if (index % comparedAtOnce === 0) yield;
	}
	return true;
}
