import type { QuotaUnit } from "../contract/quota.ts";
import type { Caller } from "../pipeline/context.ts";
import type { RoutePlan } from "../routing/route.ts";
import type { Target } from "../snapshot.ts";
import type { Quota } from "./quota.ts";
import type { QuotaIndex } from "./quota-index.ts";

/** Whoever and whatever a request is counted for. */
export interface Subjects {
	readonly caller: Caller;
	readonly ip: string;
	readonly tags: readonly string[];
	/** Undefined: the request is for no model. */
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
	subjects: Subjects,
): readonly Applied[] {
	if (!index.counts(unit)) return [];
	const { caller, ip, tags } = subjects;
	const user = caller.kind === "key" ? caller.ownerId : caller.userId;
	const found = [
		...index.find(unit, "organisation", ""),
		...(caller.kind === "key" && caller.teamId !== null
			? index.find(unit, "team", caller.teamId)
			: []),
		...(user === null ? [] : index.find(unit, "user", user)),
		...(caller.kind === "key" ? index.find(unit, "key", caller.keyId) : []),
		...index.find(unit, "ip", ip),
		...[...new Set(tags)].flatMap((tag) => index.find(unit, "tag", tag)),
	];
	return [
		...found.map((applicable) => ({ ...applicable, targets: undefined })),
		...ofModels(index, unit, subjects),
	];
}

/**
 * Quotas of models count the route's name for everything it leads to, and a target's own names for
 * that target. Those of each model count targets, so that a bare name does not count twice.
 */
function ofModels(
	index: QuotaIndex,
	unit: QuotaUnit,
	{ plan, targets }: Subjects,
): readonly Applied[] {
	const route = plan?.route ?? null;
	const named: Applied[] = (route === null ? [] : index.find(unit, "model", route))
		.filter(({ quota }) => quota.subject !== "*")
		.map((applicable) => ({ ...applicable, targets: undefined }));
	const byCounter = new Map<string, { quota: Quota; subject: string; targets: Target[] }>();
	for (const target of targets) {
		const found = [
			...index.find(unit, "model", target.id),
			...index.find(unit, "model", target.model).filter(({ quota }) => quota.subject !== "*"),
		];
		for (const { quota, subject } of found) {
			const place = quota.subject === "*" ? `${quota.id} ${subject}` : quota.id;
			const known = byCounter.get(place);
			if (known === undefined) byCounter.set(place, { quota, subject, targets: [target] });
			else if (!known.targets.includes(target)) known.targets.push(target);
		}
	}
	return [...named, ...byCounter.values()];
}
