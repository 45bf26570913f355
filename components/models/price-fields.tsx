"use client";

import { Plus } from "lucide-react";
import type { RateName } from "../../lib/contracts/prices.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import type { DraftErrors, PriceDraft, RateTexts } from "./price-draft.ts";
import { rateNames, rateWords, tokenRateNames, variantInWords } from "./price-words.ts";

interface PriceFieldsProps {
	readonly draft: PriceDraft;
	readonly errors: DraftErrors;
	readonly onChange: (draft: PriceDraft) => void;
}

export function PriceFields({ draft, errors, onChange }: PriceFieldsProps) {
	const { rates, variants, long } = draft;
	return (
		<>
			<Rates
				path="rates"
				names={rateNames}
				rates={rates}
				errors={errors}
				onChange={(next) => onChange({ ...draft, rates: next })}
			/>
			{Object.keys(variants).length > 0 && (
				<fieldset className="grid gap-4 sm:grid-cols-2">
					<legend className="mb-2 font-medium text-ink">Images by size and quality</legend>
					{Object.entries(variants).map(([name, text]) => (
						<Amount
							key={name}
							label={variantInWords(name)}
							per="each"
							text={text}
							error={errors[`variants.${name}`]}
							onChange={(next) => onChange({ ...draft, variants: { ...variants, [name]: next } })}
						/>
					))}
				</fieldset>
			)}
			{long === undefined ? (
				<div>
					<Button
						size="small"
						onClick={() => onChange({ ...draft, long: { above: "", rates: longStart } })}
					>
						<Plus aria-hidden="true" />
						Other rates for long prompts
					</Button>
				</div>
			) : (
				<fieldset className="flex flex-col gap-4 rounded-md border border-line p-4">
					<legend className="px-1 font-medium text-ink">Long prompts</legend>
					<Field
						label="Above"
						help="The rates below hold for the whole request."
						error={errors["long.above"]}
					>
						{(control) => (
							<Input
								{...control}
								inputMode="numeric"
								unit="input tokens"
								value={long.above}
								onChange={(event) =>
									onChange({ ...draft, long: { ...long, above: event.target.value } })
								}
							/>
						)}
					</Field>
					<Rates
						path="long.rates"
						names={tokenRateNames}
						rates={long.rates}
						errors={errors}
						onChange={(next) => onChange({ ...draft, long: { ...long, rates: next } })}
					/>
					<div>
						<Button size="small" onClick={() => onChange({ ...draft, long: undefined })}>
							Same price for long prompts
						</Button>
					</div>
				</fieldset>
			)}
		</>
	);
}

const longStart: RateTexts = { inputMicroUsd: "", outputMicroUsd: "" };

interface RatesProps {
	readonly path: string;
	readonly names: readonly RateName[];
	readonly rates: RateTexts;
	readonly errors: DraftErrors;
	readonly onChange: (rates: RateTexts) => void;
}

/** The rates that are there, and a way to add the others. */
function Rates({ path, names, rates, errors, onChange }: RatesProps) {
	const shown = names.filter((name) => rates[name] !== undefined);
	const others = names.filter((name) => rates[name] === undefined);
	return (
		<div className="flex flex-col gap-4">
			<div className="grid gap-4 sm:grid-cols-2">
				{shown.map((name) => (
					<Amount
						key={name}
						label={rateWords[name].label}
						per={rateWords[name].per}
						text={rates[name] ?? ""}
						error={errors[`${path}.${name}`]}
						isRequired={name === "inputMicroUsd" || name === "outputMicroUsd"}
						onChange={(text) => onChange({ ...rates, [name]: text })}
					/>
				))}
			</div>
			{others.length > 0 && (
				<Select
					size="small"
					className="w-auto max-w-56"
					aria-label="Add a rate"
					placeholder="Add a rate"
					value=""
					options={others.map((name) => ({
						value: name,
						label: rateWords[name].label,
						hint: rateWords[name].per,
					}))}
					onChange={(name) => onChange({ ...rates, [name]: "" })}
				/>
			)}
		</div>
	);
}

interface AmountProps {
	readonly label: string;
	readonly per: string;
	readonly text: string;
	readonly error: string | undefined;
	readonly isRequired?: boolean;
	readonly onChange: (text: string) => void;
}

function Amount({ label, per, text, error, isRequired = false, onChange }: AmountProps) {
	return (
		<Field label={label} error={error} isRequired={isRequired}>
			{(control) => (
				<Input
					{...control}
					inputMode="decimal"
					autoComplete="off"
					unit={`$ ${per}`}
					value={text}
					onChange={(event) => onChange(event.target.value)}
				/>
			)}
		</Field>
	);
}
