import type { QuotaUnit } from "../contract/quota.ts";
import type { Caller } from "../pipeline/context.ts";
import type { RoutePlan } from "../routing/route.ts";
import type { Target } from "../snapshot.ts";
import type { Quota } from "./quota.ts";
import type { Applicable, QuotaIndex } from "./quota-index.ts";

/** Whom a request is counted for, as its head alone says. */
export interface Sender {
	readonly caller: Caller;
	readonly ip: string;
}

/** What it is counted for once its body is understood. */
export interface Purpose {
	readonly tags: readonly string[];
	readonly plan: RoutePlan | undefined;
	/** Those of the plan that count. */
	readonly targets: readonly Target[];
}

/** A quota that counts a request, with the subject by which it does. */
export interface Applied {
	readonly quota: Quota;
	readonly subject: string;
	/** Undefined: whichever target serves it. */
	readonly targets: readonly Target[] | undefined;
}

/** Every quota of one unit that counts this request, each once. */
export function applicableQuotas(
	index: QuotaIndex,
	unit: QuotaUnit,
	subjects: Sender & Purpose,
): readonly Applied[] {
	if (!index.counts(unit)) return [];
	return [...quotasOfSender(index, unit, subjects), ...quotasOfPurpose(index, unit, subjects)];
}

export function quotasOfSender(
	index: QuotaIndex,
	unit: QuotaUnit,
	{ caller, ip }: Sender,
): readonly Applied[] {
	if (!index.counts(unit)) return [];
	const user = caller.kind === "key" ? caller.ownerId : caller.userId;
	const applied: Applied[] = [];
	addAll(applied, index.find(unit, "organisation", ""));
	if (caller.kind === "key" && caller.teamId !== null) {
		addAll(applied, index.find(unit, "team", caller.teamId));
	}
	if (user !== null) addAll(applied, index.find(unit, "user", user));
	if (caller.kind === "key") addAll(applied, index.find(unit, "key", caller.keyId));
	addAll(applied, index.find(unit, "ip", ip));
	return applied;
}

export function quotasOfPurpose(
	index: QuotaIndex,
	unit: QuotaUnit,
	{ tags, plan, targets }: Purpose,
): readonly Applied[] {
	if (!index.counts(unit)) return [];
	const applied: Applied[] = [];
	for (const tag of new Set(tags)) addAll(applied, index.find(unit, "tag", tag));
	if (index.counts(unit, "model")) addOfModels(applied, index, { unit, plan, targets });
	return applied;
}

function addAll(applied: Applied[], found: readonly Applicable[]): void {
	for (const { quota, subject } of found) applied.push({ quota, subject, targets: undefined });
}

/**
 * Quotas of models count the route's name for everything it leads to, and a target's own names for
 * that target. Those of each model count targets, so that a bare name does not count twice.
 */
function addOfModels(
	applied: Applied[],
	index: QuotaIndex,
	{ unit, plan, targets }: Pick<Purpose, "plan" | "targets"> & { readonly unit: QuotaUnit },
): void {
	const own = (name: string) =>
		index.find(unit, "model", name).filter(({ quota }) => quota.subject !== "*");
	const route = plan?.route ?? null;
	if (route !== null) addAll(applied, own(route));
	const byCounter = new Map<string, { quota: Quota; subject: string; targets: Target[] }>();
	for (const target of targets) {
		for (const { quota, subject } of [
			...index.find(unit, "model", target.id),
			...own(target.model),
		]) {
			const place = quota.subject === "*" ? `${quota.id} ${subject}` : quota.id;
			const known = byCounter.get(place);
			if (known === undefined) byCounter.set(place, { quota, subject, targets: [target] });
			else if (!known.targets.includes(target)) known.targets.push(target);
		}
	}
	applied.push(...byCounter.values());
}
