import type { ModelPrice, Traits } from "../../lib/contracts/prices.ts";
import { formatCompact, formatCount } from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { retirementOf } from "./model-filters.ts";
import { formatRate, isFree, pieceInWords } from "./price-words.ts";
import { capabilityWords } from "./trait-words.ts";

export const nothing = <span className="text-faint">–</span>;

interface RateCellProps {
	readonly price: ModelPrice | null;
	readonly rate: "inputMicroUsd" | "outputMicroUsd" | "cachedInputMicroUsd";
}

/** One rate per million tokens; of a model that is sold by the piece, its price in the first column. */
export function RateCell({ price, rate }: RateCellProps) {
	if (price === null) {
		if (rate !== "inputMicroUsd") return nothing;
		return (
			<Tooltip content="No source names a price: what its requests cost is recorded as unknown. Set one here.">
				<Badge tone="caution">no price</Badge>
			</Tooltip>
		);
	}
	const piece = pieceInWords(price);
	if (piece !== undefined) {
		return rate === "inputMicroUsd" ? <span className="text-muted text-sm">{piece}</span> : nothing;
	}
	if (isFree(price)) return rate === "inputMicroUsd" ? <span>free</span> : nothing;
	const value = price[rate];
	if (value === undefined) return nothing;
	return (
		<span className="whitespace-nowrap">
			{formatRate(value)}
			{rate === "inputMicroUsd" && price.longContext !== undefined && (
				<Tooltip
					content={`${formatRate(price.longContext.rates.inputMicroUsd)} above ${formatCount(price.longContext.aboveInputTokens)} input tokens`}
				>
					<span className="ml-1 text-faint text-xs">tiered</span>
				</Tooltip>
			)}
		</span>
	);
}

export function TokensCell({ tokens }: { readonly tokens: number | undefined }) {
	if (tokens === undefined) return nothing;
	return <span title={`${formatCount(tokens)} tokens`}>{formatCompact(tokens)}</span>;
}

export function CapabilitiesCell({ traits }: { readonly traits: Traits | null }) {
	if (traits === null || traits.capabilities.length === 0) return nothing;
	return (
		<span className="flex max-w-64 flex-wrap gap-1">
			{traits.capabilities.map((capability) => (
				<Badge key={capability}>{capabilityWords[capability]}</Badge>
			))}
		</span>
	);
}

interface RetirementProps {
	readonly traits: Traits | null;
	readonly nowMs: number;
}

export function RetirementBadge({ traits, nowMs }: RetirementProps) {
	const state = retirementOf(traits, nowMs);
	if (state === undefined) return undefined;
	return (
		<Tooltip content={`Its vendor stops serving it on ${traits?.retiresOn ?? ""}.`}>
			<Badge tone={state === "retired" ? "alert" : "caution"}>{state}</Badge>
		</Tooltip>
	);
}
