import type { Wire } from "./wires.ts";
import { wires } from "./wires.ts";
import type { World } from "./world.ts";

/** One thing that clients rely on. `run` throws when it does not hold. */
export interface Check {
	readonly name: string;
	/** The wires it can be asked of. */
	readonly wires: readonly Wire[];
	/**
	 * Wires that cannot express it: there, `run` must throw what the client makes of an answer with
	 * status 400 and the code `unsupported_by_target`.
	 */
	readonly refusedBy: readonly Wire[];
	readonly run: (world: World) => Promise<void>;
}

/** What one client is asked to do. */
export interface Suite {
	/** Such as `openai, chat`. */
	readonly client: string;
	/** The package it comes from, with its version. */
	readonly from: string;
	/** Fetches what the client needs. Says why when that cannot be had; the suite is skipped then. */
	readonly install?: () => Promise<string | undefined>;
	readonly checks: readonly Check[];
}

interface Limits {
	readonly on?: readonly Wire[];
	readonly refusedBy?: readonly Wire[];
}

export function everyWire(name: string, run: Check["run"], limits: Limits = {}): Check {
	return { name, wires: limits.on ?? wires, refusedBy: limits.refusedBy ?? [], run };
}

export function openaiWire(name: string, run: Check["run"]): Check {
	return everyWire(name, run, { on: ["openai"] });
}
