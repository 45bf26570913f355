import type { Wire, World } from "./world.ts";
import { wires } from "./world.ts";

/** One thing that clients rely on. `run` throws when it does not hold. */
export interface Check {
	readonly name: string;
	/** The wires it can be asked of. */
	readonly wires: readonly Wire[];
	readonly run: (world: World) => Promise<void>;
}

export function everyWire(name: string, run: Check["run"]): Check {
	return { name, wires, run };
}

export function openaiWire(name: string, run: Check["run"]): Check {
	return { name, wires: ["openai"], run };
}
