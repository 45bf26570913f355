import {
	canonicalRange,
	createAddressRanges,
} from "../../../proxy-core/threat-ledger/address-ranges.ts";
import { runtime } from "../runtime.ts";
import type { ActorName } from "./bannable.ts";

/** Whether nothing is ever done about an actor: it is on the allow-list, or one of the operator's proxies. */
export function isOnAllowList({ kind, value }: ActorName): boolean {
	const { environment, snapshot } = runtime();
	const { addresses, keyIds } = snapshot().settings.threats.allow;
	if (kind === "key") return keyIds.includes(value);
	if (kind !== "ip") return false;
	const ranges = createAddressRanges<true>();
	for (const range of [...addresses, ...environment.trustedProxies]) ranges.put(range, true);
	return ranges.find(value) === true;
}

/** The list of addresses with one more, or one less. */
export function changedAddresses(
	addresses: readonly string[],
	range: string,
	isAllowed: boolean,
): string[] {
	const others = addresses.filter((entry) => canonicalRange(entry) !== range);
	return isAllowed ? [...others, range] : others;
}
