"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { providersQuery } from "../../lib/client/providers.ts";
import { useMay } from "../../lib/client/use-session.ts";
import type { Provider } from "../../lib/contracts/providers.ts";
import { updateProvider } from "../../lib/contracts/providers.ts";
import { Switch } from "../ui/switch.tsx";
import { notifyDone, notifyFailed } from "../ui/toaster.tsx";

export function EnabledSwitch({ provider }: { readonly provider: Provider }) {
	const queries = useQueryClient();
	const mayWrite = useMay("registry:write");
	const { id, kind, title, settings, models } = provider;
	const toggle = useMutation({
		mutationFn: (isEnabled: boolean) =>
			call(updateProvider, { params: { id }, body: { kind, title, settings, models, isEnabled } }),
		onSuccess: async (saved) => {
			await queries.invalidateQueries({ queryKey: providersQuery().queryKey });
			void queries.invalidateQueries({ queryKey: ["models"] });
			notifyDone(
				saved.isEnabled ? `${title} is on` : `${title} is off`,
				saved.isEnabled
					? "Its models are offered from the next request on."
					: "Its models are refused with status 404 from the next request on.",
			);
		},
		onError: (error) => notifyFailed(`${title} was not changed`, error),
	});
	return (
		<Switch
			label={`${title} is enabled`}
			isLabelHidden
			isOn={toggle.isPending ? toggle.variables : provider.isEnabled}
			disabled={!mayWrite || toggle.isPending}
			onChange={(isOn) => toggle.mutate(isOn)}
		/>
	);
}
