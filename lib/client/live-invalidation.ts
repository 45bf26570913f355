import type { LiveEvent } from "../contracts/events.ts";

type Family =
	| "requests"
	| "overview"
	| "keys"
	| "providers"
	| "models"
	| "routes"
	| "endpoints"
	| "budgets"
	| "threats"
	| "incidents"
	| "bans"
	| "settings"
	| "kill-switch";

/** Which families of queries an event makes stale. */
export function familiesOf(event: LiveEvent): readonly Family[] {
	switch (event.type) {
		case "requests.settled":
			return ["requests", "overview", "budgets"];
		case "settings.changed":
			return ["settings", "kill-switch"];
		case "keys.changed":
			return ["keys"];
		case "providers.changed":
			return ["providers", "models", "routes", "endpoints"];
		case "routing.changed":
			return ["routes", "endpoints", "models"];
		case "budgets.changed":
			return ["budgets"];
		case "budget.reached":
			return ["budgets", "overview"];
		case "threats.found":
			return ["threats"];
		case "incidents.changed":
			return ["incidents"];
		case "bans.changed":
			return ["bans"];
		case "stream.alive":
			return [];
	}
}

export interface Gatherer {
	readonly add: (families: readonly Family[]) => void;
	readonly stop: () => void;
}

/**
 * Hands gathered families on at most once per `everyMs`, the first at once: under load thousands of
 * requests settle in a second, and the pages need only hear that something did.
 */
export function gatherFamilies(
	everyMs: number,
	flush: (families: ReadonlySet<Family>) => void,
): Gatherer {
	let waiting = new Set<Family>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	const handOn = () => {
		timer = undefined;
		if (waiting.size === 0) return;
		const gathered = waiting;
		waiting = new Set();
		timer = setTimeout(handOn, everyMs);
		flush(gathered);
	};
	return {
		add: (families) => {
			for (const family of families) waiting.add(family);
			if (timer === undefined) handOn();
		},
		stop: () => clearTimeout(timer),
	};
}
