"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, RotateCw } from "lucide-react";
import { keysQuery } from "../../lib/client/keys.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { modelEndpointIds } from "../../proxy-core/contract/settled-record.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { NamePicker } from "./name-picker.tsx";
import { pathOf } from "./route-words.ts";
import type { TrialDraft } from "./trial-question.ts";
import { tokensIssue } from "./trial-question.ts";
import { useRouteNames } from "./use-route-names.ts";

interface TryFormProps {
	readonly draft: TrialDraft;
	readonly onChange: (part: Partial<TrialDraft>) => void;
	/** The same question once more; undefined while there is none. */
	readonly onRepeat: (() => void) | undefined;
}

/** Every change asks anew: nothing is sent, so there is nothing to confirm. */
export function TryForm({ draft, onChange, onRepeat }: TryFormProps) {
	const mayHaveKeys = useMay("keys:own");
	return (
		<form
			noValidate
			className="flex flex-col gap-4"
			onSubmit={(event) => {
				event.preventDefault();
				onRepeat?.();
			}}
		>
			<ModelField value={draft.model} onChange={(model) => onChange({ model })} />
			{mayHaveKeys && <KeyField value={draft.key} onChange={(key) => onChange({ key })} />}
			<Field label="Endpoint">
				{(control) => (
					<Select
						{...control}
						options={endpointOptions}
						value={draft.endpoint === "" ? "chat.completions" : draft.endpoint}
						onChange={(endpoint) => onChange({ endpoint })}
					/>
				)}
			</Field>
			<Field label="Session" help="Decides for routes with sticky sessions.">
				{(control) => (
					<Input
						{...control}
						autoComplete="off"
						maxLength={200}
						value={draft.session}
						onChange={(event) => onChange({ session: event.target.value })}
					/>
				)}
			</Field>
			<Field
				label="Length of the prompt"
				help="Matters where cost does."
				error={tokensIssue(draft.tokens)}
			>
				{(control) => (
					<Input
						{...control}
						inputMode="numeric"
						unit="tokens"
						placeholder="1000"
						value={draft.tokens}
						onChange={(event) => onChange({ tokens: event.target.value })}
					/>
				)}
			</Field>
			<Button type="submit" disabled={onRepeat === undefined}>
				<RotateCw aria-hidden="true" />
				Ask again
			</Button>
		</form>
	);
}

const endpointOptions = modelEndpointIds
	.filter((id) => id !== "models")
	.map((id) => ({ value: id, label: pathOf(id) }));

interface FieldProps {
	readonly value: string;
	readonly onChange: (value: string) => void;
}

function ModelField({ value, onChange }: FieldProps) {
	const names = useRouteNames();
	return (
		<Field label="Model" isRequired help="A route, a target, or any other name.">
			{(control) => (
				<NamePicker
					label="Names to ask for"
					groups={[names.routes, names.targets, names.models]}
					chosen={[value]}
					accepts={(typed) => typed.length <= 240}
					placeholder="Search, or type any name"
					closesOnPick
					onPick={onChange}
					trigger={
						<Button
							id={control.id}
							aria-label={value === "" ? "Choose a model" : `Model: ${value}`}
							aria-describedby={control["aria-describedby"]}
							className="w-full min-w-0 shrink justify-between border-line-strong font-normal dark:bg-sunken"
						>
							<span className={value === "" ? "text-faint" : "truncate font-mono text-sm"}>
								{value === "" ? "Choose a model" : value}
							</span>
							<ChevronDown aria-hidden="true" className="text-faint" />
						</Button>
					}
				/>
			)}
		</Field>
	);
}

const everybody = "everybody";

function KeyField({ value, onChange }: FieldProps) {
	const keys = useQuery(keysQuery()).data?.items ?? [];
	const active = keys.filter(({ id, status }) => status === "active" || id === value);
	return (
		<Field label="Key">
			{(control) => (
				<Select
					{...control}
					options={[
						{ value: everybody, label: "A caller who may use everything" },
						...active.map(({ id, name, team }) => ({
							value: id,
							label: name,
							...(team === null ? {} : { hint: team.name }),
						})),
					]}
					value={value === "" ? everybody : value}
					onChange={(next) => onChange(next === everybody ? "" : next)}
				/>
			)}
		</Field>
	);
}
