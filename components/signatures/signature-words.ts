import type { SignatureInfo } from "../../lib/contracts/signatures.ts";
import type { RuleMode } from "../../proxy-core/contract/threats.ts";
import { ruleModes, severities, threatCategories } from "../../proxy-core/contract/threats.ts";

export const modeWords: Readonly<Record<RuleMode, string>> = {
	off: "Off",
	monitor: "Monitor",
	enforce: "Block",
};

/** What happens when a signature's text is found, in a few words. */
export function modeText({ mode, ownMode, disguisedMode }: SignatureInfo): string {
	const inForce = mode ?? ownMode;
	if (mode !== null || disguisedMode === ownMode) return modeWords[inForce];
	return `${modeWords[ownMode]}; ${modeWords[disguisedMode].toLowerCase()} when hidden`;
}

export interface SignatureFilter {
	readonly search: string;
	readonly category: string;
	readonly mode: string;
	readonly severity: string;
	/** `own`, `shipped`, or everything else for both. */
	readonly origin: string;
}

export function readSignatureFilter(params: Pick<URLSearchParams, "get">): SignatureFilter {
	const oneOf = (name: string, values: readonly string[]) =>
		values.find((value) => value === params.get(name)) ?? "all";
	return {
		search: params.get("search") ?? "",
		category: oneOf("category", threatCategories),
		mode: oneOf("mode", ruleModes),
		severity: oneOf("severity", severities),
		origin: oneOf("origin", ["own", "shipped"]),
	};
}

/** Searches ids, titles and texts; a mode fits when either of a signature's two modes is it. */
export function filterSignatures(
	items: readonly SignatureInfo[],
	{ search, category, mode, severity, origin }: SignatureFilter,
): readonly SignatureInfo[] {
	const wanted = search.trim().toLowerCase();
	return items.filter((item) => {
		const modes = item.mode === null ? [item.ownMode, item.disguisedMode] : [item.mode];
		return (
			(category === "all" || item.category === category) &&
			(severity === "all" || item.severity === severity) &&
			(mode === "all" || modes.some((one) => one === mode)) &&
			(origin === "all" || item.isOwn === (origin === "own")) &&
			(wanted === "" || textOf(item).includes(wanted))
		);
	});
}

/** Those that were found lately come first; the others keep their order. */
export function foundFirst(items: readonly SignatureInfo[]): readonly SignatureInfo[] {
	return items.toSorted((a, b) => b.hits.found - a.hits.found);
}

/** The Threats page with what a signature found in the last day. */
export function eventsOf(id: string): string {
	return `/threats?${new URLSearchParams({ tab: "events", guard: "firewall", rule: id, range: "24h" }).toString()}`;
}

function textOf({ id, title, literals }: SignatureInfo): string {
	return [id, title, ...literals].join("\n").toLowerCase();
}
