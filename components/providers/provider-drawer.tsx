"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { providersQuery } from "../../lib/client/providers.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { Provider, ProviderKind } from "../../lib/contracts/providers.ts";
import { updateProvider } from "../../lib/contracts/providers.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { Notice } from "../ui/notice.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { HealthSummary } from "./health-summary.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { rulesFor } from "./provider-rules.ts";
import type { ProviderBody } from "./use-provider-form.ts";
import { useProviderForm } from "./use-provider-form.ts";

interface ProviderDrawerProps {
	readonly provider: Provider;
	readonly kind: ProviderKind;
	readonly onClose: () => void;
}

/** Everything about one provider: how it does, and its settings to read or to change. */
export function ProviderDrawer({ provider, kind, onClose }: ProviderDrawerProps) {
	const queries = useQueryClient();
	const rules = rulesFor(provider, {
		mayWrite: useMay("registry:write"),
		mayDelete: useMay("registry:delete"),
	});
	const form = useProviderForm({ kind, subject: provider });
	const update = useMutation({
		mutationFn: (body: ProviderBody) => call(updateProvider, { params: { id: provider.id }, body }),
		onSuccess: (saved) => {
			void queries.invalidateQueries({ queryKey: providersQuery().queryKey });
			void queries.invalidateQueries({ queryKey: ["models"] });
			notifyDone("Provider saved", `${saved.title} works with it from the next request on.`);
			onClose();
		},
		onError: form.refuse,
	});
	const submit = () => {
		const body = form.finish();
		if (body !== undefined) update.mutate(body);
	};
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={provider.title}
			{...(provider.kindTitle === provider.title ? {} : { description: provider.kindTitle })}
			footer={
				rules.mayEditModels ? (
					<>
						<Button onClick={onClose}>Cancel</Button>
						<Button
							type="submit"
							form={formId}
							variant="primary"
							isBusy={update.isPending}
							disabled={!form.isDirty}
						>
							Save
						</Button>
					</>
				) : (
					<Button onClick={onClose}>Close</Button>
				)
			}
		>
			<div className="flex flex-col gap-6">
				<HealthSummary provider={provider} />
				{rules.because !== undefined && <Notice severity="info">{rules.because}</Notice>}
				{provider.unpricedModels.length > 0 && (
					<Notice severity="medium">
						{formatQuantity(provider.unpricedModels.length, "model has", "models have")} no price in
						the catalogue: what such requests cost is recorded as unknown.
					</Notice>
				)}
				<ProviderForm
					id={formId}
					form={form}
					mayEditSettings={rules.mayEditSettings}
					mayEditModels={rules.mayEditModels}
					onSubmit={submit}
				/>
			</div>
		</Drawer>
	);
}

const formId = "provider-form";
