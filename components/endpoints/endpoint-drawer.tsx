"use client";

import { useState } from "react";
import { useMay } from "../../lib/client/use-session.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/drawer.tsx";
import { notifyDone } from "../ui/toaster.tsx";
import { draftOf } from "./endpoint-draft.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import { EndpointState } from "./endpoint-state.tsx";
import { useUpdateEndpoint } from "./use-update-endpoint.ts";

const formId = "endpoint-form";

interface EndpointDrawerProps {
	readonly endpoint: TargetEndpoint;
	readonly onClose: () => void;
}

export function EndpointDrawer({ endpoint, onClose }: EndpointDrawerProps) {
	const mayWrite = useMay("registry:write");
	const [initial] = useState(() => draftOf(endpoint));
	const [draft, setDraft] = useState(initial);
	const update = useUpdateEndpoint(endpoint.id, ({ target }) => {
		notifyDone("Endpoint saved", `${target} works so from the next request on.`);
		onClose();
	});
	return (
		<Drawer
			isOpen
			onOpenChange={onClose}
			title={<span className="break-all font-mono">{endpoint.target}</span>}
			description={`${endpoint.providerTitle}, as this node sees it`}
			footer={
				mayWrite ? (
					<>
						<Button onClick={onClose}>Cancel</Button>
						<Button
							type="submit"
							form={formId}
							variant="primary"
							isBusy={update.isPending}
							disabled={JSON.stringify(draft) === JSON.stringify(initial)}
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
				<EndpointState endpoint={endpoint} />
				<EndpointForm
					id={formId}
					endpoint={endpoint}
					draft={draft}
					isReadOnly={!mayWrite}
					error={update.error}
					onChange={setDraft}
					onSubmit={(change) => update.mutate(change)}
				/>
			</div>
		</Drawer>
	);
}
