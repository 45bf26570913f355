import { listBans, listThreatActions, listWatched } from "../../lib/contracts/bans.ts";
import { listIncidents } from "../../lib/contracts/incidents.ts";
import {
	getAttackers,
	getStageLatency,
	getThreatBreakdown,
	getThreatSummary,
	listThreats,
	threatGroups,
	threatSeries,
} from "../../lib/contracts/threats.ts";
import type { Principal } from "../../lib/server/auth/principal.ts";
import { readRuleHits } from "../../lib/server/repositories/rule-hits.ts";
import { runtime } from "../../lib/server/runtime.ts";
import { bansService } from "../../lib/server/services/bans.ts";
import { incidentsService } from "../../lib/server/services/incidents.ts";
import { privacyService } from "../../lib/server/services/privacy.ts";
import { threatsService } from "../../lib/server/services/threats.ts";
import { actorKinds } from "../../proxy-core/contract/threat-settings.ts";
import type { PageCall } from "./pages.ts";

type Query = Record<string, string>;
interface People {
	readonly admin: Principal;
	readonly person: Principal;
}

const day = { range: "30d" } as const;
const busiest = "198.18.0.1";
/** By what was noticed, by whom (busy, quiet and unknown), and by both. */
const filters: readonly (readonly [what: string, query: Query])[] = [
	["blocked", { effect: "block" }],
	["would have blocked", { effect: "would-block" }],
	["one layer", { layer: "shield" }],
	["critical", { severity: "critical" }],
	["a busy rule", { guard: "bans", rule: "caller_banned" }],
	["the busiest address", { ip: busiest }],
	["a quiet address", { ip: "198.18.20.31" }],
	["an unknown address", { ip: "203.0.113.1" }],
	["a busy key", { keyId: "key1" }],
	["a quiet key", { keyId: "key299" }],
	["a busy team", { teamId: "" }],
	["a busy end user", { endUser: "end-user-0" }],
	["a session", { session: "session-7" }],
	["a fingerprint", { fingerprint: "ja4-0" }],
	["a country", { country: "DE" }],
	["a busy model", { model: "model-7" }],
	["an endpoint", { endpoint: "chat.completions" }],
	["blocked of a busy key", { keyId: "key1", effect: "block" }],
	["critical of a country", { country: "DE", severity: "critical" }],
	["the busiest address with a key", { ip: busiest, keyId: "key1" }],
	["an endpoint and a country", { endpoint: "chat.completions", country: "DE" }],
];

/** Every call that reads threat events, incidents, scores and bans. */
export async function threatCalls(people: People): Promise<readonly PageCall[]> {
	const team = await runtime().prisma.team.findFirstOrThrow({ where: { name: "Team 2" } });
	return [...threatPage(people, team.id), ...triagePage(people.admin), ...banPages()];
}

function threatPage({ admin, person }: People, teamId: string): PageCall[] {
	const list = (query: Query, principal = admin) =>
		threatsService.list({ query: listThreats.query.parse({ ...day, ...query }), principal });
	const summary = (query: Query, principal = admin) =>
		threatsService.summary({
			query: getThreatSummary.query.parse({ ...day, ...query }),
			principal,
		});
	const attackers = (query: Query, principal = admin) =>
		threatsService.attackers({ query: getAttackers.query.parse({ ...day, ...query }), principal });
	const breakdown = (query: Query, principal = admin) =>
		threatsService.breakdown({
			query: getThreatBreakdown.query.parse({ ...day, ...query }),
			principal,
		});
	const asked = filters.map(([what, query]): readonly [string, Query] =>
		query["teamId"] === undefined ? [what, query] : [what, { teamId }],
	);
	const ranges = ["15m", "1h", "24h", "7d", "30d"];
	return [
		...ranges.flatMap((range) => [
			call("threats", `summary, ${range}`, () => summary({ range })),
			call("threats", `attackers, ${range}`, () => attackers({ range })),
			call("threats", `rules, ${range}`, () => breakdown({ range })),
			call("threats", `latency of stages, ${range}`, () =>
				threatsService.latency({
					query: getStageLatency.query.parse({ range }),
					principal: admin,
				}),
			),
		]),
		...threatSeries.map((by) => call("threats", `summary by ${by}, 30d`, () => summary({ by }))),
		...actorKinds.map((kind) => call("threats", `top by ${kind}, 30d`, () => attackers({ kind }))),
		...threatGroups.map((by) => call("threats", `events by ${by}, 30d`, () => breakdown({ by }))),
		call("threats", "critical events by key, 30d", () =>
			breakdown({ by: "key", severity: "critical" }),
		),
		call("threats", "events of a team by key, 30d", () => breakdown({ by: "key", teamId })),
		...asked.flatMap(([what, query]) => [
			call("threats", `list, ${what}`, () => list(query)),
			call("threats", `summary, ${what}`, () => summary(query)),
			call("threats", `summary 7d, ${what}`, () => summary({ ...query, range: "7d" })),
			call("threats", `attackers, ${what}`, () => attackers(query)),
			call("threats", `rules, ${what}`, () => breakdown(query)),
		]),
		call("threats", "list, first page", () => list({})),
		call("threats", "list, one's own", () => list({}, person)),
		call("threats", "summary, one's own", () => summary({}, person)),
		call("threats", "attackers, one's own", () => attackers({}, person)),
		call("threats", "rules, one's own", () => breakdown({}, person)),
		call("guards", "hits of rules, 24h", () =>
			readRuleHits(runtime().prisma, new Date(Date.now() - 86_400_000)),
		),
		call("privacy", "types with their hits", () => privacyService.get()),
	];
}

function triagePage(principal: Principal) {
	const list = (query: Query) =>
		incidentsService.list({ query: listIncidents.query.parse(query), principal });
	return [
		call("triage", "not closed", () => list({})),
		call("triage", "high ones", () => list({ severity: "high" })),
		call("triage", "low ones, of which there are none", () => list({ severity: "low" })),
		call("triage", "of a family", () => list({ family: "data" })),
		call("triage", "assigned to me", () => list({ assignee: "me" })),
		call("triage", "closed", () => list({ state: "closed" })),
		call("triage", "search for an address", () => list({ search: "198.18.20" })),
		call("triage", "search in vain", () => list({ search: "nobody-at-all" })),
		call("triage", "the worst incident", async () => {
			const { items } = await list({ limit: "1" });
			const [first] = items;
			if (first === undefined) throw new Error("There is no incident.");
			return incidentsService.get({ params: { id: first.id }, principal });
		}),
	];
}

function banPages() {
	return [
		call("bans", "in force", () => bansService.list({ query: listBans.query.parse({}) })),
		call("bans", "past", () => bansService.list({ query: listBans.query.parse({ show: "over" }) })),
		call("bans", "past, searched in vain", () =>
			bansService.list({ query: listBans.query.parse({ show: "over", search: "nobody" }) }),
		),
		call("bans", "watch list", () => bansService.watched({ query: listWatched.query.parse({}) })),
		call("bans", "history", () =>
			bansService.actions({ query: listThreatActions.query.parse({}) }),
		),
		call("bans", "history of keys, of which there is none", () =>
			bansService.actions({ query: listThreatActions.query.parse({ kind: "key" }) }),
		),
	];
}

function call(page: string, what: string, run: PageCall["run"]): PageCall {
	return { page, what, run };
}
