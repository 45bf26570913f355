"use client";

import { useMay } from "../../lib/client/use-session.ts";
import type { Route } from "../../lib/contracts/routes.ts";
import { Switch } from "../ui/switch.tsx";
import { notifyDone, notifyFailed } from "../ui/toaster.tsx";
import { inputOf } from "./route-draft.ts";
import { useSaveRoute } from "./save-route.ts";

export function RouteSwitch({ route }: { readonly route: Route }) {
	const mayWrite = useMay("registry:write");
	const save = useSaveRoute(route, ({ name, isEnabled }) =>
		notifyDone(
			isEnabled ? `${name} is in use` : `${name} is off`,
			isEnabled
				? "From the next request on the name leads to its targets."
				: "From the next request on the name stands for what it would without this route.",
		),
	);
	// What cannot be read cannot be sent back either.
	const isReadable = route.entries.length > 0;
	return (
		<Switch
			label={`${route.name} is in use`}
			isLabelHidden
			isOn={save.isPending ? save.variables.isEnabled : route.isEnabled}
			disabled={!mayWrite || !isReadable || save.isPending}
			onChange={(isEnabled) =>
				save.mutate(
					{ ...inputOf(route), isEnabled },
					{ onError: (error) => notifyFailed(`${route.name} was not changed`, error) },
				)
			}
		/>
	);
}
