import type { RequestFilters } from "../../lib/client/requests.ts";
import { requestsHref } from "../../lib/client/requests-href.ts";
import type { RangeChoice } from "../../lib/client/use-time-range.ts";
import type { Overview } from "../../lib/contracts/overview.ts";
import { formatMoney } from "../../lib/format/money.ts";
import { formatCount } from "../../lib/format/numbers.ts";
import { errorCatalogue } from "../../proxy-core/contract/errors.ts";

/** One bar of a ranking. */
export interface Ranked {
	readonly id: string;
	readonly label: string;
	readonly value: number;
	readonly note?: string;
	readonly href: string;
}

type Group = Overview["topModels"][number];

export function rankedModels(
	{ topModels }: Pick<Overview, "topModels">,
	choice: RangeChoice,
): readonly Ranked[] {
	return topModels.map((group) => toRanked(group, requestsHref(choice, servedBy(group.id))));
}

export function rankedKeys(
	{ topKeys }: Pick<Overview, "topKeys">,
	choice: RangeChoice,
): readonly Ranked[] {
	return topKeys.map((group) => toRanked(group, requestsHref(choice, { keyId: group.id })));
}

export function rankedErrors(
	{ errors }: Pick<Overview, "errors">,
	choice: RangeChoice,
): readonly Ranked[] {
	return errors.map(({ code, requests }) => ({
		id: code,
		label: titleOfError(code),
		value: requests,
		note: code,
		href: requestsHref(choice, { errorCode: code }),
	}));
}

/** By provider and model, because callers may have asked for it by another name. */
function servedBy(id: string): RequestFilters {
	const slash = id.indexOf("/");
	return { provider: id.slice(0, slash), model: id.slice(slash + 1) };
}

function toRanked({ id, label, requests, costMicroUsd, failed }: Group, href: string): Ranked {
	// Zero may also mean that the cost is unknown, so it is not said.
	const note = costMicroUsd === 0 ? [] : [formatMoney(costMicroUsd)];
	if (failed > 0) note.push(`${formatCount(failed)} failed`);
	const ranked = { id, label, value: requests, href };
	return note.length === 0 ? ranked : { ...ranked, note: note.join(" · ") };
}

function titleOfError(code: string): string {
	const found = Object.values(errorCatalogue).find((entry) => entry.code === code);
	return found === undefined ? code : found.title.replace(/\.$/, "");
}
