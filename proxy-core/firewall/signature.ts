import type { EndpointId } from "../contract/settled-record.ts";
import type { RuleMode, Severity, ThreatCategory } from "../contract/threats.ts";
import type { SegmentSource } from "../contract/verdict.ts";

/** Literal texts that are looked for in raw bodies, in every disguise the matcher knows. */
export interface Signature {
	/** Stable id that callers and operators see. */
	readonly id: string;
	readonly title: string;
	readonly category: ThreatCategory;
	readonly severity: Severity;
	/** Where the text stands there plainly. */
	readonly mode: RuleMode;
	/** Where it was hidden, which nobody does who only talks about it; as `mode` when absent. */
	readonly disguisedMode?: RuleMode;
	/** Any of them makes a hit. */
	readonly literals: readonly string[];
	/** Empty: anywhere in the conversation. */
	readonly sources: readonly SegmentSource[];
	/** Empty: every endpoint. */
	readonly endpoints: readonly EndpointId[];
}
