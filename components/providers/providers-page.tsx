"use client";

import { useQuery } from "@tanstack/react-query";
import { Blocks, Plus, Radar } from "lucide-react";
import { useState } from "react";
import { providerKindsQuery, providersQuery } from "../../lib/client/providers.ts";
import { useMay } from "../../lib/client/use-session.ts";
import { useUrlState } from "../../lib/client/use-url-state.ts";
import type { Provider } from "../../lib/contracts/providers.ts";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { DataTable } from "../ui/data-table/data-table.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Panel } from "../ui/panel.tsx";
import { AddProviderDrawer } from "./add-provider-drawer.tsx";
import { ProviderActions } from "./provider-actions.tsx";
import { providerColumns } from "./provider-columns.tsx";
import { ProviderDrawer } from "./provider-drawer.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import { ScanDrawer } from "./scan-drawer.tsx";

export function ProvidersPage() {
	const providers = useQuery(providersQuery());
	const mayWrite = useMay("registry:write");
	const [params, change] = useUrlState();
	const items = providers.data?.items ?? [];
	const add = mayWrite && (
		<Button variant="primary" onClick={() => change({ add: "1" })}>
			<Plus aria-hidden="true" />
			Add provider
		</Button>
	);
	const actions = mayWrite && (
		<>
			<Button onClick={() => change({ scan: "1" })}>
				<Radar aria-hidden="true" />
				Scan for local servers
			</Button>
			{add}
		</>
	);
	const taken = new Set(items.map((provider) => provider.id));
	return (
		<>
			<PageHeader
				title="Providers"
				description="Where models run: is each one healthy, and what does it offer?"
				actions={actions}
			/>
			<Panel isPadded={false} className="[&>div]:pt-0">
				<DataGate
					query={providers}
					isEmpty={(data) => data.items.length === 0}
					empty={{
						icon: Blocks,
						title: "The services that run your models will be here.",
						hint: "Add OpenAI, Anthropic, Gemini, an Ollama or any OpenAI-compatible server.",
						action: add,
					}}
				>
					{(data) => <ProvidersTable providers={data.items} />}
				</DataGate>
			</Panel>
			{mayWrite && params.get("add") === "1" && (
				<AddProviderDrawer taken={taken} onClose={() => change({ add: null })} />
			)}
			{mayWrite && params.get("scan") === "1" && (
				<ScanDrawer taken={taken} onClose={() => change({ scan: null })} />
			)}
			<OpenProvider provider={items.find((provider) => provider.id === params.get("provider"))} />
		</>
	);
}

function ProvidersTable({ providers }: { readonly providers: readonly Provider[] }) {
	const [params, change] = useUrlState();
	const [leaving, setLeaving] = useState<Provider | undefined>(undefined);
	const open = (provider: Provider) => change({ provider: provider.id }, "push");
	return (
		<>
			<DataTable
				id="providers"
				label="Providers"
				columns={providerColumns}
				rows={providers}
				rowKey={(provider) => provider.id}
				onOpen={open}
				openKey={params.get("provider") ?? undefined}
				rowActions={(provider) => (
					<ProviderActions
						provider={provider}
						onOpen={() => open(provider)}
						onRemove={() => setLeaving(provider)}
					/>
				)}
			/>
			{leaving !== undefined && (
				<RemoveDialog provider={leaving} onClose={() => setLeaving(undefined)} />
			)}
		</>
	);
}

function OpenProvider({ provider }: { readonly provider: Provider | undefined }) {
	const kinds = useQuery(providerKindsQuery());
	const [, change] = useUrlState();
	const kind = kinds.data?.items.find((one) => one.id === provider?.kind);
	if (provider === undefined || kind === undefined) return undefined;
	return (
		<ProviderDrawer
			key={provider.id}
			provider={provider}
			kind={kind}
			onClose={() => change({ provider: null })}
		/>
	);
}
