import { isIP } from "node:net";
import type { ActorKind } from "../../../proxy-core/contract/threat-settings.ts";
import { GatewayError } from "../../../proxy-core/errors/gateway-error.ts";
import { canonicalRange } from "../../../proxy-core/threat-ledger/address-ranges.ts";
import { runtime } from "../runtime.ts";

export interface ActorName {
	readonly kind: ActorKind;
	readonly value: string;
}

/** A wider range is half of the internet, and more likely a slip of the hand. */
const narrowest = { v4: 8, v6: 16 } as const;

/** Checks what people typed, and writes it as the ledger does. Throws `request.invalid`. */
export function readBannable({ kind, value }: ActorName): ActorName {
	switch (kind) {
		case "ip":
			return { kind, value: readRange(value) };
		case "key":
			if (runtime().snapshot().keys.has(value)) return { kind, value };
			throw invalid("There is no key with this id.");
		case "user":
		case "session":
		case "fingerprint":
			return { kind, value };
	}
}

/** Throws `request.invalid` for what is no address or range, and for half of the internet. */
export function readRange(text: string): string {
	const range = canonicalRange(text);
	if (range === undefined)
		throw invalid("Write an address such as 192.0.2.7, or a range such as 192.0.2.0/24.");
	const [address = "", length] = range.split("/");
	const least = isIP(address) === 6 ? narrowest.v6 : narrowest.v4;
	if (length !== undefined && Number(length) < least) {
		throw invalid(`The range is too wide; use /${least} or narrower.`);
	}
	return range;
}

function invalid(message: string): GatewayError {
	return new GatewayError("request.invalid", { param: "value", message });
}
