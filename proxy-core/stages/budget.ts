import { GatewayError } from "../errors/gateway-error.ts";
import type {
	Authorised,
	Budgeted,
	Identified,
	Limited,
	Parsed,
	Received,
} from "../pipeline/context.ts";
import type { Stage } from "../pipeline/pipeline.ts";
import type { GatewayPorts } from "../ports.ts";
import { cheaperPlan, withoutTargets } from "../quotas/affordable-plan.ts";
import { applicableQuotas } from "../quotas/applicable-quotas.ts";
import { demandOf } from "../quotas/demand.ts";
import type { Estimate } from "../quotas/estimate-cost.ts";
import { estimateCost } from "../quotas/estimate-cost.ts";
import type { Booking, Demand } from "../quotas/quota-desk.ts";
import { sizeOf } from "../quotas/request-size.ts";
import { nothingReserved } from "../quotas/reservation.ts";
import type { RoutePlan } from "../routing/route.ts";
import { reachableTargets } from "../routing/route.ts";

type Needs = Received & Identified & Parsed & Authorised & Limited;

/**
 * Sets the worst plausible cost aside in every budget that counts this request, all or none. What a
 * budget cannot pay is tried with less: with its cheaper models when it names some, and without the
 * models whose own budget is used up.
 */
export function budget({ quotas }: Pick<GatewayPorts, "quotas">): Stage<Needs, Budgeted> {
	return {
		name: "budget",
		run: (context) => {
			if (!context.snapshot.quotas.counts("usd")) return unlimited(context.plan);
			return afford(context, quotas);
		},
	};
}

function unlimited(plan: RoutePlan): Budgeted {
	return { spending: nothingReserved, affordable: plan, outputTokensCap: undefined };
}

interface Attempt {
	readonly plan: RoutePlan;
	readonly demands: readonly Demand[];
	readonly estimate: Estimate;
	readonly booking: Booking;
}

async function afford(context: Readonly<Needs>, desk: GatewayPorts["quotas"]): Promise<Budgeted> {
	const first = await attempt(context, context.plan, desk);
	if (first.demands.length === 0) return unlimited(first.plan);
	const asking = downgrading(first);
	const cheaper = asking && cheaperPlan(context, asking.downgradeTo);
	if (cheaper === undefined) return settled(context, await narrowed(context, first, desk));
	// What was set aside for the dear model must not stand in the way of the cheap one.
	if (first.booking.ok) first.booking.cancel();
	const second = await narrowed(context, await attempt(context, cheaper, desk), desk);
	context.trace.note(`The budget "${asking?.title}" asked for ${cheaper.choices[0]?.target.id}`);
	return settled(context, second);
}

/** The quota that asks for a cheaper model: its soft limit is reached, or its hard one. */
function downgrading({ booking, plan }: Attempt) {
	if (!booking.ok) {
		const { demand } = booking.standing;
		return asksForCheaper(demand, plan) ? demand.quota : undefined;
	}
	const reached = booking.standings.find(({ demand, limit, remaining }) => {
		const { softLimit } = demand.quota;
		const before = limit - remaining - demand.amount;
		return asksForCheaper(demand, plan) && softLimit !== null && before >= softLimit;
	});
	return reached?.demand.quota;
}

/** A budget of one model has no say in a plan that goes to that model only when others fail. */
function asksForCheaper({ quota, targets }: Demand, plan: RoutePlan): boolean {
	if (quota.softAction !== "downgrade") return false;
	return targets === undefined || plan.choices.some(({ target }) => targets.has(target.id));
}

/** Leaves out models whose own budget cannot pay, as long as others are left. */
async function narrowed(
	context: Readonly<Needs>,
	first: Attempt,
	desk: GatewayPorts["quotas"],
): Promise<Attempt> {
	let current = first;
	// Each round leaves at least one target out, so this ends.
	while (!current.booking.ok && current.booking.why === "exhausted") {
		const { targets } = current.booking.standing.demand;
		const plan = targets && withoutTargets(current.plan, targets);
		if (plan === undefined) return current;
		current = await attempt(context, plan, desk);
	}
	return current;
}

async function attempt(
	context: Readonly<Needs>,
	plan: RoutePlan,
	desk: GatewayPorts["quotas"],
): Promise<Attempt> {
	const { caller, exchange, trace, snapshot, request, size = sizeOf(request) } = context;
	const targets = reachableTargets(plan);
	const applied = applicableQuotas(snapshot.quotas, "usd", {
		caller,
		ip: exchange.incoming.ip,
		tags: trace.labels.tags,
		plan,
		targets,
	});
	const estimate = estimateCost({ request, size }, targets, snapshot.settings.budgets);
	const demands = applied.map((one) => demandOf(one, estimate.worstOf(one.targets)));
	return { plan, demands, estimate, booking: await desk.reserve(demands) };
}

function settled({ trace }: Readonly<Needs>, { plan, booking, estimate }: Attempt): Budgeted {
	if (!booking.ok) throw refusal(booking);
	if (estimate.unpriced.length > 0) {
		trace.note(`Budgets count nothing for ${estimate.unpriced.join(", ")}: no price is known`);
	}
	return {
		spending: booking.reservation,
		affordable: plan,
		outputTokensCap: estimate.outputTokensCap,
	};
}

/** Names the budget and when it begins anew; never amounts, which are other people's too. */
function refusal({ why, standing }: Extract<Booking, { ok: false }>): GatewayError {
	if (why === "unavailable") return new GatewayError("budget.unavailable", { retryAfterMs: 1000 });
	const { windowEnd, demand } = standing;
	const until = windowEnd === null ? "" : ` until ${new Date(windowEnd).toISOString()}`;
	return new GatewayError("budget.exceeded", {
		message: `The budget "${demand.quota.title}" does not allow this request${until}.`,
	});
}
