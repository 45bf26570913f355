import type { Route } from "../../lib/contracts/routes.ts";
import type { FallbackReason } from "../../proxy-core/contract/routing.ts";
import type { EndpointId } from "../../proxy-core/contract/settled-record.ts";

interface FallbackWords {
	readonly title: string;
	/** Beside the names in a table. */
	readonly short: string;
	readonly help: string;
}

export const fallbackWords: Readonly<Record<FallbackReason, FallbackWords>> = {
	error: {
		title: "After errors",
		short: "error",
		help: "When every target failed, took too long or is out of service.",
	},
	"context-window": {
		title: "When the prompt is too long",
		short: "too long",
		help: "When a target says that the prompt does not fit into its context window.",
	},
	"content-policy": {
		title: "When the provider refuses the content",
		short: "content",
		help: "When a provider’s own content filter refuses the prompt or the answer.",
	},
};

export type RouteKind = "alias" | "group" | "pattern";

interface KindWords {
	readonly word: string;
	readonly says: string;
}

export const kindWords: Readonly<Record<RouteKind, KindWords>> = {
	alias: { word: "alias", says: "Another name for one target." },
	group: { word: "group", says: "One name for several targets." },
	pattern: { word: "pattern", says: "Stands for every name that fits; * is any text." },
};

export function kindOf({ name, entries }: Pick<Route, "name" | "entries">): RouteKind {
	if (name.includes("*")) return "pattern";
	return entries.length > 1 ? "group" : "alias";
}

const stepTitles: Readonly<Record<string, string>> = {
	endpoint: "Endpoint",
	name: "Name",
	access: "Access",
	price: "Price",
	health: "Health",
	order: "Order",
	sticky: "Session",
	fallback: "Fallback",
	chosen: "Choice",
	refused: "Refused",
};

/** A step's title; one that this page does not know yet shows as it is called. */
export function stepTitle(step: string): string {
	return stepTitles[step] ?? step;
}

/** A score without the parts it was made of: `0.42 /s`. */
export function shortScore(text: string): string {
	return text.split(" (", 1)[0] ?? text;
}

/** Where an application sends requests of this kind. */
export function pathOf(endpoint: EndpointId): string {
	return `/v1/${endpoint.replaceAll(".", "/")}`;
}
