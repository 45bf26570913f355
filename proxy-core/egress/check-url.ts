import { isIP } from "node:net";
import { GatewayError } from "../errors/gateway-error.ts";
import type { AddressReason } from "./address-rules.ts";
import { refusedAddress } from "./address-rules.ts";
import type { AllowList } from "./allow-list.ts";

export type UrlReason =
	| AddressReason
	| "not-a-url"
	| "scheme"
	| "credentials"
	| "odd-form"
	| "local-name";

const explanations: Readonly<Record<UrlReason, string>> = {
	"not-a-url": "This is not a URL.",
	scheme: "Only http:// and https:// addresses can be used.",
	credentials: "The URL must not contain a user name or password.",
	"odd-form": "Write the host plainly: a name, or an address in its usual form.",
	"local-name": "The host names this machine or its private network; the operator has to allow it.",
	loopback: "The address is this machine itself; the operator has to allow it.",
	private: "The address lies in a private network; the operator has to allow it.",
	"link-local": "The address is link-local (cloud metadata lives there).",
	shared: "The address lies in a carrier's shared range.",
	multicast: "The address is a multicast or broadcast address.",
	"embedded-ipv4": "The address hides an IPv4 address inside an IPv6 one.",
	tunnel: "The address belongs to a tunnelling range.",
	"cloud-metadata": "The address belongs to the cloud provider's own services.",
	reserved: "The address is reserved.",
	"not-an-address": "The address cannot be read.",
};

/** Names that resolve inside the machine or the local network by convention (RFC 6761, RFC 6762, RFC 8375, ICANN). */
const localSuffixes = [
	"localhost",
	"localdomain",
	"localhost4",
	"localhost6",
	"local",
	"internal",
	"intranet",
	"lan",
	"home",
	"corp",
	"private",
	"home.arpa",
	"onion",
	"ip6-localhost",
	"ip6-loopback",
];

/**
 * Judges what can be judged without asking DNS. Throws `egress.refused`; its `rule` is the reason.
 * A URL that passes may still be refused when its name resolves.
 */
export function checkUrl(text: string, allowList: AllowList): void {
	const reason = reasonAgainst(text, allowList);
	if (reason !== undefined) throw refusal(reason);
}

export function refusal(reason: UrlReason): GatewayError {
	return new GatewayError("egress.refused", { message: explanations[reason], rule: reason });
}

function reasonAgainst(text: string, allowList: AllowList): UrlReason | undefined {
	// The URL parser drops these silently, so what a person reads is not what would be called.
	if (/[\t\n\r\\]/.test(text)) return "odd-form";
	if (!URL.canParse(text)) return "not-a-url";
	const url = new URL(text);
	if (url.protocol !== "http:" && url.protocol !== "https:") return "scheme";
	if (url.username !== "" || url.password !== "") return "credentials";
	const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
	const reason = reasonAgainstHost(url.hostname, port, allowList);
	if (reason !== undefined) return reason;
	return isWrittenPlainly(text, url) ? undefined : "odd-form";
}

/** `hostname` as `URL` gives it: lower case, punycode, IPv6 in brackets. */
export function reasonAgainstHost(
	hostname: string,
	port: number,
	allowList: AllowList,
): UrlReason | undefined {
	const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
	if (isIP(host) !== 0) {
		return allowList.allowsAddress(host, port) ? undefined : refusedAddress(host);
	}
	if (host === "" || host.endsWith(".") || host.includes("%")) return "odd-form";
	if (allowList.allowsName(host, port)) return undefined;
	const isLocal = localSuffixes.some((name) => host === name || host.endsWith(`.${name}`));
	return isLocal ? "local-name" : undefined;
}

/** Decimal, octal, hex, percent-encoded and full-width spellings all become another host than the one written. */
function isWrittenPlainly(text: string, url: URL): boolean {
	const authority = /^[a-z]+:\/\/([^/?#]*)/i.exec(text)?.[1]?.toLowerCase();
	if (authority === undefined) return false;
	const written = authority.replace(/:\d*$/, "");
	if (written === url.hostname) return true;
	// Addresses have one usual form; names may be written in Unicode and arrive here as punycode.
	const isAddress = isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0;
	if (isAddress) return url.hostname.startsWith("[");
	return url.hostname.includes("xn--") && !authority.includes("%");
}
