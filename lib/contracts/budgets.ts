import * as z from "zod";
import {
	quotaScopes,
	quotaUnits,
	quotaWindows,
	softActions,
} from "../../proxy-core/contract/quota.ts";
import { defineEndpoint } from "./endpoint.ts";
import { instant, nothing, page } from "./shapes.ts";

/** Amounts are in the unit of their budget: micro-dollars, tokens, requests, or requests at once. */
const amount = z.int().min(0).max(1_000_000_000_000_000);
/** Spent may exceed every limit: true costs are counted, whatever was expected. */
const counted = z.int().min(0);

/** `soft`: that much is spent. `hard`: nothing is left, what is set aside included. */
export const budgetStates = ["ok", "soft", "hard"] as const;

const named = z.strictObject({
	id: z.string(),
	/** Null: there is nobody with this id any more. */
	name: z.string().nullable(),
});

export const budgetForecast = z.strictObject({
	/** What will probably have been spent at the window's end. */
	amount: counted,
	low: counted,
	high: counted,
	/** How much of the window, and how many days before it, the forecast rests on. */
	confidence: z.enum(["low", "medium", "high"]),
	/** When the hard limit will be reached at this pace; null: not in this window. */
	exhaustedAt: instant.nullable(),
});
export type BudgetForecast = z.infer<typeof budgetForecast>;

const spender = z.strictObject({
	kind: z.enum(["key", "user"]),
	id: z.string(),
	name: z.string().nullable(),
	amount: counted,
});

/** Where one counter stands in the window of now. */
export const budgetUsage = z.strictObject({
	/** Of a budget that counts each subject separately: which one. Null otherwise. */
	subject: named.nullable(),
	windowStart: instant,
	/** Null: the window never ends. */
	windowEnd: instant.nullable(),
	/** Of money: the sum of the ledger's rows. Of tokens and requests: what the nodes have taken. */
	spent: counted,
	/** Set aside by the nodes for requests under way and for those to come. */
	reserved: counted,
	/** The hard limit now, a raise included. */
	limit: counted,
	state: z.enum(budgetStates),
});
export type BudgetUsage = z.infer<typeof budgetUsage>;

export const budgetSchema = z
	.strictObject({
		id: z.string(),
		title: z.string(),
		unit: z.enum(quotaUnits),
		scope: z.enum(quotaScopes),
		/** Null: the organisation. Id `*`: each of them separately. */
		subject: named.nullable(),
		window: z.enum(quotaWindows),
		timeZone: z.string(),
		hardLimit: amount,
		softLimit: amount.nullable(),
		softAction: z.enum(softActions),
		downgradeTo: z.array(z.string()),
		/** Added to the hard limit until then; null when no raise is in force. */
		raise: z.strictObject({ amount, until: instant }).nullable(),
		isEnabled: z.boolean(),
		/** Archived budgets limit nothing; their history stays. */
		archivedAt: instant.nullable(),
		createdAt: instant,
		updatedAt: instant,
		/** The fullest counter. */
		usage: budgetUsage,
		/** Of a budget that counts each subject separately: the five fullest; empty otherwise. */
		subjects: z.array(budgetUsage),
		/** How many subjects have used something in this window. */
		subjectCount: z.int(),
		/** The five who spent most of it in this window; of money only. */
		spenders: z.array(spender),
		/** Null: the window never ends, has only begun, or the unit does not add up (`parallel`). */
		forecast: budgetForecast.nullable(),
	})
	.meta({ id: "Budget" });
export type Budget = z.infer<typeof budgetSchema>;

function isTimeZone(zone: string): boolean {
	try {
		return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
	} catch {
		return false;
	}
}

const fields = z.strictObject({
	title: z.string().trim().min(1).max(80).meta({
		title: "Name",
		description: "Callers see it when this budget refuses them.",
	}),
	unit: z.enum(quotaUnits).default("usd").meta({ title: "Counts" }),
	scope: z.enum(quotaScopes).meta({ title: "For" }),
	subject: z.string().trim().min(1).max(200).nullable().default(null).meta({
		title: "Which one",
		description:
			"Id of the team, person or key; name of the model, route or tag; the address. * is each of them separately. Empty for the organisation.",
	}),
	window: z.enum(quotaWindows).default("month").meta({ title: "Starts anew each" }),
	timeZone: z
		.string()
		.max(64)
		.refine(isTimeZone, "Use an IANA time zone such as Europe/Vienna")
		.default("UTC")
		.meta({
			title: "Time zone",
			description: "In which days, weeks and months begin.",
		}),
	hardLimit: amount.meta({
		title: "Hard limit",
		description: "Requests that could exceed it are refused. Money is in micro-dollars.",
	}),
	softLimit: amount.nullable().default(null).meta({ title: "Soft limit" }),
	softAction: z.enum(softActions).default("notify").meta({ title: "At the soft limit" }),
	downgradeTo: z
		.array(z.string().trim().min(1).max(200))
		.max(20)
		.default([])
		.meta({
			title: "Cheaper models",
			description:
				"Taken instead, in this order, when the soft limit is reached: the first that the caller may use.",
			ui: { control: "list" },
		}),
	isEnabled: z.boolean().default(true).meta({ title: "In force" }),
});

export const budgetInput = fields
	.superRefine((budget, context) => {
		for (const [path, message] of problemsOf(budget)) {
			context.addIssue({ code: "custom", path: [path], message });
		}
	})
	.meta({ id: "BudgetInput" });
export type BudgetInput = z.output<typeof fields>;

/** What does not go together. */
function problemsOf(budget: BudgetInput): [keyof BudgetInput, string][] {
	const { unit, scope, subject, window, hardLimit, softLimit, softAction, downgradeTo } = budget;
	const problems: [keyof BudgetInput, string][] = [];
	if ((scope === "organisation") !== (subject === null)) {
		problems.push([
			"subject",
			scope === "organisation"
				? "The organisation has no subject"
				: "Say which one, or * for each of them",
		]);
	}
	// Callers name their tags themselves: a counter for each would let them begin anew at will.
	if (scope === "tag" && subject === "*") problems.push(["subject", "Name one tag"]);
	if (unit === "parallel" && window !== "total") {
		problems.push(["window", "Requests at once have no window; choose total"]);
	}
	if (softLimit !== null && softLimit > hardLimit) {
		problems.push(["softLimit", "The soft limit must not be above the hard limit"]);
	}
	if (softAction === "downgrade" && downgradeTo.length === 0) {
		problems.push(["downgradeTo", "Name at least one cheaper model"]);
	}
	if (softAction === "downgrade" && unit !== "usd") {
		problems.push(["softAction", "Only budgets of money can choose a cheaper model"]);
	}
	return problems;
}

const onBudget = { path: "/api/v1/budgets/[id]", query: nothing } as const;

export const listBudgets = defineEndpoint({
	method: "GET",
	path: "/api/v1/budgets",
	access: "logs:read",
	summary:
		"List budgets and limits with what is spent, newest first; without keys:manage one's own",
	query: z.strictObject({
		cursor: z.uuid().optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
		unit: z.enum(quotaUnits).optional(),
		scope: z.enum(quotaScopes).optional(),
		archived: z.enum(["exclude", "only"]).default("exclude"),
	}),
	body: nothing,
	answer: page(budgetSchema),
});

export const createBudget = defineEndpoint({
	method: "POST",
	path: "/api/v1/budgets",
	access: "budget:manage",
	summary: "Create a budget or limit; it counts from now on",
	query: nothing,
	body: budgetInput,
	answer: budgetSchema,
});

export const getBudget = defineEndpoint({
	method: "GET",
	...onBudget,
	access: "logs:read",
	summary: "One budget",
	body: nothing,
	answer: budgetSchema,
});

export const updateBudget = defineEndpoint({
	method: "PATCH",
	...onBudget,
	access: "budget:manage",
	summary: "Change a budget; unit, scope and subject stay as they are",
	body: budgetInput,
	answer: budgetSchema,
});

export const archiveBudget = defineEndpoint({
	method: "DELETE",
	...onBudget,
	access: "budget:manage",
	summary: "Take a budget out of force for good; its history stays",
	body: nothing,
	answer: budgetSchema,
});

export const raiseBudget = defineEndpoint({
	method: "POST",
	path: "/api/v1/budgets/[id]/raise",
	access: "budget:manage",
	summary: "Raise the hard limit for a while; an amount of 0 ends a raise",
	query: nothing,
	body: z.strictObject({
		amount: amount.meta({ title: "Raise by" }),
		until: instant.meta({ title: "Until" }),
	}),
	answer: budgetSchema,
});

/** What people set; counters are no part of a budget's history. */
const budgetConfiguration = z.strictObject({
	...fields.shape,
	hardLimit: amount,
	raise: z.strictObject({ amount, until: instant }).nullable(),
	archivedAt: instant.nullable(),
});

export const budgetChange = z
	.strictObject({
		id: z.string(),
		action: z.enum(["created", "changed", "raised", "archived"]),
		/** Null: there was none. */
		before: budgetConfiguration.nullable(),
		after: budgetConfiguration,
		/** E-mail address of the person. */
		changedBy: z.string(),
		changedAt: instant,
	})
	.meta({ id: "BudgetChange" });
export type BudgetChange = z.infer<typeof budgetChange>;

export const listBudgetChanges = defineEndpoint({
	method: "GET",
	path: "/api/v1/budgets/[id]/history",
	access: "logs:read",
	summary: "Who changed a budget, when and how, newest first",
	query: z.strictObject({
		cursor: z.uuid().optional(),
		limit: z.coerce.number().int().min(1).max(200).default(50),
	}),
	body: nothing,
	answer: page(budgetChange),
});

export const getBudgetBurn = defineEndpoint({
	method: "GET",
	path: "/api/v1/budgets/[id]/burn",
	access: "logs:read",
	summary: "How a budget of money was spent over its window",
	query: z.strictObject({
		/** Of a budget that counts each subject separately: which one; the fullest when absent. */
		subject: z.string().max(200).optional(),
	}),
	body: nothing,
	answer: z.strictObject({
		usage: budgetUsage,
		/** A step of the series, in seconds: an hour, or a day. Days begin in the budget's time zone. */
		stepSeconds: z.int(),
		/** Without gaps from the window's beginning until now, oldest first. `amount` is that step's alone. */
		points: z.array(z.strictObject({ at: instant, amount: counted })),
		forecast: budgetForecast.nullable(),
	}),
});
