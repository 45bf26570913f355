"use client";

import { categoryWords, sourceWords } from "../../lib/format/threat-words.ts";
import type { OwnSignature } from "../../proxy-core/contract/firewall-settings.ts";
import { modelEndpointIds } from "../../proxy-core/contract/settled-record.ts";
import { ruleModes, threatCategories } from "../../proxy-core/contract/threats.ts";
import { segmentSources } from "../../proxy-core/contract/verdict.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { severityOptions } from "../ui/severity-badge.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { modeWords } from "./signature-words.ts";

interface OwnSignatureFieldsProps {
	readonly value: OwnSignature;
	readonly onChange: (value: OwnSignature) => void;
	readonly isIdFixed: boolean;
	readonly problems: ReadonlyMap<string, string>;
}

const requestSources = segmentSources.filter((source) => !source.startsWith("answer"));
const withoutModels = modelEndpointIds.filter((id) => id !== "models");

export function OwnSignatureFields(props: OwnSignatureFieldsProps) {
	const { value, onChange, isIdFixed, problems } = props;
	return (
		<>
			<Field label="Id" error={problems.get("id")} help="OWN- and a name of yours." isRequired>
				{(control) => (
					<Input
						{...control}
						value={value.id}
						disabled={isIdFixed}
						onChange={(event) => onChange({ ...value, id: event.target.value.toUpperCase() })}
					/>
				)}
			</Field>
			<Field label="Title" error={problems.get("title")} isRequired>
				{(control) => (
					<Input
						{...control}
						value={value.title}
						onChange={(event) => onChange({ ...value, title: event.target.value })}
					/>
				)}
			</Field>
			<Field
				label="Texts"
				error={problems.get("literals")}
				help="One a line, 3 to 500 characters. Capitals, blanks, accents and disguises do not matter; signs such as < and [ do."
				isRequired
			>
				{(control) => (
					<Textarea
						{...control}
						rows={5}
						className="font-mono"
						value={value.literals.join("\n")}
						onChange={(event) => onChange({ ...value, literals: linesOf(event.target.value) })}
					/>
				)}
			</Field>
			<div className="grid gap-4 sm:grid-cols-3">
				<Field label="Category">
					{(control) => (
						<Select
							{...control}
							options={threatCategories.map((id) => ({ value: id, label: categoryWords[id] }))}
							value={value.category}
							onChange={(category) => onChange({ ...value, category })}
						/>
					)}
				</Field>
				<Field label="Severity">
					{(control) => (
						<Select
							{...control}
							options={severityOptions}
							value={value.severity}
							onChange={(severity) => onChange({ ...value, severity })}
						/>
					)}
				</Field>
				<Field label="Mode">
					{(control) => (
						<Select
							{...control}
							options={ruleModes.map((id) => ({ value: id, label: modeWords[id] }))}
							value={value.mode}
							onChange={(mode) => onChange({ ...value, mode })}
						/>
					)}
				</Field>
			</div>
			<Choices
				legend="Places in the conversation; everywhere when none is chosen"
				options={requestSources}
				words={(source) => sourceWords[source]}
				chosen={value.sources}
				onChange={(sources) => onChange({ ...value, sources: [...sources] })}
			/>
			<Choices
				legend="Endpoints; all of them when none is chosen"
				options={withoutModels}
				chosen={value.endpoints}
				onChange={(endpoints) => onChange({ ...value, endpoints: [...endpoints] })}
			/>
		</>
	);
}

/** Empty lines are kept while somebody types; the last one is the cursor's. */
function linesOf(text: string): string[] {
	return text === "" ? [] : text.split("\n");
}

interface ChoicesProps<Option extends string> {
	readonly legend: string;
	readonly options: readonly Option[];
	readonly words?: (option: Option) => string;
	readonly chosen: readonly Option[];
	readonly onChange: (chosen: readonly Option[]) => void;
}

function Choices<Option extends string>(props: ChoicesProps<Option>) {
	const { legend, options, words, chosen, onChange } = props;
	return (
		<fieldset>
			<legend className="mb-2 font-medium text-ink">{legend}</legend>
			<div className="grid gap-1.5 sm:grid-cols-3">
				{options.map((option) => (
					<Checkbox
						key={option}
						label={words?.(option) ?? option}
						isChecked={chosen.includes(option)}
						onChange={(isChecked) =>
							onChange(isChecked ? [...chosen, option] : chosen.filter((one) => one !== option))
						}
					/>
				))}
			</div>
		</fieldset>
	);
}
