import type pg from "pg";
import type { AdminClient } from "../../e2e/support/admin-client.ts";
import type { BudgetInput } from "../../lib/contracts/budgets.ts";
import type { QuotaWindow } from "../../proxy-core/contract/quota.ts";
import { createCalendar } from "../../proxy-core/contract/quota-window.ts";
import type { SettledRecord } from "../../proxy-core/contract/settled-record.ts";

interface Facts {
	readonly admin: AdminClient;
	readonly pool: pg.Pool;
	readonly history: readonly SettledRecord[];
	readonly teams: readonly { readonly id: string; readonly name: string }[];
}

interface MadeBudget {
	readonly id: string;
	readonly wanted: Wanted;
}

/** A budget of money whose limit is a part of what was spent so far, so that each state is seen. */
interface Wanted {
	readonly body: Partial<BudgetInput> & Pick<BudgetInput, "title" | "scope">;
	readonly counts: (record: SettledRecord) => boolean;
	/** Of one that counts each separately: which one. */
	readonly subjectOf?: (record: SettledRecord) => string | null;
	/** The hard limit as a multiple of what the fullest counter has in the window of now. */
	readonly hard: number;
	/** The soft limit as a part of the hard one. */
	readonly soft: number;
}

type Charge = SettledRecord["charges"][number];

const calendar = createCalendar("UTC");

/** Makes budgets in every state and says what each entry of the made-up history is charged to. */
export async function addBudgets(facts: Facts): Promise<(record: SettledRecord) => Charge[]> {
	const made: MadeBudget[] = [];
	for (const wanted of budgetsFor(facts)) {
		const hardLimit = limitOf(wanted, facts.history);
		const body = { ...wanted.body, hardLimit, softLimit: Math.round(hardLimit * wanted.soft) };
		const { id } = await facts.admin.call<{ id: string }>("POST", "/api/v1/budgets", body);
		made.push({ id, wanted });
	}
	for (const body of counts) await facts.admin.call("POST", "/api/v1/budgets", body);
	await changeOne(facts.admin, made);
	// As if they had been there all along; else they would count from now on.
	await facts.pool.query("UPDATE quotas SET created_at = created_at - interval '45 days'");
	return (record) => made.flatMap((budget) => chargeOf(budget, record));
}

const counts: readonly (Partial<BudgetInput> & Pick<BudgetInput, "title" | "scope">)[] = [
	{
		title: "Requests of each key",
		unit: "requests",
		scope: "key",
		subject: "*",
		window: "minute",
		hardLimit: 600,
	},
	{
		title: "Tokens of everybody",
		unit: "tokens",
		scope: "organisation",
		window: "day",
		hardLimit: 40_000_000,
		softLimit: 32_000_000,
	},
	{
		title: "Requests at once",
		unit: "parallel",
		scope: "organisation",
		window: "total",
		hardLimit: 200,
	},
];

function budgetsFor({ teams }: Facts): readonly Wanted[] {
	const sizes = { "Demo Support": 1.15, "Demo Research": 1, "Demo Platform": 2 } as const;
	const ofTeams = teams.map(({ id, name }): Wanted => {
		const hard = Object.entries(sizes).find(([team]) => team === name)?.[1] ?? 1.5;
		return {
			body: { title: name, scope: "team", subject: id, window: "month" },
			counts: ({ teamId }) => teamId === id,
			hard,
			soft: hard === 2 ? 0.45 : 0.8,
		};
	});
	return [
		{
			body: { title: "All of the demo", scope: "organisation", window: "month" },
			counts: () => true,
			hard: 1.9,
			soft: 0.8,
		},
		...ofTeams,
		{
			body: { title: "Every key, every week", scope: "key", subject: "*", window: "week" },
			counts: ({ keyId }) => keyId !== null,
			subjectOf: ({ keyId }) => keyId,
			hard: 1.6,
			soft: 0.8,
		},
		{
			body: {
				title: "The dear model",
				scope: "model",
				subject: "openai/gpt-5",
				window: "week",
				softAction: "downgrade",
				downgradeTo: ["openai/gpt-5-mini"],
			},
			counts: ({ provider, model }) => provider === "openai" && model === "gpt-5",
			hard: 1.4,
			soft: 0.6,
		},
	];
}

function windowStartOf({ body }: Wanted, at: number): number {
	return calendar.windowAt(body.window as QuotaWindow, at).start;
}

/** In micro-dollars, to the whole dollar. */
function limitOf(wanted: Wanted, history: readonly SettledRecord[]): number {
	const start = windowStartOf(wanted, Date.now());
	const sums = new Map<string, number>();
	for (const record of history) {
		if (record.receivedAt < start || !wanted.counts(record)) continue;
		const subject = wanted.subjectOf?.(record) ?? "";
		sums.set(subject, (sums.get(subject) ?? 0) + (record.costMicroUsd ?? 0));
	}
	const fullest = Math.max(1_000_000, ...sums.values());
	// To the last micro-dollar, so that it is used up.
	if (wanted.hard === 1) return fullest;
	const dollars = (fullest * wanted.hard) / 1_000_000;
	return Math.ceil(dollars) * 1_000_000;
}

function chargeOf({ id, wanted }: MadeBudget, record: SettledRecord): Charge[] {
	if (!wanted.counts(record) || (record.costMicroUsd ?? 0) === 0) return [];
	const subject = wanted.subjectOf?.(record);
	const counter = subject == null ? id : `${id}:${subject}`;
	return [[counter, windowStartOf(wanted, record.receivedAt)]];
}

/** So that there is a history to look at, and a raise in force. */
async function changeOne(admin: AdminClient, made: readonly MadeBudget[]): Promise<void> {
	const budget = made.find(({ wanted }) => wanted.body.title === "Demo Support");
	if (budget === undefined) return;
	const path = `/api/v1/budgets/${budget.id}`;
	const { hardLimit, softLimit } = await admin.call<BudgetInput>("GET", path);
	const body = { ...budget.wanted.body, hardLimit, softLimit };
	await admin.call("PATCH", path, { ...body, softLimit: Math.round(hardLimit * 0.7) });
	const until = new Date(Date.now() + 3 * 86_400_000).toISOString();
	const amount = Math.round(hardLimit / 20);
	await admin.call("POST", `${path}/raise`, { amount, until });
}
