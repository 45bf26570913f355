import { budgetInput } from "../../../lib/contracts/budgets.ts";
import type { QuotaScope } from "../../../proxy-core/contract/quota.ts";
import type { ConfigFile, Fields, Path } from "./config-file.ts";
import type { Deployment } from "./deployments.ts";
import { windowFor } from "./durations.ts";
import type { PlannedBudget } from "./import-plan.ts";
import type { Notes } from "./notes.ts";
import { fieldsOf, microUsdOf, numberOf, textOf } from "./values.ts";

export interface BudgetsInput {
	readonly config: ConfigFile;
	readonly deployments: readonly Deployment[];
	readonly targetOf: (deployment: Deployment) => string;
	readonly notes: Notes;
}

/** Every budget and limit that the file holds for somebody whom budgets here can count. */
export function planBudgets(input: BudgetsInput): readonly PlannedBudget[] {
	const { config, notes } = input;
	const library = fieldsOf(config.value["litellm_settings"]);
	const general = fieldsOf(config.value["general_settings"]);
	const everything = moneyBudget(library, {
		path: ["litellm_settings", "max_budget"],
		title: "All requests (LiteLLM)",
		scope: "organisation",
		subject: null,
		notes,
	});
	const people = moneyBudget(
		{
			max_budget: library["max_internal_user_budget"],
			budget_duration: library["internal_user_budget_duration"],
		},
		{
			path: ["litellm_settings", "max_internal_user_budget"],
			title: "Each person (LiteLLM)",
			scope: "user",
			subject: "*",
			notes,
		},
	);
	const parallel = numberOf(general["global_max_parallel_requests"]);
	return [
		...everything,
		...people,
		...(parallel === undefined || parallel < 1
			? []
			: [
					budgetInput.parse({
						title: "Requests at once (LiteLLM)",
						unit: "parallel",
						scope: "organisation",
						window: "total",
						hardLimit: Math.round(parallel),
					}),
				]),
		...tagBudgets(library, notes),
		...deploymentBudgets(input),
		...providerBudgets(input),
	];
}

export interface BudgetOf {
	readonly path: Path;
	readonly title: string;
	readonly scope: QuotaScope;
	readonly subject: string | null;
	readonly notes: Notes;
}

/** From `max_budget`, `soft_budget` and `budget_duration`. None without a `max_budget`. */
export function moneyBudget(fields: Fields, of: BudgetOf): readonly PlannedBudget[] {
	const { path, title, scope, subject, notes } = of;
	const hardLimit = microUsdOf(fields["max_budget"]);
	if (hardLimit === undefined) return [];
	const duration = textOf(fields["budget_duration"]);
	const choice = windowFor(duration);
	if (choice === undefined) {
		notes.left(path, `${title}: ${duration} is not a duration; the budget is not made.`);
		return [];
	}
	const { window, divisor, isExact } = choice;
	if (!isExact) {
		const share = divisor === 1 ? "the same amount" : `1/${divisor} of the amount`;
		notes.changed(
			path,
			`${title}: no window lasts ${duration}; it is ${share} each ${window}, which is never more.`,
		);
	} else if (window !== "total") {
		notes.changed(path, `${title}: a ${window} begins by the calendar, in UTC.`);
	}
	const soft = microUsdOf(fields["soft_budget"]);
	return [
		budgetInput.parse({
			title: title.slice(0, 80),
			scope,
			subject,
			window,
			hardLimit: Math.floor(hardLimit / divisor),
			softLimit: soft === undefined ? null : Math.floor(Math.min(soft, hardLimit) / divisor),
		}),
	];
}

function tagBudgets(library: Fields, notes: Notes): readonly PlannedBudget[] {
	const given = Object.entries(fieldsOf(library["tag_budget_config"]));
	return given.flatMap(([tag, value]) =>
		moneyBudget(withLimitNames(fieldsOf(value)), {
			path: ["litellm_settings", "tag_budget_config", tag],
			title: `Tag ${tag} (LiteLLM)`,
			scope: "tag",
			subject: tag,
			notes,
		}),
	);
}

/** The two features of LiteLLM that limit money name the same thing differently. */
function withLimitNames(fields: Fields): Fields {
	return {
		max_budget: fields["max_budget"] ?? fields["budget_limit"],
		budget_duration: fields["budget_duration"] ?? fields["time_period"],
	};
}

function deploymentBudgets({ deployments, targetOf, notes }: BudgetsInput) {
	const seen = new Set<string>();
	return deployments.flatMap((deployment) => {
		const target = targetOf(deployment);
		if (deployment.params["max_budget"] == null || seen.has(target)) return [];
		seen.add(target);
		return moneyBudget(deployment.params, {
			path: [...deployment.path, "litellm_params", "max_budget"],
			title: `${target} (LiteLLM)`,
			scope: "model",
			subject: target,
			notes,
		});
	});
}

/** Budgets here count models, not providers; a provider with one model comes to the same. */
function providerBudgets({ config, deployments, targetOf, notes }: BudgetsInput) {
	const given = fieldsOf(fieldsOf(config.value["router_settings"])["provider_budget_config"]);
	return Object.entries(given).flatMap(([provider, value]) => {
		const path: Path = ["router_settings", "provider_budget_config", provider];
		const own = deployments.filter(({ address }) => address.provider === provider);
		const targets = new Set(own.map(targetOf));
		const [target] = targets;
		if (target === undefined || targets.size > 1 || target.includes("*")) {
			notes.left(
				path,
				`${provider}: budgets count models, not providers, and it has ${targets.size === 0 ? "no model" : "several"}; make one for each model under Budgets.`,
			);
			return [];
		}
		return moneyBudget(withLimitNames(fieldsOf(value)), {
			path,
			title: `${target} (LiteLLM)`,
			scope: "model",
			subject: target,
			notes,
		});
	});
}
