"use client";

import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import type { Route } from "../../lib/contracts/routes.ts";
import { deleteRoute } from "../../lib/contracts/routes.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { refreshRouting } from "./save-route.ts";

interface RemoveRouteDialogProps {
	readonly route: Route;
	readonly onClose: () => void;
	readonly onRemoved: () => void;
}

export function RemoveRouteDialog({ route, onClose, onRemoved }: RemoveRouteDialogProps) {
	const queries = useQueryClient();
	return (
		<ConfirmDialog
			isOpen
			onOpenChange={onClose}
			title={`Remove the route ${route.name}?`}
			consequence="From the next request on the name is refused with status 404, unless a model, a target or a pattern bears it too. This cannot be undone; to pause the route, switch it off instead."
			confirmLabel="Remove route"
			onConfirm={async () => {
				await call(deleteRoute, { params: { id: route.id } });
				onRemoved();
				await refreshRouting(queries);
				notifyDone("Route removed", `${route.name} is no route any more.`);
			}}
		/>
	);
}
