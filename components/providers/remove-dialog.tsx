"use client";

import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../lib/client/call.ts";
import { providersQuery } from "../../lib/client/providers.ts";
import type { Provider } from "../../lib/contracts/providers.ts";
import { deleteProvider } from "../../lib/contracts/providers.ts";
import { formatQuantity } from "../../lib/format/numbers.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { notifyDone } from "../ui/toaster.tsx";

interface RemoveDialogProps {
	readonly provider: Provider;
	readonly onClose: () => void;
}

export function RemoveDialog({ provider, onClose }: RemoveDialogProps) {
	const queries = useQueryClient();
	const models = formatQuantity(provider.models.length, "model");
	return (
		<ConfirmDialog
			isOpen
			onOpenChange={onClose}
			title={`Remove ${provider.title}?`}
			consequence={`Its ${models} are refused with status 404 from the next request on, and its credentials are deleted. This cannot be undone; to pause it, switch it off instead. Its requests stay in the log.`}
			confirmLabel="Remove provider"
			onConfirm={async () => {
				await call(deleteProvider, { params: { id: provider.id } });
				await queries.invalidateQueries({ queryKey: providersQuery().queryKey });
				void queries.invalidateQueries({ queryKey: ["models"] });
				notifyDone("Provider removed", `${provider.title} gets no more requests.`);
			}}
		/>
	);
}
