import type * as z from "zod";
import type { TextSegment, Verdict } from "../contract/verdict.ts";

export type GuardPhase = "request" | "answer";

export interface Inspector {
	/**
	 * Judges texts. Request guards see every segment of the request at once. Answer guards see, per
	 * channel of the answer, the text that has not left yet (`TextSegment.path` is empty); for a stream
	 * they are asked again each time more text has come.
	 */
	readonly inspect: (
		segments: readonly TextSegment[],
		signal: AbortSignal,
	) => Verdict | Promise<Verdict>;
	/**
	 * Answer guards only: the index from which on `text` has to wait, because a match that is not
	 * complete yet may begin there; `text.length` when nothing has to. Must be within
	 * `holdBackMax` of the end.
	 */
	readonly holdFrom?: (text: string) => number;
}

/** A check over requests, answers or both. About thirty lines of meaning; the runner does the rest. */
export interface Guard<Id extends string = string, Config extends z.ZodObject = z.ZodObject> {
	readonly id: Id;
	readonly title: string;
	readonly summary: string;
	readonly phases: readonly [GuardPhase, ...GuardPhase[]];
	/** Whether a fresh installation uses it. */
	readonly isOnByDefault: boolean;
	/** Longest match in characters, for answer guards: no text is held longer than this. */
	readonly holdBackMax: number;
	readonly config: Config;
	/** Called once per saved configuration; compile patterns here, not in `inspect`. */
	readonly create: (config: z.infer<Config>) => Inspector;
}

/** A guard whose config type has been forgotten; what registries hold. */
export type AnyGuard = Omit<Guard, "create"> & { readonly create: (config: never) => Inspector };

/** A guard with its configuration applied, ready for the request path. */
export interface CompiledGuard {
	readonly id: string;
	readonly phases: readonly GuardPhase[];
	readonly holdBackMax: number;
	/** What to do when the guard itself fails. */
	readonly onFailure: "closed" | "open";
	readonly timeoutMs: number;
	readonly inspector: Inspector;
}

export function defineGuard<const Id extends string, Config extends z.ZodObject>(
	guard: Guard<Id, Config>,
): Guard<Id, Config> {
	return guard;
}
