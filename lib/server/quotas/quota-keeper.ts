import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Log } from "../../../proxy-core/ports.ts";
import type { QuotaDesk } from "../../../proxy-core/quotas/quota-desk.ts";
import { cleanCounters, reapLeases, tellReachedLimits } from "./quota-upkeep.ts";

export interface QuotaKeeper {
	readonly stop: () => Promise<void>;
}

interface KeeperOptions {
	readonly desk: Pick<QuotaDesk, "tend">;
	readonly pool: Pool;
	readonly log: Log;
}

const tendEveryMs = 1000;
const reapEveryMs = 3000;
/** When the database was away for everybody, every node gets time to renew what it still holds. */
const quietMs = 10_000;
const cleanEveryMs = 600_000;

/** Renews this node's leases, and takes back those of nodes that are silent, for as long as it lives. */
export function startQuotaKeeper({ desk, pool, log }: KeeperOptions): QuotaKeeper {
	const end = new AbortController();
	const last = { reap: 0, tell: 0, clean: Date.now() };
	let hasFailed = false;
	let wellSinceMs = Date.now();

	const due = (what: keyof typeof last, everyMs: number) => {
		if (Date.now() - last[what] < everyMs) return false;
		last[what] = Date.now();
		return true;
	};
	const round = async () => {
		await desk.tend();
		if (Date.now() - wellSinceMs > quietMs && due("reap", reapEveryMs)) {
			const count = await reapLeases(pool);
			if (count > 0)
				log.info("Shares of budgets that nobody held any more were given back.", { count });
		}
		if (due("tell", reapEveryMs)) await tellReachedLimits(pool);
		if (due("clean", cleanEveryMs)) await cleanCounters(pool);
	};
	const run = async () => {
		while (!end.signal.aborted) {
			try {
				await round();
				hasFailed = false;
			} catch (error) {
				if (!hasFailed)
					log.warn("Budgets cannot be kept up; what this node holds still counts.", { error });
				hasFailed = true;
				wellSinceMs = Date.now();
			}
			await sleep(tendEveryMs, undefined, { signal: end.signal }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		stop: async () => {
			end.abort();
			await running;
		},
	};
}
