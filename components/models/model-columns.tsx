import type { Model } from "../../lib/contracts/models.ts";
import type { ListedModelInfo, ModelPrice, Traits } from "../../lib/contracts/prices.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import type { Column } from "../ui/data-table/column.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import {
	CapabilitiesCell,
	nothing,
	RateCell,
	RetirementBadge,
	TokensCell,
} from "./model-cells.tsx";
import { capabilityWords, purposeWords } from "./trait-words.ts";

interface Described {
	readonly model: string;
	readonly price: ModelPrice | null;
	readonly traits: Traits | null;
}

/** Columns of what this installation offers. `nowMs`: what counts as retired. */
export function offeredColumns(nowMs: number, seesCallers: boolean): readonly Column<Model>[] {
	return [
		{
			id: "model",
			header: "Model",
			isPrimary: true,
			sortBy: (model) => model.model,
			exportAs: (model) => model.id,
			cell: (model) => (
				<Name
					subject={model}
					below={model.providerTitle}
					nowMs={nowMs}
					isOverridden={model.override !== null}
				/>
			),
		},
		...sharedColumns<Model>(),
		...(seesCallers ? [callersColumn] : []),
	];
}

/** Columns of the whole catalogue. */
export function catalogueColumns(nowMs: number): readonly Column<ListedModelInfo>[] {
	return [
		{
			id: "model",
			header: "Model",
			isPrimary: true,
			sortBy: (model) => model.model,
			cell: (model) => (
				<Name
					subject={model}
					below={model.kindTitle}
					nowMs={nowMs}
					isOverridden={model.isOverridden}
				/>
			),
		},
		...sharedColumns<ListedModelInfo>(),
	];
}

function sharedColumns<Row extends Described>(): readonly Column<Row>[] {
	return [
		{
			id: "purpose",
			header: "For",
			sortBy: ({ traits }) => (traits === null ? null : purposeWords[traits.purpose]),
			cell: ({ traits }) => (traits === null ? nothing : purposeWords[traits.purpose]),
		},
		{
			id: "input",
			header: "Input, $/1M",
			align: "right",
			sortBy: ({ price }) => price?.inputMicroUsd ?? null,
			exportAs: ({ price }) => inDollars(price?.inputMicroUsd),
			cell: ({ price }) => <RateCell price={price} rate="inputMicroUsd" />,
		},
		{
			id: "output",
			header: "Output, $/1M",
			align: "right",
			sortBy: ({ price }) => price?.outputMicroUsd ?? null,
			exportAs: ({ price }) => inDollars(price?.outputMicroUsd),
			cell: ({ price }) => <RateCell price={price} rate="outputMicroUsd" />,
		},
		{
			id: "cached",
			header: "Cached, $/1M",
			align: "right",
			isHiddenByDefault: true,
			sortBy: ({ price }) => price?.cachedInputMicroUsd ?? null,
			exportAs: ({ price }) => inDollars(price?.cachedInputMicroUsd),
			cell: ({ price }) => <RateCell price={price} rate="cachedInputMicroUsd" />,
		},
		{
			id: "context",
			header: "Context",
			align: "right",
			sortBy: ({ traits }) => traits?.contextTokens ?? null,
			cell: ({ traits }) => <TokensCell tokens={traits?.contextTokens} />,
		},
		{
			id: "outputMax",
			header: "Longest answer",
			align: "right",
			isHiddenByDefault: true,
			sortBy: ({ traits }) => traits?.outputTokensMax ?? null,
			cell: ({ traits }) => <TokensCell tokens={traits?.outputTokensMax} />,
		},
		{
			id: "capabilities",
			header: "Can",
			exportAs: ({ traits }) =>
				(traits?.capabilities ?? []).map((name) => capabilityWords[name]).join(" "),
			cell: ({ traits }) => <CapabilitiesCell traits={traits} />,
		},
		{
			id: "retires",
			header: "Retires",
			isHiddenByDefault: true,
			sortBy: ({ traits }) => traits?.retiresOn ?? null,
			cell: ({ traits }) => traits?.retiresOn ?? nothing,
		},
	];
}

const callersColumn: Column<Model> = {
	id: "callers",
	header: "May be used by",
	sortBy: ({ callers }) => callers?.keys ?? null,
	cell: ({ callers }) => {
		if (callers === null) return nothing;
		if (callers.keys === 0) {
			return (
				<Tooltip content="No key may use it: only people in the playground can.">
					<Badge tone="caution">no key</Badge>
				</Tooltip>
			);
		}
		return (
			<span className="whitespace-nowrap">
				{formatQuantity(callers.keys, "key")}
				{callers.teams > 0 && (
					<span className="text-muted">, {formatQuantity(callers.teams, "team")}</span>
				)}
			</span>
		);
	},
};

interface NameProps {
	readonly subject: Described;
	readonly below: string;
	readonly nowMs: number;
	readonly isOverridden: boolean;
}

function Name({ subject, below, nowMs, isOverridden }: NameProps) {
	return (
		<div className="min-w-0 max-w-80">
			<div className="break-all font-medium font-mono text-ink text-sm">{subject.model}</div>
			<div className="mt-0.5 flex flex-wrap items-center gap-1.5 text-faint text-xs">
				<span>{below}</span>
				<RetirementBadge traits={subject.traits} nowMs={nowMs} />
				{isOverridden && <Badge tone="note">own price</Badge>}
			</div>
		</div>
	);
}

function inDollars(microUsd: number | undefined): number | null {
	return microUsd === undefined ? null : microUsd / 1_000_000;
}
