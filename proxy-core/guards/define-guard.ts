import type * as z from "zod";
import type { Severity, ThreatCategory } from "../contract/threats.ts";
import type { TextSegment, Verdict } from "../contract/verdict.ts";
import type { GuardPolicy, PolicySubject } from "./guard-policy.ts";
import type { GuardServices } from "./guard-services.ts";

export type GuardPhase = "request" | "answer";

/** The request that texts belong to, as far as guards may know it. No key: the console's playground. */
export interface RequestView extends PolicySubject {
	readonly requestId: string;
	/** As the caller named it; empty where an endpoint has none. */
	readonly model: string;
	/** Whose data it is: a team, a key without one, or a console user. Never shared between them. */
	readonly tenant: string;
	/** Every text of the request as it was sent. */
	readonly segments: readonly TextSegment[];
	/** Of the request; lower-case name. */
	readonly header: (name: string) => string | undefined;
	readonly signal: AbortSignal;
	readonly services: GuardServices;
}

/**
 * Judges one answer. Sees, per channel of the answer, the text that has not left yet
 * (`TextSegment.path` is empty); for a stream it is asked again each time more text has come.
 */
export interface AnswerInspector {
	readonly inspect: (segments: readonly TextSegment[]) => Verdict | Promise<Verdict>;
	/**
	 * The index from which on `text` has to wait, because a match that is not complete yet may begin
	 * there; `text.length` when nothing has to. Must be within `holdBackMax` of the end. Absent: the
	 * last `holdBackMax` characters wait.
	 */
	readonly holdFrom?: (
		text: string,
		source: TextSegment["source"],
		run: TextSegment["run"],
	) => number;
}

export interface Inspector {
	/** Phase `request`: every segment of the request at once. */
	readonly inspectRequest?: (
		segments: readonly TextSegment[],
		request: RequestView,
	) => Verdict | Promise<Verdict>;
	/**
	 * Phase `answer`: called once per answer, so that what it returns may remember what it saw. Under
	 * `monitor` nothing that it finds is cut out, so nothing needs to wait for that.
	 */
	readonly openAnswer?: (request: RequestView, mode?: GuardPolicy["mode"]) => AnswerInspector;
}

/** A rule of a guard, as people switch it and read about it. */
export interface GuardRule {
	/** Stable: settings and the ledger name it. */
	readonly id: string;
	readonly title: string;
	readonly category: ThreatCategory;
	readonly severity: Severity;
}

/** A check over requests, answers or both. About thirty lines of meaning; the runner does the rest. */
export interface Guard<Id extends string = string, Config extends z.ZodObject = z.ZodObject> {
	readonly id: Id;
	readonly title: string;
	readonly summary: string;
	readonly phases: readonly [GuardPhase, ...GuardPhase[]];
	/** What a fresh installation uses. */
	readonly defaultMode: GuardPolicy["mode"];
	/** Every rule that its findings may name. */
	readonly rules: readonly GuardRule[];
	/** Longest match in characters, for answer guards: no text is held longer than this. */
	readonly holdBackMax: number;
	readonly config: Config;
	/** Called once per saved configuration; compile patterns here, not while inspecting. */
	readonly create: (config: z.infer<Config>) => Inspector;
}

/** A guard whose config type has been forgotten; what registries hold. */
export type AnyGuard = Omit<Guard, "create"> & { readonly create: (config: never) => Inspector };

/** A guard with its configuration applied, ready for the request path. */
export interface CompiledGuard {
	readonly id: string;
	readonly phases: readonly GuardPhase[];
	readonly holdBackMax: number;
	readonly rules: ReadonlyMap<string, GuardRule>;
	readonly policy: GuardPolicy;
	readonly inspector: Inspector;
}

export function defineGuard<const Id extends string, Config extends z.ZodObject>(
	guard: Guard<Id, Config>,
): Guard<Id, Config> {
	return guard;
}
