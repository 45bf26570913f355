import type { StrategyId } from "../../contract/routing.ts";
import { cost } from "./cost.ts";
import { latency } from "./latency.ts";
import { leastBusy } from "./least-busy.ts";
import { priority } from "./priority.ts";
import { roundRobin } from "./round-robin.ts";
import { smart } from "./smart.ts";
import type { Strategy } from "./strategy.ts";
import { weighted } from "./weighted.ts";

/** Every way to order targets. */
export const strategies = {
	priority,
	weighted,
	"round-robin": roundRobin,
	"least-busy": leastBusy,
	latency,
	cost,
	smart,
} as const satisfies Record<StrategyId, Strategy>;
