import { ruleTesterHref, sharedChange } from "../../lib/client/inspections.ts";
import type { PolicyChange } from "./policy-change.ts";

/** A recorded request in the tester, under the same change as far as a link can carry it. */
export function testerHref(requestId: string, change: PolicyChange): `/${string}` {
	const shared = sharedChange(change);
	const address = ruleTesterHref(requestId);
	return shared === null ? address : `${address}&change=${encodeURIComponent(shared)}`;
}
