"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { providerKindsQuery } from "../../lib/client/providers.ts";
import type { ProviderKind } from "../../lib/contracts/providers.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { NewProviderForm } from "./new-provider-form.tsx";

export function AddProvider({ onDone }: { readonly onDone: () => void }) {
	const kinds = useQuery(providerKindsQuery());
	return (
		<Panel
			title="Add a provider"
			actions={
				<Button size="small" onClick={onDone}>
					Cancel
				</Button>
			}
		>
			<DataGate query={kinds}>
				{(data) => (
					<ChooseKind
						kinds={data.items.filter((kind) => kind.id !== "simulator")}
						onDone={onDone}
					/>
				)}
			</DataGate>
		</Panel>
	);
}

interface ChooseKindProps {
	readonly kinds: readonly ProviderKind[];
	readonly onDone: () => void;
}

function ChooseKind({ kinds, onDone }: ChooseKindProps) {
	const [kindId, setKindId] = useState("");
	const kind = kinds.find((candidate) => candidate.id === kindId);
	return (
		<div className="flex flex-col gap-5">
			<Field label="Kind">
				{(control) => (
					<Select
						{...control}
						options={kinds.map((one) => ({ value: one.id, label: one.title }))}
						value={kindId}
						onChange={setKindId}
						placeholder="Choose a kind of provider"
					/>
				)}
			</Field>
			{kind !== undefined && <NewProviderForm key={kind.id} kind={kind} onDone={onDone} />}
		</div>
	);
}
