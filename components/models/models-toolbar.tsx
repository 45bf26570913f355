"use client";

import { Search } from "lucide-react";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Model } from "../../lib/contracts/models.ts";
import { modelCapabilities, modelPurposes } from "../../proxy-core/contract/model-traits.ts";
import { Button } from "../ui/button.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
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
			<SearchInput />
			<Choice
				name="provider"
				label="Provider"
				any="Any provider"
				options={[...providers].map(([value, label]) => ({ value, label }))}
				value={filter.provider}
			/>
			<PurposeChoice value={filter.purpose} />
			<Choice
				name="can"
				label="Capability"
				any="Any capability"
				options={modelCapabilities.map((value) => ({ value, label: capabilityWords[value] }))}
				value={filter.capability}
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
	readonly kind: string | undefined;
}

export function CatalogueToolbar({ kinds, kind }: CatalogueToolbarProps) {
	const { purpose } = useModelFilter();
	return (
		<>
			<SearchInput />
			<Choice
				name="kind"
				label="Kind of provider"
				any="Any kind of provider"
				options={kinds.map(({ id, title }) => ({ value: id, label: title }))}
				value={kind}
			/>
			<PurposeChoice value={purpose} />
		</>
	);
}

function SearchInput() {
	const [params, change] = useUrlState();
	return (
		<div className="relative w-full sm:w-60">
			<Search
				aria-hidden="true"
				className="pointer-events-none absolute top-1.5 left-2.5 size-4 text-faint"
			/>
			<Input
				type="search"
				aria-label="Search models"
				placeholder="Model or provider"
				className="h-7 pl-8 text-sm"
				value={params.get("search") ?? ""}
				onChange={(event) => change({ search: event.target.value })}
			/>
		</div>
	);
}

function PurposeChoice({ value }: { readonly value: ModelFilter["purpose"] }) {
	return (
		<Choice
			name="for"
			label="What it is for"
			any="Any purpose"
			options={modelPurposes.map((one) => ({ value: one, label: purposeWords[one] }))}
			value={value}
		/>
	);
}

interface ChoiceProps {
	/** Of the parameter in the address. */
	readonly name: string;
	readonly label: string;
	readonly any: string;
	readonly options: readonly { readonly value: string; readonly label: string }[];
	readonly value: string | undefined;
}

function Choice({ name, label, any, options, value }: ChoiceProps) {
	const [, change] = useUrlState();
	return (
		<Select
			size="small"
			aria-label={label}
			className="w-auto min-w-32 max-w-56"
			options={[{ value: "any", label: any }, ...options]}
			value={value ?? "any"}
			onChange={(next) => change({ [name]: next === "any" ? null : next })}
		/>
	);
}
