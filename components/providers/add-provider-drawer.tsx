"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../lib/client/call.ts";
import { providerKindsQuery, providersQuery } from "../../lib/client/providers.ts";
import type { ProviderKind } from "../../lib/contracts/providers.ts";
import { createProvider } from "../../lib/contracts/providers.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { KindPicker } from "./kind-picker.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { freeId } from "./provider-rules.ts";
import type { ProviderBody } from "./use-provider-form.ts";
import { useProviderForm } from "./use-provider-form.ts";

interface AddProviderDrawerProps {
	/** Names that are taken. */
	readonly taken: ReadonlySet<string>;
	readonly onClose: () => void;
}

export function AddProviderDrawer({ taken, onClose }: AddProviderDrawerProps) {
	const kinds = useQuery(providerKindsQuery());
	const [kind, setKind] = useState<ProviderKind | undefined>(undefined);
	if (kind !== undefined) {
		return (
			<NewProvider
				kind={kind}
				id={freeId(kind.id, taken)}
				onBack={() => setKind(undefined)}
				onClose={onClose}
			/>
		);
	}
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title="Add a provider"
			description="Where the models run. Anything that speaks OpenAI’s API fits “OpenAI-compatible”."
		>
			<DataGate query={kinds}>
				{({ items }) => <KindPicker kinds={items} onPick={setKind} />}
			</DataGate>
		</Drawer>
	);
}

interface NewProviderProps {
	readonly kind: ProviderKind;
	readonly id: string;
	readonly onBack: () => void;
	readonly onClose: () => void;
}

function NewProvider({ kind, id, onBack, onClose }: NewProviderProps) {
	const queries = useQueryClient();
	const form = useProviderForm({ kind, subject: { id } });
	const create = useMutation({
		mutationFn: (body: ProviderBody) =>
			call(createProvider, { body: { ...body, id: form.draft.id } }),
		onSuccess: (provider) => {
			void queries.invalidateQueries({ queryKey: providersQuery().queryKey });
			void queries.invalidateQueries({ queryKey: ["models"] });
			notifyDone(
				"Provider added",
				`${provider.title} offers ${formatQuantity(provider.models.length, "model")} from now on.`,
			);
			onClose();
		},
		onError: form.refuse,
	});
	const submit = () => {
		const body = form.finish();
		if (body !== undefined) create.mutate(body);
	};
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={`Add ${kind.title}`}
			footer={
				<>
					<Button onClick={onBack} className="mr-auto">
						Back
					</Button>
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" form={formId} variant="primary" isBusy={create.isPending}>
						Add provider
					</Button>
				</>
			}
		>
			<ProviderForm id={formId} form={form} mayEditSettings mayEditModels onSubmit={submit} />
		</Drawer>
	);
}

const formId = "provider-form";
