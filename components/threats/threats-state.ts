import type { ThreatQuestion } from "../../lib/client/threats.ts";
import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import { readRange } from "../../lib/client/use-time-range.ts";
import type {
	ThreatFilterName,
	ThreatFilters,
	ThreatGroup,
	ThreatSeries,
} from "../../lib/contracts/threats.ts";
import { threatFilters, threatSeries } from "../../lib/contracts/threats.ts";
import type { ActorKind } from "../../proxy-core/contract/threat-settings.ts";

type Params = Pick<URLSearchParams, "get">;

/** In the order in which their chips stand. */
export const filterNames = [
	"severity",
	"effect",
	"layer",
	"category",
	"guard",
	"rule",
	"source",
	"ip",
	"keyId",
	"teamId",
	"endUser",
	"session",
	"fingerprint",
	"country",
	"model",
	"endpoint",
] as const satisfies readonly ThreatFilterName[];

export interface ThreatsState {
	readonly tab: "now" | "events";
	/** What the chart stacks. */
	readonly by: ThreatSeries;
	readonly choice: RangeChoice;
	readonly filters: ThreatFilters;
	/** Range and filters, as the endpoints take them. */
	readonly question: ThreatQuestion;
	/** The event that is open. */
	readonly event: string | undefined;
}

/** What an address asks for; what the endpoints would not take is left out. */
export function readState(params: Params): ThreatsState {
	const given = filterNames.flatMap((name) => {
		const text = params.get(name)?.trim() ?? "";
		const value = text === "" ? undefined : threatFilters.shape[name].safeParse(text).data;
		return value === undefined ? [] : [[name, value] as const];
	});
	const filters: ThreatFilters = Object.fromEntries(given);
	const choice = readRange(params);
	return {
		tab: params.get("tab") === "events" ? "events" : "now",
		by: threatSeries.find((one) => one === params.get("by")) ?? "layer",
		choice,
		filters,
		question: { ...choice, ...filters },
		event: params.get("event") ?? undefined,
	};
}

/** Takes every filter out of an address; the range stays. */
export const clearFilters: Readonly<Record<string, null>> = Object.fromEntries(
	filterNames.map((name) => [name, null]),
);

/** The events of the same range, narrowed further. */
export function eventsHref(
	{ choice, filters }: Pick<ThreatsState, "choice" | "filters">,
	more: ThreatFilters = {},
): `/${string}` {
	const { range, from, to } = choice;
	const span = from === undefined || to === undefined ? { range } : { from, to };
	const query = new URLSearchParams({ tab: "events" });
	for (const [name, value] of Object.entries({ ...span, ...filters, ...more })) {
		if (value !== undefined) query.set(name, value);
	}
	return `/threats?${query.toString()}`;
}

/** Where a filter has another name than what it filters by. */
const filterOf: Readonly<Partial<Record<ThreatGroup | ThreatSeries, ThreatFilterName>>> = {
	key: "keyId",
	team: "teamId",
	action: "effect",
};

/** The filters that leave only this group; undefined for what is no value of it. */
export function filtersOfGroup(
	by: ThreatGroup | ThreatSeries,
	id: string,
): ThreatFilters | undefined {
	if (by === "rule") {
		const slash = id.indexOf("/");
		return { guard: id.slice(0, slash), rule: id.slice(slash + 1) };
	}
	const parsed = threatFilters.safeParse({ [filterOf[by] ?? by]: id });
	return parsed.success ? parsed.data : undefined;
}

/** The filter that leaves only the events of one attacker. */
export function filtersOfAttacker(kind: ActorKind, id: string): ThreatFilters {
	const names = {
		ip: "ip",
		key: "keyId",
		user: "endUser",
		session: "session",
		fingerprint: "fingerprint",
	} as const;
	return { [names[kind]]: id };
}
