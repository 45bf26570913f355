"use client";

import { Ellipsis, ListTree, Pencil } from "lucide-react";
import Link from "next/link";
import { useMay } from "../../lib/client/use-session.ts";
import type { TargetEndpoint } from "../../lib/contracts/endpoints.ts";
import { DropdownMenu, MenuItem } from "../ui/dropdown-menu.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { ProbeButton } from "./probe-button.tsx";

interface EndpointActionsProps {
	readonly endpoint: TargetEndpoint;
	readonly onOpen: () => void;
}

export function EndpointActions({ endpoint, onOpen }: EndpointActionsProps) {
	const mayWrite = useMay("registry:write");
	const mayReadLog = useMay("logs:read");
	const { target, provider, model } = endpoint;
	return (
		<div className="flex shrink-0 items-center justify-end gap-1">
			<ProbeButton endpoint={endpoint} isCompact />
			<DropdownMenu
				trigger={
					<IconButton
						size="small"
						label={`Actions for ${target}`}
						icon={<Ellipsis aria-hidden="true" />}
					/>
				}
			>
				<MenuItem icon={<Pencil aria-hidden="true" />} onSelect={onOpen}>
					{mayWrite ? "Priority and timeouts" : "Show details"}
				</MenuItem>
				{mayReadLog && (
					<MenuItem asChild>
						<Link
							href={`/requests?provider=${encodeURIComponent(provider)}&model=${encodeURIComponent(model)}`}
						>
							<ListTree aria-hidden="true" />
							Show its requests
						</Link>
					</MenuItem>
				)}
			</DropdownMenu>
		</div>
	);
}
