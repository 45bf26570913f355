"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowRight, Plus } from "lucide-react";
import { useState } from "react";
import { providersQuery } from "../../lib/client/providers.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { Provider } from "../../lib/contracts/providers.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { DataGate } from "../ui/data-gate.tsx";
import { Panel } from "../ui/panel.tsx";
import { AddProvider } from "./add-provider.tsx";

export function ProviderStep({ onNext }: { readonly onNext: () => void }) {
	const providers = useQuery(providersQuery());
	const mayAdd = useMay("registry:write");
	const [isAdding, setIsAdding] = useState(false);
	const others = providers.data?.items.filter((provider) => provider.kind !== "simulator") ?? [];
	return (
		<>
			<Panel
				title="Where answers come from"
				description="The simulator answers offline, so everything can be tried before a provider is added."
				isPadded={false}
			>
				<DataGate query={providers}>
					{(data) => (
						<ul className="border-line border-t">
							{data.items.map((provider) => (
								<ProviderLine key={provider.id} provider={provider} />
							))}
						</ul>
					)}
				</DataGate>
			</Panel>
			{isAdding && <AddProvider onDone={() => setIsAdding(false)} />}
			<div className="flex flex-wrap justify-end gap-2">
				{mayAdd && !isAdding && (
					<Button onClick={() => setIsAdding(true)}>
						<Plus aria-hidden="true" />
						Add a provider
					</Button>
				)}
				<Button variant="primary" onClick={onNext}>
					{others.length === 0 ? "Go on with the simulator" : "Continue"}
					<ArrowRight aria-hidden="true" />
				</Button>
			</div>
		</>
	);
}

const origins = {
	console: "added here",
	environment: "from the environment",
	"built-in": "built in",
} as const;

function ProviderLine({ provider }: { readonly provider: Provider }) {
	return (
		<li className="flex items-center justify-between gap-4 border-line border-b px-4 py-3 last:border-b-0">
			<div className="min-w-0">
				<p className="truncate font-medium text-ink">{provider.title}</p>
				<p className="truncate text-muted text-sm">
					{provider.kindTitle}, {origins[provider.origin]},{" "}
					{formatQuantity(provider.models.length, "model")}
				</p>
			</div>
			<Badge tone={provider.isEnabled ? "ok" : "idle"}>
				{provider.isEnabled ? "Enabled" : "Disabled"}
			</Badge>
		</li>
	);
}
