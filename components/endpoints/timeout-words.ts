import type { OwnTimeouts } from "../../lib/contracts/endpoints.ts";
import { formatDuration } from "../../lib/format/numbers.ts";

export const timeoutNames = ["connectMs", "firstByteMs", "idleMs", "totalMs"] as const;
export type TimeoutName = (typeof timeoutNames)[number];

interface TimeoutWords {
	readonly title: string;
	/** In a list of several. */
	readonly short: string;
	readonly help: string;
}

export const timeoutWords: Readonly<Record<TimeoutName, TimeoutWords>> = {
	connectMs: { title: "Connect", short: "connect", help: "Until the connection stands." },
	firstByteMs: {
		title: "First byte",
		short: "first byte",
		help: "Until the answer begins.",
	},
	idleMs: { title: "Idle", short: "idle", help: "Between two pieces of an answer." },
	totalMs: { title: "Total", short: "total", help: "From sending to the end of the answer." },
};

/** The timeouts that a target has of its own; undefined when it has none. */
export function timeoutsInWords(timeouts: OwnTimeouts): string | undefined {
	const own = timeoutNames.flatMap((name) => {
		const value = timeouts[name];
		return value === null ? [] : [`${timeoutWords[name].short} ${formatDuration(value)}`];
	});
	return own.length === 0 ? undefined : own.join(", ");
}
