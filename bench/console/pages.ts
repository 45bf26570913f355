import { analyticsGroups, getAnalytics } from "../../lib/contracts/analytics.ts";
import { listBudgets } from "../../lib/contracts/budgets.ts";
import { getOverview } from "../../lib/contracts/overview.ts";
import { listRequests } from "../../lib/contracts/requests.ts";
import type { Principal } from "../../lib/server/auth/principal.ts";
import { analyticsService } from "../../lib/server/services/analytics.ts";
import { budgetsService } from "../../lib/server/services/budgets.ts";
import { keysService } from "../../lib/server/services/keys.ts";
import { overviewService } from "../../lib/server/services/overview.ts";
import { requestsService } from "../../lib/server/services/requests.ts";
import { usersService } from "../../lib/server/services/users.ts";
import { threatCalls } from "./threat-pages.ts";

/** One call of a service, as a page of the console makes it. */
export interface PageCall {
	readonly page: string;
	readonly what: string;
	readonly run: () => Promise<unknown>;
}

interface People {
	readonly admin: Principal;
	/** Sees a sixtieth of the ledger. */
	readonly person: Principal;
}

const day = { range: "30d" } as const;
/** Values that many requests have, that few have, and that none has. */
const filters: readonly (readonly [what: string, query: Record<string, string>])[] = [
	["outcome failed", { outcome: "failed" }],
	["decision block", { action: "block" }],
	["busy model", { provider: "provider-7", model: "model-7" }],
	["unknown model", { model: "model-of-nobody" }],
	["unknown provider", { provider: "provider-of-nobody" }],
	["busy key", { keyId: "key1" }],
	["quiet key", { keyId: "key299" }],
	["unknown key", { keyId: "key-of-nobody" }],
	["unknown team", { teamId: "team-of-nobody" }],
	["busy tag", { tag: "env-1" }],
	["rare tag", { tag: "feature-39" }],
	["unknown tag", { tag: "tag-of-nobody" }],
	["unknown address", { ip: "203.0.113.1" }],
	["unknown error code", { errorCode: "code-of-nobody" }],
	["unknown route", { route: "route-of-nobody" }],
	["unknown endpoint", { endpoint: "endpoint-of-nobody" }],
	["begins with", { search: "req_abc" }],
];

/** Every call that reads the ledger, the threat events or the lists beside them. */
export async function pageCalls({ admin, person }: People): Promise<readonly PageCall[]> {
	const list = (query: Record<string, string>, principal = admin) =>
		requestsService.list({ query: listRequests.query.parse({ ...day, ...query }), principal });
	const first = await list({});
	const last = await middleCursor(list);
	return [
		call("requests", "first page", () => list({})),
		call("requests", "next page", () => list({ cursor: first.nextCursor ?? "" })),
		call("requests", "a page in the middle", () => list(last)),
		call("requests", "one's own", () => list({}, person)),
		...filters.map(([what, query]) => call("requests", what, () => list(query))),
		call("request", "detail", () =>
			requestsService.get({ params: { id: first.items[0]?.id ?? "" }, principal: admin }),
		),
		...(["15m", "1h", "24h", "7d", "30d"] as const).map((range) =>
			call("overview", range, () =>
				overviewService.get({ query: getOverview.query.parse({ range }), principal: admin }),
			),
		),
		call("overview", "30d, one's own", () =>
			overviewService.get({ query: getOverview.query.parse(day), principal: person }),
		),
		...analyticsCalls(admin, person),
		...(await threatCalls({ admin, person })),
		call("keys", "list", () => keysService.list({ principal: admin })),
		call("users", "list", () => usersService.list()),
		call("budgets", "list", () =>
			budgetsService.list({ query: listBudgets.query.parse({}), principal: admin }),
		),
	];
}

function analyticsCalls(admin: Principal, person: Principal): readonly PageCall[] {
	const ask = (query: Record<string, string>, principal = admin) =>
		analyticsService.get({ query: getAnalytics.query.parse(query), principal });
	const ranges = ["1h", "24h", "7d", "30d"];
	return [
		...ranges.flatMap((range) =>
			analyticsGroups.map((groupBy) =>
				call("analytics", `spend by ${groupBy}, ${range}`, () => ask({ range, groupBy })),
			),
		),
		...ranges.map((range) =>
			call("analytics", `latency by model, ${range}`, () => ask({ range, metric: "latency" })),
		),
		call("analytics", "spend by key of one team, 30d", () =>
			ask({ ...day, groupBy: "key", teamId: "team-of-nobody" }),
		),
		call("analytics", "spend by model with a tag, 30d", () => ask({ ...day, tag: "env-1" })),
		call("analytics", "one's own, 30d", () => ask({ ...day, groupBy: "key" }, person)),
	];
}

function call(page: string, what: string, run: PageCall["run"]): PageCall {
	return { page, what, run };
}

type List = (query: Record<string, string>) => ReturnType<typeof requestsService.list>;

/** The cursor behind the first page of the last fortnight: half of the ledger lies before it. */
async function middleCursor(list: List): Promise<Record<string, string>> {
	const to = new Date(Date.now() - 15 * 86_400_000).toISOString();
	const from = new Date(Date.now() - 30 * 86_400_000).toISOString();
	const { nextCursor } = await list({ from, to });
	return { cursor: nextCursor ?? "" };
}
