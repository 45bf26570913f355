"use client";

import { useMay } from "../../lib/client/use-session.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { Switch } from "../ui/switch.tsx";
import { notifyDone, notifyFailed } from "../ui/toaster.tsx";
import { useUpdateEndpoint } from "./use-update-endpoint.ts";

export function EndpointSwitch({ endpoint }: { readonly endpoint: TargetEndpoint }) {
	const mayWrite = useMay("registry:write");
	const { id, target } = endpoint;
	const update = useUpdateEndpoint(id, ({ isEnabled }) =>
		notifyDone(
			isEnabled ? `${target} is on` : `${target} is off`,
			isEnabled
				? "It gets requests again from the next one on."
				: "Routes leave it out from the next request on.",
		),
	);
	return (
		<Switch
			label={`${target} is enabled`}
			isLabelHidden
			isOn={update.isPending ? update.variables.isEnabled === true : endpoint.isEnabled}
			disabled={!mayWrite || update.isPending}
			onChange={(isEnabled) =>
				update.mutate(
					{ isEnabled },
					{ onError: (error) => notifyFailed(`${target} was not changed`, error) },
				)
			}
		/>
	);
}
