import type { LiveEvent } from "../../contracts/events.ts";

/** Live events of this installation, fed by database notifications from every node. */
export interface EventBus {
	readonly publish: (event: LiveEvent) => void;
	/** Returns the function that ends the subscription. */
	readonly subscribe: (listener: (event: LiveEvent) => void) => () => void;
	readonly subscribers: () => number;
}

export function createEventBus(): EventBus {
	const listeners = new Set<(event: LiveEvent) => void>();
	return {
		publish: (event) => {
			for (const listener of listeners) listener(event);
		},
		subscribe: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		subscribers: () => listeners.size,
	};
}
