"use client";

import { useQuery } from "@tanstack/react-query";
import { ListFilter } from "lucide-react";
import { Popover } from "radix-ui";
import { useId, useState } from "react";
import { modelsQuery } from "../../lib/client/models.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { UrlChanges } from "../../lib/client/use-url-state.ts";
import type { RequestSummary } from "../../lib/contracts/requests.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { choicesOf } from "./filter-choices.ts";
import type { ChosenFilters } from "./request-filters.ts";

interface MoreFiltersProps {
	readonly filters: ChosenFilters;
	readonly rows: readonly RequestSummary[];
	readonly keyNames: ReadonlyMap<string, string>;
	readonly onChange: (changes: UrlChanges) => void;
}

/** Model, provider, key, tag and address: filters with many values. */
export function MoreFilters(props: MoreFiltersProps) {
	const [isOpen, setIsOpen] = useState(false);
	return (
		<Popover.Root open={isOpen} onOpenChange={setIsOpen}>
			<Popover.Trigger asChild>
				<Button size="small">
					<ListFilter aria-hidden="true" />
					More filters
				</Button>
			</Popover.Trigger>
			<Popover.Portal>
				<Popover.Content
					align="start"
					sideOffset={6}
					collisionPadding={8}
					aria-label="More filters"
					className="appear z-50 w-80 max-w-[calc(100vw-1rem)] rounded-lg border border-line bg-raised p-4 shadow-raised"
				>
					<MoreFiltersForm {...props} onDone={() => setIsOpen(false)} />
				</Popover.Content>
			</Popover.Portal>
		</Popover.Root>
	);
}

const anyKey = "any";

function MoreFiltersForm(props: MoreFiltersProps & { readonly onDone: () => void }) {
	const { filters, rows, keyNames, onChange, onDone } = props;
	const models = useQuery({ ...modelsQuery(), enabled: useMay("registry:read") });
	const choices = choicesOf(rows, models.data?.items ?? []);
	const [model, setModel] = useState(filters.model ?? "");
	const [provider, setProvider] = useState(filters.provider ?? "");
	const [keyId, setKeyId] = useState(filters.keyId ?? anyKey);
	const [tag, setTag] = useState(filters.tag ?? "");
	const [ip, setIp] = useState(filters.ip ?? "");
	return (
		<form
			className="flex flex-col gap-3"
			onSubmit={(event) => {
				event.preventDefault();
				onChange({
					model: model.trim(),
					provider: provider.trim(),
					keyId: keyId === anyKey ? null : keyId,
					tag: tag.trim(),
					ip: ip.trim(),
				});
				onDone();
			}}
		>
			<TextFilter label="Model" value={model} onChange={setModel} choices={choices.models} />
			<TextFilter
				label="Provider"
				value={provider}
				onChange={setProvider}
				choices={choices.providers}
			/>
			<Field label="Key">
				{(control) => (
					<Select
						{...control}
						options={[
							{ value: anyKey, label: "Any key" },
							...[...keyNames].map(([id, name]) => ({ value: id, label: name })),
						]}
						value={keyId}
						onChange={setKeyId}
					/>
				)}
			</Field>
			<TextFilter label="Tag" value={tag} onChange={setTag} choices={[]} />
			<TextFilter label="IP address" value={ip} onChange={setIp} choices={choices.ips} />
			<Button type="submit" variant="primary">
				Show these requests
			</Button>
		</form>
	);
}

interface TextFilterProps {
	readonly label: string;
	readonly value: string;
	readonly onChange: (value: string) => void;
	/** Offered while typing; anything else may be typed too. */
	readonly choices: readonly string[];
}

function TextFilter({ label, value, onChange, choices }: TextFilterProps) {
	const listId = useId();
	return (
		<Field label={label}>
			{(control) => (
				<>
					<Input
						{...control}
						list={listId}
						maxLength={200}
						spellCheck={false}
						autoComplete="off"
						value={value}
						onChange={(event) => onChange(event.target.value)}
					/>
					<datalist id={listId}>
						{choices.map((choice) => (
							<option key={choice} value={choice} />
						))}
					</datalist>
				</>
			)}
		</Field>
	);
}
