import { isIPv4 } from "node:net";
import { domainToUnicode } from "node:url";
import { refusedAddress } from "../../egress/address-rules.ts";
import { brands, lureWords, riskyTopLevels, secondLevels, shorteners } from "./host-lists.ts";

/** What speaks against a URL, each with its weight; a sum of 1 is certain. */
export interface UrlRisk {
	readonly score: number;
	readonly reasons: readonly string[];
}

/** `written` as it stands in the text; `url` as a browser reads it. */
export function riskOf(url: URL, written: string): UrlRisk {
	const reasons: string[] = [];
	let score = 0;
	const add = (reason: string, weight: number): void => {
		reasons.push(reason);
		score += weight;
	};
	weighCredentials(url, add);
	const address = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
	if (url.hostname.startsWith("[") || isIPv4(address)) {
		weighAddress(address, hostWritten(written), add);
	} else weighName(url.hostname, add);
	if (/\.(?:exe|scr|bat|cmd|msi|apk|hta|vbs|ps1|jar|dmg|pkg)$/i.test(url.pathname))
		add("program", 0.15);
	return { score: Math.min(1, score), reasons };
}

type Add = (reason: string, weight: number) => void;

function weighCredentials({ username, password }: URL, add: Add): void {
	if (username === "" && password === "") return;
	// `https://bank.example@evil.example` shows one host and calls another.
	if (/\.\p{L}{2,}|%2e/iu.test(username)) add("host-as-user", 0.8);
	else add("credentials", 0.35);
}

const metadataAddresses: ReadonlySet<string> = new Set(["169.254.169.254", "100.100.100.200"]);

function weighAddress(address: string, host: string, add: Add): void {
	const reason = refusedAddress(address);
	if (isIPv4(address) && host !== address) add("disguised-address", 0.8);
	else if (metadataAddresses.has(address)) add("cloud-metadata", 0.6);
	else if (reason === "embedded-ipv4" || reason === "tunnel") add("disguised-address", 0.6);
	// Manuals are full of `http://127.0.0.1:8080`; alone it says nothing.
	else if (reason !== undefined) add("local-address", 0.3);
	else add("address", 0.35);
}

function hostWritten(written: string): string {
	const authority = /^[a-z]*:?[\\/]{2,4}([^\\/?#]*)/i.exec(written)?.[1] ?? "";
	return authority
		.slice(authority.lastIndexOf("@") + 1)
		.replace(/:\d*$/, "")
		.toLowerCase();
}

function weighName(hostname: string, add: Add): void {
	const labels = hostname.replace(/\.$/, "").split(".");
	const top = labels.at(-1) ?? "";
	const isTwoLevel = secondLevels.has(labels.slice(-2).join("."));
	const own = labels.at(isTwoLevel ? -3 : -2) ?? "";
	if (riskyTopLevels.has(top)) add("top-level", 0.3);
	if (shorteners.has(labels.slice(-2).join("."))) add("shortener", 0.3);
	if (labels.length - (isTwoLevel ? 3 : 2) > 3) add("many-subdomains", 0.2);
	if ((own.match(/-/g) ?? []).length > 1) add("hyphens", 0.15);
	if ((own.match(/\d/g) ?? []).length > 4) add("digits", 0.15);
	if (own.length > 25) add("long", 0.08);
	if (hostname.includes("xn--")) weighScript(hostname, add);
	weighLures(labels, own, add);
}

const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];
/** A label that reads as a Latin word and is none. */
const lookAlike = /^[асеорхуіјѕһԁԛԝӏαορνυικτ-]{3,}$/u;

function weighScript(hostname: string, add: Add): void {
	add("punycode", 0.25);
	const labels = domainToUnicode(hostname).split(".");
	const isMixed = labels.some((label) => scripts.filter((script) => script.test(label)).length > 1);
	if (isMixed) add("mixed-script", 0.5);
	else if (labels.some((label) => lookAlike.test(label))) add("look-alike", 0.5);
}

function weighLures(labels: readonly string[], own: string, add: Add): void {
	const words = labels.slice(0, -1).flatMap((label) => label.split("-"));
	const lures = words.filter((word) => lureWords.has(word)).length;
	if (lures > 0) add("lure", 0.2 * Math.min(3, lures));
	if (brands.has(own)) return;
	const plain = words.map((word) => word.replaceAll("0", "o").replaceAll("1", "l"));
	if (plain.some((word) => brands.has(word))) add("brand", 0.35);
}
