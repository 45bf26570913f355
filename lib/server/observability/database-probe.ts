import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";

export interface DatabaseProbe {
	readonly isUp: () => boolean;
	readonly stop: () => Promise<void>;
}

const intervalMs = 2000;
const timeoutMs = 1500;

/** Asks the database every two seconds whether it is there, so that health never has to wait for it. */
export function startDatabaseProbe(pool: Pool): DatabaseProbe {
	const end = new AbortController();
	let isUp = true;
	const ask = async () => {
		const limit = new AbortController();
		const late = sleep(timeoutMs, "late" as const, { signal: limit.signal }).catch(
			() => "ok" as const,
		);
		const answer = pool.query("SELECT 1").then(
			() => "ok" as const,
			() => "failed" as const,
		);
		isUp = (await Promise.race([answer, late])) === "ok";
		limit.abort();
	};
	const run = async () => {
		while (!end.signal.aborted) {
			await ask();
			await sleep(intervalMs, undefined, { signal: end.signal }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		isUp: () => isUp,
		stop: async () => {
			end.abort();
			await running;
		},
	};
}
