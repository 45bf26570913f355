"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { call } from "../../lib/client/call.ts";
import { providerScanQuery, providersQuery } from "../../lib/client/providers.ts";
import type { FoundServer } from "../../lib/contracts/providers.ts";
import { createProvider } from "../../lib/contracts/providers.ts";
import { formatDuration, formatQuantity } from "../../lib/format/numbers.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { notifyDone, notifyFailed } from "../ui/toaster.tsx";
import { freeId } from "./provider-rules.ts";

interface FoundServerItemProps {
	readonly server: FoundServer;
	/** Names that are taken. */
	readonly taken: ReadonlySet<string>;
}

export function FoundServerItem({ server, taken }: FoundServerItemProps) {
	const queries = useQueryClient();
	const { kind, kindTitle, baseUrl, models, latencyMs, configuredAs, blockedBy } = server;
	const add = useMutation({
		mutationFn: () =>
			call(createProvider, {
				body: {
					id: freeId(kind, taken),
					kind,
					title: kindTitle,
					settings: { baseUrl },
					models: [...models],
					isEnabled: true,
				},
			}),
		onSuccess: (provider) => {
			void queries.invalidateQueries({ queryKey: providersQuery().queryKey });
			void queries.invalidateQueries({ queryKey: ["models"] });
			void queries.invalidateQueries({ queryKey: providerScanQuery().queryKey });
			notifyDone(
				"Provider added",
				`${provider.title} offers ${formatQuantity(provider.models.length, "model")} from now on.`,
			);
		},
		onError: (error) => notifyFailed(`${kindTitle} was not added`, error),
	});
	return (
		<li className="flex flex-wrap items-start gap-3 rounded-md border border-line bg-surface px-3.5 py-3 dark:bg-raised">
			<div className="min-w-0 grow basis-60">
				<p className="font-medium text-ink">{kindTitle}</p>
				<p className="break-all font-mono text-muted text-sm">{baseUrl}</p>
				<p className="text-muted text-sm">
					{formatQuantity(models.length, "model")}, answered in {formatDuration(latencyMs)}
				</p>
				{blockedBy !== null && configuredAs === null && (
					<p className="mt-1 text-caution-ink text-sm">
						{blockedBy} Start LLMProxy with{" "}
						<code className="break-all">LLMPROXY_EGRESS_ALLOW={new URL(baseUrl).host}</code>.
					</p>
				)}
			</div>
			{configuredAs === null ? (
				<Button
					size="small"
					aria-label={`Add ${kindTitle} at ${baseUrl}`}
					disabled={blockedBy !== null}
					isBusy={add.isPending}
					onClick={() => add.mutate()}
				>
					{!add.isPending && <Plus aria-hidden="true" />}
					Add
				</Button>
			) : (
				<Badge tone="ok">added as {configuredAs}</Badge>
			)}
		</li>
	);
}
