"use client";

import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Model } from "../../lib/contracts/models.ts";
import { modelCapabilities, modelPurposes } from "../../proxy-core/contract/model-traits.ts";
import { Button } from "../ui/button.tsx";
import { UrlChoice, UrlSearch } from "../ui/url-filters.tsx";
import type { ModelFilter } from "./model-filters.ts";
import { capabilityWords, purposeWords } from "./trait-words.ts";

/** The filters as they stand in the address. */
export function useModelFilter(): ModelFilter {
	const [params] = useUrlState();
	return {
		search: params.get("search") ?? "",
		provider: params.get("provider") ?? undefined,
		purpose: modelPurposes.find((one) => one === params.get("for")),
		capability: modelCapabilities.find((one) => one === params.get("can")),
		isUnpriced: params.get("price") === "none",
	};
}

export const noModelFilter = {
	search: null,
	provider: null,
	kind: null,
	for: null,
	can: null,
	price: null,
};

export function OfferedToolbar({ models }: { readonly models: readonly Model[] }) {
	const [, change] = useUrlState();
	const filter = useModelFilter();
	const providers = new Map(models.map(({ provider, providerTitle }) => [provider, providerTitle]));
	const unpriced = models.filter((model) => model.price === null).length;
	return (
		<>
			<UrlSearch {...searchWords} />
			<UrlChoice
				name="provider"
				label="Provider"
				any="Any provider"
				options={[...providers].map(([value, label]) => ({ value, label }))}
			/>
			<PurposeChoice />
			<UrlChoice
				name="can"
				label="Capability"
				any="Any capability"
				options={modelCapabilities.map((value) => ({ value, label: capabilityWords[value] }))}
			/>
			{(unpriced > 0 || filter.isUnpriced) && (
				<Button
					size="small"
					aria-pressed={filter.isUnpriced}
					variant={filter.isUnpriced ? "primary" : "secondary"}
					onClick={() => change({ price: filter.isUnpriced ? null : "none" })}
				>
					{unpriced} without price
				</Button>
			)}
		</>
	);
}

interface CatalogueToolbarProps {
	readonly kinds: readonly { readonly id: string; readonly title: string }[];
}

export function CatalogueToolbar({ kinds }: CatalogueToolbarProps) {
	return (
		<>
			<UrlSearch {...searchWords} />
			<UrlChoice
				name="kind"
				label="Kind of provider"
				any="Any kind of provider"
				options={kinds.map(({ id, title }) => ({ value: id, label: title }))}
			/>
			<PurposeChoice />
		</>
	);
}

const searchWords = { label: "Search models", placeholder: "Model or provider" } as const;

function PurposeChoice() {
	return (
		<UrlChoice
			name="for"
			label="What it is for"
			any="Any purpose"
			options={modelPurposes.map((value) => ({ value, label: purposeWords[value] }))}
		/>
	);
}
