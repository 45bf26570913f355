"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { allowListQuery } from "../../lib/client/bans.ts";
import { ClientProblem } from "../../lib/client/problem.ts";
import type { AllowList } from "../../lib/contracts/bans.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { ErrorNote } from "../ui/error-note.tsx";
import { Field } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { Panel } from "../ui/panel.tsx";
import { SearchPicker } from "../ui/search-picker.tsx";
import { Select } from "../ui/select.tsx";
import type { AllowChange } from "./use-allowing.ts";
import { useAllowing } from "./use-allowing.ts";
import { useKeyOptions } from "./use-key-options.ts";

/** Addresses and keys that nothing is ever done about. */
export function AllowPanel() {
	const query = useQuery(allowListQuery());
	return (
		<Panel
			title="Never scored, slowed down or banned"
			description="The allow-list wins over every ban. Each change is a new version of the settings."
		>
			<DataGate query={query}>{(list) => <AllowedEntries list={list} />}</DataGate>
		</Panel>
	);
}

function AllowedEntries({ list }: { readonly list: AllowList }) {
	const remove = useAllowing();
	const take = (kind: AllowChange["kind"], value: string) =>
		remove.mutate({ kind, value, isAllowed: false });
	return (
		<div className="flex flex-col gap-6">
			<AddForm />
			<Entries
				title="Addresses"
				entries={list.addresses.map((value) => ({ value, label: value }))}
				onRemove={(value) => take("ip", value)}
			/>
			<Entries
				title="Keys"
				entries={list.keys.map(({ id, name }) => ({ value: id, label: name ?? id }))}
				onRemove={(value) => take("key", value)}
			/>
			<Entries
				title="Trusted proxies"
				note="From LLMPROXY_TRUSTED_PROXIES; they carry everybody’s requests."
				entries={list.trustedProxies.map((value) => ({ value, label: value }))}
			/>
		</div>
	);
}

interface EntriesProps {
	readonly title: string;
	readonly note?: string;
	readonly entries: readonly { readonly value: string; readonly label: string }[];
	readonly onRemove?: (value: string) => void;
}

function Entries({ title, note, entries, onRemove }: EntriesProps) {
	return (
		<section>
			<h3 className="font-medium text-ink">{title}</h3>
			{note !== undefined && <p className="text-muted text-sm">{note}</p>}
			{entries.length === 0 ? (
				<p className="mt-1 text-faint">None.</p>
			) : (
				<ul className="mt-2 flex flex-wrap gap-2">
					{entries.map(({ value, label }) => (
						<li
							key={value}
							className="inline-flex items-center gap-1 rounded bg-sunken py-0.5 pr-1 pl-2 text-ink dark:bg-raised"
						>
							<span className="break-all font-mono text-sm">{label}</span>
							{onRemove !== undefined && (
								<IconButton
									size="small"
									variant="ghost"
									label={`Take ${label} off the allow-list`}
									icon={<X aria-hidden="true" />}
									onClick={() => onRemove(value)}
								/>
							)}
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

const kinds = [
	{ value: "ip", label: "Address" },
	{ value: "key", label: "Key" },
] as const;

function AddForm() {
	const [kind, setKind] = useState<AllowChange["kind"]>("ip");
	const [value, setValue] = useState("");
	const keys = useKeyOptions();
	const add = useAllowing({ isQuiet: true });
	const choose = (next: AllowChange["kind"]) => {
		setKind(next);
		setValue("");
	};
	const issue =
		add.error instanceof ClientProblem
			? add.error.issues.find(({ path }) => path === "value")?.message
			: undefined;
	return (
		<form
			noValidate
			className="flex flex-wrap items-start gap-3"
			onSubmit={(event) => {
				event.preventDefault();
				if (value.trim() === "") return;
				add.mutate(
					{ kind, value: value.trim(), isAllowed: true },
					{ onSuccess: () => setValue("") },
				);
			}}
		>
			<Field label="What">
				{(control) => (
					<Select {...control} className="w-32" options={kinds} value={kind} onChange={choose} />
				)}
			</Field>
			<div className="min-w-56 max-w-sm flex-1">
				<Field label={kind === "ip" ? "Address or range" : "Key"} error={issue}>
					{(control) =>
						kind === "key" ? (
							<SearchPicker
								control={control}
								label="Key"
								placeholder="Choose a key"
								options={keys}
								value={value}
								takesTyped
								onPick={setValue}
							/>
						) : (
							<Input
								{...control}
								maxLength={200}
								autoComplete="off"
								spellCheck={false}
								placeholder="192.0.2.0/24"
								value={value}
								onChange={(event) => setValue(event.target.value)}
							/>
						)
					}
				</Field>
			</div>
			<Button type="submit" className="mt-7" isBusy={add.isPending}>
				Add
			</Button>
			{add.error !== null && issue === undefined && <ErrorNote error={add.error} />}
		</form>
	);
}
