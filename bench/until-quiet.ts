import { cpus } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const windowMs = 200;
const waitMaxMs = 5000;
/** Of one processor core. What idle gateways with their databases take together stays below. */
const quietShare = 0.15;

/**
 * Waits until what was measured before has written down what it answered, so that nobody pays for a
 * neighbour. Gives up after five seconds: the machine may be busy with something else.
 */
export async function untilQuiet(): Promise<void> {
	const deadline = performance.now() + waitMaxMs;
	let before = busyMs();
	while (performance.now() < deadline) {
		const begun = performance.now();
		await sleep(windowMs);
		const now = busyMs();
		if ((now - before) / (performance.now() - begun) < quietShare) return;
		before = now;
	}
}

/** Of all cores together, since the machine was started. */
function busyMs(): number {
	return cpus().reduce(
		(sum, { times }) => sum + times.user + times.nice + times.sys + times.irq,
		0,
	);
}
